import { describe, expect, it } from 'vitest';
import { findingsOf, type Row, seriesOf, stretchesOf, wobble } from './check-on.fixture.ts';
import { droppedFrame } from './dropped-frame.ts';

/** A pan of a tape with six codes of noise. */
const pan = (frame: number): Row => ({
  ...{ yMin: 44, yLow: 120, yHigh: 600, yMax: 900, yNoise: 6, fieldDifLeast: 20 },
  ...{ yAvg: 350 + frame / 2, uAvg: 510, vAvg: 520 + wobble(frame, 1) },
  ...{ yDif: 22 + wobble(frame, 2), motionStep: 6, motionRatio: 1 + wobble(frame, 0.1), fieldLead: 0.4 },
});

describe.each([10, 8])('at %i bit', (bitDepth) => {
  const tape = (change: (frame: number) => Row) =>
    seriesOf(200, (frame) => ({ ...pan(frame), ...change(frame) }), { bitDepth });
  const find = (change: (frame: number) => Row) => stretchesOf(droppedFrame, tape(change));
  const at = (changes: Record<number, Row>) => (frame: number) => changes[frame] ?? {};

  it('finds a step of two in steady motion, and says how many frames are missing', () => {
    const jump = at({
      100: { yDif: 38, motionStep: 18, motionRatio: 3, fieldLead: 0.1 },
      101: { motionRatio: 0.33 },
    });
    expect(find(jump)).toEqual([[100, 100, 'warn']]);
    expect(findingsOf(droppedFrame, tape(jump))[0]?.evidence).toMatchObject({ lostFrames: 2 });
  });

  it('finds a step that can be followed though a cut is near', () => {
    const cut = { yDif: 110, yAvg: 700, motionRatio: Number.NaN };
    const near = at({
      100: { yDif: 38, motionStep: 18, motionRatio: 3, fieldLead: 0.1 },
      101: { motionRatio: 0.33 },
      107: cut,
    });
    expect(find(near)).toEqual([[100, 100, 'warn']]);
    const unfollowed = at({ 100: { yDif: 38, motionRatio: Number.NaN, fieldLead: 0.1 }, 107: cut });
    expect(find(unfollowed)).toEqual([]);
  });

  it('finds a jump in a shot of which little moves, but no other moment of it', () => {
    const little = (jump: number) => (frame: number) => ({
      yDif: frame === 100 ? jump : 9.4 + wobble(frame, 0.4),
      ...{ motionStep: Number.NaN, motionRatio: Number.NaN, fieldLead: 0 },
    });
    expect(find(little(16))).toEqual([[100, 100, 'warn']]);
    expect(find(little(12))).toEqual([]);
    expect(find(little(30))).toEqual([]);
  });

  it('takes a title that goes for a title, though colours of the shot waver by more than it changes', () => {
    const titled = (luma: number) => (frame: number) => ({
      yDif: frame === 100 ? 16 : 9.4 + wobble(frame, 0.4),
      ...{ motionStep: 0, motionRatio: Number.NaN, fieldLead: 0, yAvg: frame < 100 ? 368 : 368 - luma },
      ...{ yHigh: frame < 100 ? 594 : 594 - 2 * luma, satPercentile99: 200 + wobble(frame, 40) },
    });
    expect(find(titled(1))).toEqual([[100, 100, 'warn']]);
    expect(find(titled(8))).toEqual([]);
  });

  it('finds a leap of small things, of which blocks are matched falsely, by fields that tell nothing', () => {
    const leap = (fieldLead: number) =>
      at({
        98: { yDif: 20.2, motionRatio: 1 },
        99: { yDif: 20.4, motionRatio: 1 },
        100: { yDif: 46, motionStep: 4, motionRatio: 0.1, fieldLead },
        101: { yDif: 29, motionRatio: 0 },
        ...{ 102: { yDif: 33 }, 103: { yDif: 34 } },
      });
    expect(find(leap(0.03))).toEqual([[100, 100, 'warn']]);
    // Fields that are in order: something turned up, and nothing is missing.
    expect(find(leap(0.3))).toEqual([]);
  });

  it('finds a step of all blocks in a pan over grass, which hardly differs more for it', () => {
    const grass = (next: number) => (frame: number) => ({
      ...{ yDif: frame === 100 ? 25 : 22.5 + wobble(frame, 1), motionStep: frame === 100 ? 12 : 6 },
      motionRatio: frame === 100 ? 1.97 : frame === 101 ? next : 1 + wobble(frame, 0.1),
      ...(frame === 100 && { fieldLead: 0.17 }),
    });
    expect(find(grass(0.5))).toEqual([[100, 100, 'warn']]);
    // A pan that has become faster.
    expect(find(grass(1))).toEqual([]);
  });

  it('finds a leap of one small thing before a still, by the steps of its blocks', () => {
    const balloon = (motionRatio: number) => (frame: number) => ({
      ...{ yDif: 8.3 + wobble(frame, 0.1), motionStep: 8.4, fieldLead: 0.18, yAvg: 500, motionKept: 1 },
      ...(frame === 100 && { yDif: 10.6, motionStep: 8.4 * motionRatio, motionRatio, fieldLead: 0.135 }),
      ...(frame === 101 && { motionRatio: 1 / motionRatio }),
    });
    expect(find(balloon(2.9))).toEqual([[100, 100, 'warn']]);
    expect(find(balloon(1.6))).toEqual([]);
  });

  it('finds a pan that goes on elsewhere in its scene, though levels changed', () => {
    const pans = (frame: number): Row => ({
      ...{ yDif: frame === 100 ? 62 : 22, yLow: frame < 100 ? 120 : 150, yAvg: frame < 100 ? 350 : 358 },
      ...{ motionStep: 6 + wobble(frame, 0.3), motionRatio: 1 + wobble(frame, 0.1) },
      ...(frame === 100 && { motionStep: Number.NaN, motionRatio: Number.NaN, fieldLead: 0.01 }),
    });
    expect(find(pans)).toEqual([[100, 100, 'warn']]);
    // Another shot, which moves half as fast.
    expect(
      find((frame) => ({ ...pans(frame), ...(frame > 100 && { motionStep: 3 + wobble(frame, 0.3) }) })),
    ).toEqual([]);
  });

  it('tells a cut to a shot that moves and looks alike from a gap, by the blocks that are found again', () => {
    const leap = (motionKept: number) => (frame: number) => ({
      ...{ motionKept: 0.9, yLow: frame < 100 ? 120 : 130 },
      ...(frame === 100 && { yDif: 62, motionStep: 22, motionRatio: 2.4, fieldLead: 0.01, motionKept }),
      ...(frame === 101 && { motionRatio: 0.1 }),
    });
    expect(find(leap(0.85))).toEqual([[100, 100, 'warn']]);
    expect(find(leap(0.2))).toEqual([]);
  });

  it('finds a leap past a pattern, in which blocks are found a period short, and a small thing that comes in with it', () => {
    const past = (change: Row) => (frame: number) => ({
      ...{ motionKept: 0.95, fieldLead: 0.23, satPercentile99: frame < 100 ? 150 : 235 },
      ...(frame === 100 && { yDif: 36, motionStep: 12.2, fieldLead: 0.04, ...change }),
    });
    expect(find(past({}))).toEqual([[100, 100, 'warn']]);
    // Blocks that go on at their own step.
    expect(find(past({ motionStep: 6 }))).toEqual([]);
    // Another picture of the same make.
    expect(find(past({ motionKept: 0.2 }))).toEqual([]);
  });

  it('finds a gap while motion comes to rest, but nothing that jumps in a still', () => {
    const rests = (motionKept: number) => (frame: number) => ({
      ...{ yDif: frame < 100 ? 8.1 : 7.5, motionStep: 0, motionRatio: Number.NaN, yAvg: 400, motionKept: 1 },
      fieldLead: frame < 100 ? 0.3 : Number.NaN,
      ...(frame === 100 && { yDif: 15, motionStep: 4, fieldLead: 0.02, motionKept }),
    });
    expect(find(rests(0.45))).toEqual([[100, 100, 'warn']]);
    expect(find(rests(0.96))).toEqual([]);
  });

  it('finds a gap behind an edit on the second field, which no other frame shows', () => {
    const edit = (motionKept: number) => (frame: number) => ({
      motionKept: frame < 96 ? 0.95 : 0.45,
      ...(frame === 95 && { yDif: 45 }),
      ...(frame === 96 && { yDif: 43, motionKept }),
      ...(frame === 100 && { yDif: 38, motionStep: 9, motionRatio: 1.4, fieldLead: 0.2, motionKept: 0.85 }),
    });
    expect(find(edit(0.15))).toEqual([[100, 100, 'warn']]);
    expect(find(edit(0.9))).toEqual([]);
  });

  it('finds a jump too wide to follow, with less confidence', () => {
    const [finding] = findingsOf(
      droppedFrame,
      tape(at({ 100: { yDif: 60, motionStep: Number.NaN, motionRatio: Number.NaN, fieldLead: 0.01 } })),
    );
    expect(finding).toMatchObject({ startFrame: 100, confidence: 0.6 });
  });

  it('finds a jump in a slow pan over soft things, whose levels drift', () => {
    const slow = (frame: number): Row => {
      const place = frame < 100 ? frame : frame + 1;
      return {
        ...{ yDif: frame === 100 ? 10.3 : 7.5 + wobble(frame, 0.1), yNoise: 6.3 },
        ...{ yAvg: 400 + 0.13 * place, uAvg: 512 + 0.07 * place, vAvg: 550 - 0.2 * place },
        ...{ motionStep: 0, motionRatio: Number.NaN, fieldLead: Number.NaN },
      };
    };
    expect(find(slow)).toEqual([[100, 100, 'warn']]);
    // Something turns up in a still.
    expect(
      find((frame) => ({ ...slow(frame), yAvg: 400, uAvg: 512, vAvg: 550 + wobble(frame, 0.1) })),
    ).toEqual([]);
  });

  it('leaves the figures of a clock alone, and what blocks go past at their own pace', () => {
    const little = { motionStep: 0, motionRatio: Number.NaN, fieldLead: Number.NaN };
    expect(find((frame) => ({ ...little, yDif: frame % 25 === 0 ? 15 : 9.4 }))).toEqual([]);
    expect(find(at({ 100: { yDif: 38, fieldLead: 0.1, motionRatio: 1.05 } }))).toEqual([]);
  });

  it('takes no gaps that lie a frame more than a second apart for a clock', () => {
    const gap = { yDif: 38, motionStep: 12, motionRatio: 2, fieldLead: 0.1 };
    const behind = { motionRatio: 0.5 };
    const gaps = { 74: gap, 75: behind, 100: gap, 101: behind, 126: gap, 127: behind };
    expect(find(at(gaps)).map(([first]) => first)).toEqual([74, 100, 126]);
  });

  it('leaves alone a zoom that stumbles: a step too long, and the next too short', () => {
    const unfollowed = { motionStep: 0, motionRatio: Number.NaN, fieldLead: Number.NaN };
    const jump = { ...unfollowed, yDif: 31 };
    expect(find(at({ 100: jump, 101: { ...unfollowed, yDif: 17 } }))).toEqual([]);
    expect(find(at({ 100: jump, 101: { ...unfollowed, yDif: 21 } }))).toHaveLength(1);
  });

  it('takes the word of the file where its times have a gap, still or not', () => {
    const series = { ...tape(() => ({ yDif: 6.8 })), timeGaps: [{ frame: 60, lostFrames: 3 }] };
    expect(findingsOf(droppedFrame, series)).toMatchObject([
      { startFrame: 60, endFrame: 60, severity: 'warn', confidence: 0.95, evidence: { lostFrames: 3 } },
    ]);
    const long = { ...series, timeGaps: [{ frame: 60, lostFrames: 30 }] };
    expect(findingsOf(droppedFrame, long)).toMatchObject([
      { severity: 'fail', message: expect.stringContaining('30 frames are missing before this one') },
    ]);
  });

  it('leaves cuts, damage, flashes and growing motion alone', () => {
    // Another shot, though it moves as fast.
    expect(
      find((frame) => ({
        ...(frame === 100 ? { yDif: 70, fieldLead: 0 } : {}),
        ...(frame >= 100 ? { yHigh: 660, uAvg: 540 } : {}),
      })),
    ).toEqual([]);
    expect(find(at({ 100: { yDif: 60, fieldLead: 0 }, 101: { yDif: 60, fieldLead: 0 } }))).toEqual([]);
    expect(find((frame) => ({ yDif: 15 + frame / 4 }))).toEqual([]);
    expect(find(at({ 100: { yDif: 200, fieldLead: 0 } }))).toEqual([]);
    // More motion of both fields alike.
    expect(find(at({ 100: { yDif: 38, fieldLead: 0.42 } }))).toEqual([]);
  });

  it('leaves a loop alone, which goes back to where it began', () => {
    const loop = (motionRatio: number) => (frame: number) => ({
      motionKept: 0.95,
      ...(frame === 100 && { yDif: 50, motionStep: 17, motionRatio, fieldLead: 0.03 }),
    });
    expect(find(loop(-2.6))).toEqual([]);
    expect(find(loop(2.6))).toEqual([[100, 100, 'warn']]);
  });

  it('takes a jump among cuts for one cut more', () => {
    const cuts = at({ 94: { yDif: 150 }, 100: { yDif: 60, fieldLead: 0.01 }, 106: { yDif: 150 } });
    expect(find(cuts)).toEqual([]);
  });

  it('leaves stills, slow motion by repeats and the end of a hold alone', () => {
    expect(find((frame) => ({ yDif: frame === 100 ? 12 : 6.8 }))).toEqual([]);
    expect(find((frame) => ({ yDif: frame % 2 ? 8 : 40 }))).toEqual([]);
    expect(find(at({ 99: { yDif: 0.4, fieldDifLeast: 0 }, 100: { yDif: 38, fieldLead: 0.1 } }))).toEqual([]);
  });
});
