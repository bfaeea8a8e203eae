import { carrierFormats, conditions, generations, videoStandards } from '#shared/domain/tape.ts';

/** The columns of a list of tapes, by their headers. */
export const tapeFields = [
  'identifier',
  'title',
  'artist',
  'format',
  'standard',
  'duration',
  'generation',
  'condition',
  'location',
  'notes',
] as const;
export type TapeField = (typeof tapeFields)[number];

type Read = { value: unknown } | { problem: string };

/** One cell as a person wrote it. Text fields are checked by the tape's own schema. */
export function readTapeCell(field: TapeField, cell: string): Read {
  if (field === 'format') return readChoice(cell, carrierFormats, formatAliases);
  if (field === 'standard') return readChoice(cell, videoStandards);
  if (field === 'generation') return readChoice(cell, generations);
  if (field === 'condition') return readChoice(cell, conditions);
  if (field === 'duration') return readDuration(cell);
  return { value: cell };
}

/** Names that labels and inventories use, folded, for codes that they do not resemble. */
const formatAliases: Record<string, (typeof carrierFormats)[number]> = {
  vhs: 'standardvhs',
  minidv: 'dv',
  dvcam: 'dvcam34',
  dvcpro: 'dvcpro25',
  digibeta: 'digitalbetacam',
  betasp: 'betacamsp',
  umatichighband: 'umatic',
  umaticlowband: 'umatic',
  '1inch': '1inchvideotape',
  halfinch: 'halfinchvideotape',
  '12inch': 'halfinchvideotape',
  quarterinch: 'quarterinchvideotape',
  '14inch': 'quarterinchvideotape',
  '2inch': '2inchvideotape',
  v2000: 'video2000',
};

/** Cases, spaces and marks do not count: `Betacam SP`, `BETACAM-SP` and `betacamsp` are one. */
function readChoice<Choice extends string>(
  cell: string,
  choices: readonly Choice[],
  aliases: Record<string, Choice> = {},
): Read {
  if (cell === '') return { problem: 'This must be filled in.' };
  const folded = fold(cell);
  const value = choices.find((choice) => fold(choice) === folded) ?? aliases[folded];
  return value === undefined
    ? { problem: `"${cell}" is not known. Known: ${choices.join(', ')}.` }
    : { value };
}

/** Minutes (`62`, `62.5`, `62,5`, `62 min`) or `H:MM:SS`. Two figures with a colon could be either, so they are asked back. */
function readDuration(cell: string): Read {
  const clock = /^(\d{1,2}):([0-5]\d):([0-5]\d)$/.exec(cell);
  if (clock) return { value: Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3]) / 60 };
  const minutes = /^(\d+(?:[.,]\d+)?)\s*(?:min|minutes|'|′)?$/i.exec(cell);
  if (minutes) return { value: Number((minutes[1] ?? '').replace(',', '.')) };
  return { problem: `"${cell}" is no running time: write minutes (62.5) or H:MM:SS (1:02:30).` };
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]/g, '');
}
