/**
 * What a number of an event's evidence is counted in. `code` is a place on the scale of the file's own bit depth and `codes` a distance on it;
 * `share` is 0 to 1; `frames` is a number of frames whose name does not say so; a `count` is of what its name says, and a `ratio` of nothing.
 */
export type EvidenceUnit =
  | 'code'
  | 'codes'
  | 'share'
  | 'dB'
  | 'dBFS'
  | 'Hz'
  | 'ms'
  | 's'
  | 'degrees'
  | 'pixels'
  | 'linesPerFrame'
  | 'frames'
  | 'count'
  | 'ratio';

/** Names that say their unit by how they end, the longer ending first. */
const endings: readonly (readonly [RegExp, EvidenceUnit])[] = [
  [/Dbfs$/, 'dBFS'],
  [/Db$/, 'dB'],
  [/Hz$/, 'Hz'],
  [/Ms$/, 'ms'],
  [/Seconds$/, 's'],
  [/Degrees$/, 'degrees'],
  [/Pixels$/, 'pixels'],
  [/(^s|S)hare(OfBlocks)?$/, 'share'],
  [/Codes$/, 'codes'],
  [/(^|[a-z])(frames|rows|lines|words|samples|blocks|row)$/i, 'count'],
];

/** Those that do not. */
const named: Partial<Record<string, EvidenceUnit>> = {
  ...{ yMin: 'code', yMax: 'code', yHigh: 'code', limitYHigh: 'code', yDarkest: 'code', yBrightest: 'code' },
  ...{ floorCode: 'code', ceilingCode: 'code' },
  ...{ yDif: 'codes', usualYDif: 'codes', limitYDif: 'codes', yNoise: 'codes', limitRange: 'codes' },
  ...{ satPercentile99: 'codes', usualSaturation: 'codes', fieldLevelDifference: 'codes' },
  ...{ brng: 'share', floorPile: 'share', ceilingPile: 'share', barsLumaError: 'share' },
  ...{ barsChromaGain: 'dB', barsHueError: 'degrees' },
  ...{ motionStep: 'pixels', usualStep: 'pixels', rollLines: 'linesPerFrame' },
  ...{ measured: 'frames', expected: 'frames' },
  ...{ mostLinesInFrame: 'count', problems: 'count', applied: 'count', passed: 'count' },
  ...{ fieldLead: 'ratio', limitLead: 'ratio', correlation: 'ratio', limitCorrelation: 'ratio' },
  flatFactor: 'ratio',
};

/** The unit of a number of an event's evidence; undefined for a name that this version does not know. */
export function evidenceUnit(
  name: string,
  evidence: Readonly<Record<string, unknown>>,
): EvidenceUnit | undefined {
  // The limit of a level is a level; that of a saturation is a distance, as saturation is.
  if (name === 'limitCodes') return 'satPercentile99' in evidence ? 'codes' : 'code';
  return named[name] ?? endings.find(([ending]) => ending.test(name))?.[1];
}
