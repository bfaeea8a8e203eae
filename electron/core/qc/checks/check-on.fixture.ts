import { expect } from 'vitest';
import { qcEventSchema } from '#shared/domain/qc.ts';
import type { Check, Finding } from '../check.ts';
import type { Series, SeriesDescription } from '../series.ts';

/** What one frame shows: columns by their ids. What it does not name was not measured. */
export type Row = Record<string, number>;

/** Columns whose values are codes: given on the 10-bit scale, and brought to the depth of the series. */
const inCodes = /^(y|u|v)(Min|Low|Avg|High|Max|Dif|Noise|Darkest|Brightest)|^sat|^fieldDif/;

/** A series of so many frames, 10-bit PAL with no sound unless said otherwise. */
export function seriesOf(
  frames: number,
  row: (frame: number) => Row,
  description: Partial<SeriesDescription> = {},
): Series {
  const rows = Array.from({ length: frames }, (_, frame) => row(frame));
  const bitDepth = description.bitDepth ?? 10;
  const scale = 2 ** (bitDepth - 10);
  const columns = new Map<string, Float32Array>();
  return {
    ...{ frameRate: { num: 25, den: 1 }, channels: 0, standard: 'PAL' },
    ...description,
    ...{ frames, bitDepth },
    column: (id) => {
      const factor = inCodes.test(id) ? scale : 1;
      const known =
        columns.get(id) ?? Float32Array.from(rows, (values) => (values[id] ?? Number.NaN) * factor);
      columns.set(id, known);
      return known;
    },
  };
}

/** Evaluates a check with its own limits, and holds every finding against the agreed form and the evidence it owes. */
export function findingsOf<Name extends string>(
  check: Check<Name>,
  series: Series,
  earlier: ReadonlyMap<string, readonly Finding[]> = new Map(),
): Finding[] {
  const limits = Object.fromEntries(
    Object.entries<{ value: number }>(check.limits).map(([name, { value }]) => [name, value]),
  ) as Record<Name, number>;
  const findings = check.evaluate(series, limits, earlier);
  for (const finding of findings) {
    const event = { check: check.id, ...finding };
    expect(qcEventSchema.parse(event)).toEqual(event);
    expect(Object.keys(finding.evidence)).toEqual(expect.arrayContaining([...check.evidence]));
    expect(finding.endFrame).toBeLessThan(series.frames);
  }
  return findings;
}

/** The same, as first and last frame and severity. */
export function stretchesOf<Name extends string>(check: Check<Name>, series: Series): unknown[][] {
  return findingsOf(check, series).map(({ startFrame, endFrame, severity }) => [
    startFrame,
    endFrame,
    severity,
  ]);
}

/** A number between -width / 2 and width / 2 that looks random and is always the same for a frame. */
export function wobble(frame: number, width: number): number {
  return (((frame * 7919) % 100) / 100 - 0.5) * width;
}
