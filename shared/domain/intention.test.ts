import { v7 as newId } from 'uuid';
import { describe, expect, it } from 'vitest';
import { intentionIdSchema, passIdSchema, personIdSchema, tapeIdSchema } from './ids.ts';
import { type Intention, markIntended, rangeOn } from './intention.ts';
import { countEvents, type QcEvent } from './qc.ts';

const [first, second] = [passIdSchema.parse(newId()), passIdSchema.parse(newId())];
const pass = (id: typeof first, programmeStartFrame: number | null) => ({
  id,
  programmeStartFrame,
  video: { frameRate: { num: 25, den: 1 } },
});
const intention = (what: Partial<Intention>): Intention => ({
  id: intentionIdSchema.parse(newId()),
  tapeId: tapeIdSchema.parse(newId()),
  check: 'black',
  channels: null,
  range: null,
  reason: 'Meant.',
  statedAt: '2026-11-23T03:00:00.000Z',
  statedBy: personIdSchema.parse(newId()),
  ...what,
});
const event = (startFrame: number, endFrame: number, what: Partial<QcEvent> = {}): QcEvent => ({
  ...{ check: 'black', startFrame, endFrame, severity: 'fail', confidence: 1, evidence: {}, message: '' },
  ...what,
});
const range = { passId: first, startFrame: 1000, endFrame: 1999 };

describe('an intention', () => {
  it('of the whole work holds on every pass', () => {
    for (const id of [first, second]) {
      const [marked] = markIntended([event(5, 9)], [intention({})], pass(id, null), []);
      expect(marked?.intended?.reason).toBe('Meant.');
    }
  });

  it('of a range holds on another pass only where both know where their programme begins', () => {
    const said = intention({ range });
    const [a, b] = [pass(first, 50), pass(second, 20)];
    expect(rangeOn(said, a, [a, b])).toEqual(range);
    expect(rangeOn(said, b, [a, b])).toEqual({ startFrame: 970, endFrame: 1969 });
    expect(rangeOn(said, b, [pass(first, null), b])).toBeUndefined();
    expect(rangeOn(said, pass(second, null), [a, b])).toBeUndefined();
  });

  it('takes in events that end up to a second beyond it, and no more than that', () => {
    const marked = (startFrame: number, endFrame: number) =>
      markIntended([event(startFrame, endFrame)], [intention({ range })], pass(first, null), [])[0]
        ?.intended !== undefined;
    expect([marked(975, 2024), marked(974, 1999), marked(1000, 2025)]).toEqual([true, false, false]);
  });

  it('is of one check, and of the channels that it names', () => {
    const said = intention({ check: 'silence', channels: [2] });
    const silence = (channels: number[]) => event(0, 9, { check: 'silence', channels });
    const marked = markIntended(
      [event(0, 9), silence([1]), silence([2]), silence([1, 2])],
      [said],
      pass(first, null),
      [],
    );
    expect(marked.map(({ intended }) => intended !== undefined)).toEqual([false, false, true, false]);
    expect(countEvents(marked)).toEqual({ info: 0, warn: 0, fail: 3, intended: 1 });
  });
});
