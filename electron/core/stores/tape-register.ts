import { HelicalError } from '#shared/domain/errors.ts';
import { type TapeId, tapeIdSchema } from '#shared/domain/ids.ts';
import type { Tape, TapeDescription } from '#shared/domain/tape.ts';
import type { HelicalLog } from './record.ts';
import { type ImportProblem, readTapeList } from './tape-list.ts';
import type { TapesStore } from './tapes.ts';

export interface TapeImport {
  /** Rows of the file below its header. */
  rows: number;
  created: number;
  problems: ImportProblem[];
  ignoredColumns: string[];
}

/** Where tapes are entered. */
export interface TapeRegister {
  /** ALREADY_EXISTS when the identifier is taken, in whatever case. */
  register(description: TapeDescription, actorId: string): Tape;
  /** All rows or none. INVALID_INPUT when it is no table at all; what is wrong with rows comes back as problems. */
  import(
    request: { csv: string; columnMap: Record<string, string>; dryRun: boolean },
    actorId: string,
  ): TapeImport;
  /** NOT_FOUND, by id or identifier. */
  require(tape: string): Tape;
}

export function createTapeRegister(options: {
  log: HelicalLog;
  tapes: TapesStore;
  newId: () => string;
}): TapeRegister {
  const { log, tapes } = options;
  const newTapeId = (): TapeId => tapeIdSchema.parse(options.newId());

  const require = (tape: string): Tape => {
    const found = tapes.find(tape);
    if (found) return found;
    throw new HelicalError('NOT_FOUND', {
      problem: `No tape "${tape}" is registered.`,
      remedy: 'Register it first, or look for it in the register.',
    });
  };

  return {
    require,
    register(description, actorId) {
      const taken = tapes.find(description.identifier);
      if (taken) {
        throw new HelicalError('ALREADY_EXISTS', {
          problem: `A tape "${taken.identifier}" is registered already.`,
          safe: 'It was left as it is.',
          remedy: 'Choose another identifier.',
        });
      }
      const tapeId = newTapeId();
      log.append([{ type: 'tape.registered', payload: { tapeId, description }, actorId }]);
      return require(tapeId);
    },
    import({ csv, columnMap, dryRun }, actorId) {
      const list = readTapeList(csv, columnMap);
      const problems = [...list.problems];
      for (const { row, description } of list.tapes) {
        const taken = tapes.find(description.identifier);
        if (taken === undefined) continue;
        problems.push({
          row,
          column: 'identifier',
          message: `A tape "${taken.identifier}" is registered already.`,
        });
      }
      problems.sort((a, b) => a.row - b.row);
      const isGood = problems.length === 0;
      if (isGood && !dryRun && list.tapes.length > 0) {
        log.append(
          list.tapes.map(({ description }) => ({
            type: 'tape.registered',
            payload: { tapeId: newTapeId(), description },
            actorId,
          })),
        );
      }
      return {
        rows: list.rows,
        created: isGood && !dryRun ? list.tapes.length : 0,
        problems,
        ignoredColumns: list.ignoredColumns,
      };
    },
  };
}
