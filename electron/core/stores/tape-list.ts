import { CsvError, parse } from 'csv-parse/sync';
import { HelicalError } from '#shared/domain/errors.ts';
import { type TapeDescription, tapeDescriptionSchema } from '#shared/domain/tape.ts';
import { readTapeCell, type TapeField, tapeFields } from './tape-cells.ts';

/** Rows are numbered as a spreadsheet shows them: the header is row 1. */
export interface ImportProblem {
  row: number;
  column: string;
  message: string;
}

export interface TapeList {
  rows: number;
  tapes: { row: number; description: TapeDescription }[];
  problems: ImportProblem[];
  /** Columns that name nothing we keep. */
  ignoredColumns: string[];
}

/**
 * Reads a list of tapes: comma, semicolon or tab; any order and case of the headers; with or without a byte order mark.
 * `columnMap` gives the field for a header that is not a field's own name. @throws HelicalError INVALID_INPUT for text
 * that is no such table.
 */
export function readTapeList(csv: string, columnMap: Record<string, string> = {}): TapeList {
  const [header, ...records] = readTable(csv);
  if (!header) throw new HelicalError('INVALID_INPUT', 'The list of tapes is empty: it has no header row.');
  const columns = matchColumns(header.cells, columnMap);
  const problems: ImportProblem[] = [];
  const tapes: TapeList['tapes'] = [];
  const rowOfIdentifier = new Map<string, number>();

  for (const { row, cells } of records) {
    if (cells.length > header.cells.length) {
      problems.push({
        row,
        column: '',
        message: `This row has ${cells.length} cells, the header ${header.cells.length}.`,
      });
      continue;
    }
    const description = readRow(row, cells, columns, problems);
    if (description === undefined) continue;
    const key = description.identifier.toLowerCase();
    const earlier = rowOfIdentifier.get(key);
    if (earlier === undefined) {
      rowOfIdentifier.set(key, row);
      tapes.push({ row, description });
    } else {
      problems.push({
        row,
        column: 'identifier',
        message: `Row ${earlier} has the identifier "${description.identifier}" too.`,
      });
    }
  }
  const used = new Set(columns.values());
  const ignoredColumns = header.cells.filter((name, index) => name.trim() !== '' && !used.has(index));
  return { rows: records.length, tapes, problems, ignoredColumns };
}

function readRow(
  row: number,
  cells: string[],
  columns: Map<TapeField, number>,
  problems: ImportProblem[],
): TapeDescription | undefined {
  const said: Record<string, unknown> = {};
  let isGood = true;
  for (const [field, index] of columns) {
    const cell = (cells[index] ?? '').trim();
    if (cell === '' && field !== 'identifier' && field !== 'format') continue;
    const read = readTapeCell(field, cell);
    if ('problem' in read) {
      problems.push({ row, column: field, message: read.problem });
      isGood = false;
      // Stands in, so that the other cells of the row are judged too.
      if (field === 'format') said.format = 'other';
    } else said[field === 'duration' ? 'durationMin' : field] = read.value;
  }
  const parsed = tapeDescriptionSchema.safeParse(said);
  if (parsed.success) return isGood ? parsed.data : undefined;
  const columnsSaid = new Set<string>();
  for (const issue of parsed.error.issues) {
    const column = issue.path[0] === 'durationMin' ? 'duration' : String(issue.path[0] ?? '');
    // An empty cell breaks several rules at once; the first says it.
    if (columnsSaid.has(column)) continue;
    columnsSaid.add(column);
    problems.push({ row, column, message: issue.message });
  }
  return undefined;
}

/** Which cell holds which field. */
function matchColumns(header: string[], columnMap: Record<string, string>): Map<TapeField, number> {
  const mapped = new Map(Object.entries(columnMap).map(([column, field]) => [fold(column), field]));
  for (const [column, field] of Object.entries(columnMap)) {
    if (!isTapeField(fold(field))) {
      throw invalid(
        `The map names the field "${field}", which tapes do not have. Fields: ${tapeFields.join(', ')}.`,
      );
    }
    if (!header.some((name) => fold(name) === fold(column))) {
      throw invalid(`The map names the column "${column}", which the list does not have.`);
    }
  }
  const columns = new Map<TapeField, number>();
  for (const [index, name] of header.entries()) {
    const field = fold(mapped.get(fold(name)) ?? name);
    if (!isTapeField(field)) continue;
    if (columns.has(field)) throw invalid(`Two columns of the list stand for "${field}".`);
    columns.set(field, index);
  }
  for (const field of ['identifier', 'format'] as const) {
    if (!columns.has(field)) {
      throw invalid(`The list has no column "${field}". Its columns: ${header.join(', ')}.`);
    }
  }
  return columns;
}

function readTable(csv: string): { row: number; cells: string[] }[] {
  const delimiter = delimiterOf(csv);
  try {
    const found = parse(csv, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
    }) as string[][];
    return found
      .map((cells, index) => ({ row: index + 1, cells }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new HelicalError(
      'INVALID_INPUT',
      {
        problem: `The list of tapes cannot be read as CSV: ${cause.message}.`,
        safe: 'No tape was registered.',
        remedy: 'Save it again as CSV with UTF-8 text.',
      },
      { cause },
    );
  }
}

/** Spreadsheets of countries with a decimal comma write semicolons. The header decides: its names hold neither. */
function delimiterOf(csv: string): string {
  const header = csv.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

const fold = (name: string): string => name.trim().toLowerCase();

function isTapeField(name: string): name is TapeField {
  return (tapeFields as readonly string[]).includes(name);
}

function invalid(problem: string): HelicalError {
  return new HelicalError('INVALID_INPUT', { problem, safe: 'No tape was registered.' });
}
