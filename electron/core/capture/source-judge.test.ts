import { expect, test } from 'vitest';
import type { CardReport } from '#core/devices/card-report.ts';
import { createSourceJudge, type SourceFacts, type SourceVerdict } from './source-judge.ts';

const patience = { soundWithinMs: 10_000, sourceWithinMs: 600_000 };
const card: CardReport = {
  state: 'playing',
  capturedFrames: 100,
  deliveredFrames: 100,
  droppedFrames: 0,
  queuedFrames: 0,
  queueCapacityFrames: 50,
  drops: [],
  signal: 'present',
  atMs: 0,
};

/** Looks every quarter of a second for so long; what was said, with the second in which it was. */
function watch(seconds: number, factsAt: (s: number) => Partial<SourceFacts>, live = true) {
  const judge = createSourceJudge(live, patience);
  const said: (SourceVerdict & { atS: number })[] = [];
  for (let atS = 0; atS <= seconds; atS += 0.25) {
    const usual = { frameListBytes: Math.floor(atS * 1000), soundListBytes: Math.floor(atS * 1000) };
    const facts = { atMs: atS * 1000, ...usual, card: undefined, remarks: [], ...factsAt(atS) };
    said.push(...judge.look(facts).map((verdict) => ({ ...verdict, atS })));
  }
  return said;
}

test('nothing is said of a source that works, with or without sound, for as long as it likes', () => {
  expect(watch(900, () => ({ card }))).toEqual([]);
  expect(watch(900, () => ({ soundListBytes: null }))).toEqual([]);
});

test('sound that has not begun ten seconds after the picture ends the recording, once', () => {
  const said = watch(60, (atS) => ({ frameListBytes: atS < 5 ? 0 : atS * 1000, soundListBytes: 0 }));
  expect(said).toMatchObject([
    { do: 'tell', kind: 'audio-missing', atS: 15.25 },
    { do: 'end', reason: 'audio-missing', atS: 15.25 },
  ]);
  expect(watch(60, (atS) => ({ soundListBytes: atS < 9 ? 0 : 500 }))).toEqual([]);
  // A file is read as it lies: nobody waits for it.
  expect(watch(60, () => ({ soundListBytes: 0 }), false)).toEqual([]);
});

test('a live source that gives nothing for ten minutes is over, from the start or in mid tape', () => {
  for (const lastS of [0, 300]) {
    const bytes = (atS: number) => Math.min(atS, lastS) * 1000;
    const said = watch(1000, (atS) => ({ frameListBytes: bytes(atS), soundListBytes: bytes(atS) }));
    expect(said).toMatchObject([
      { do: 'tell', kind: 'source-stalled', atS: lastS + 600.25 },
      { do: 'end', reason: 'source-stalled', atS: lastS + 600.25 },
    ]);
  }
  expect(watch(1000, () => ({ frameListBytes: 0, soundListBytes: 0 }), false)).toEqual([]);
});

test('a recorder that stands still while the card goes on counting is no standstill of the source', () => {
  const still = { frameListBytes: 0, soundListBytes: 0 };
  expect(watch(1000, (atS) => ({ ...still, card: { ...card, capturedFrames: atS * 25 } }))).toEqual([]);
  const until300 = (atS: number) => ({
    ...still,
    card: { ...card, capturedFrames: Math.min(atS, 300) * 25 },
  });
  expect(watch(1000, until300)).toMatchObject([
    { do: 'tell', kind: 'source-stalled', atS: 900.25 },
    { do: 'end', reason: 'source-stalled', atS: 900.25 },
  ]);
});

test('a changed standard ends the recording, by the card or by the log, also of a file', () => {
  const changedFormat = {
    fromFrame: 50,
    standard: 'NTSC',
    width: 720,
    height: 486,
    frameRate: { num: 30_000, den: 1001 },
  };
  expect(watch(3, (atS) => ({ card: atS < 2 ? card : { ...card, changedFormat } }))).toMatchObject([
    {
      do: 'tell',
      kind: 'standard-changed',
      message: 'From frame 50 on the tape is in NTSC, 720x486 at 29.97 frames a second.',
    },
    { do: 'end', reason: 'standard-changed', atS: 2 },
  ]);
  const raster = (atS: number): Partial<SourceFacts> =>
    atS === 1 ? { remarks: [{ kind: 'raster-changed' }] } : {};
  expect(watch(3, raster, false)).toMatchObject([
    { do: 'tell' },
    { do: 'end', reason: 'standard-changed', atS: 1 },
  ]);
});

test('a card that says it is gone ends the recording', () => {
  const said = watch(3, (atS) =>
    atS === 1 ? { remarks: [{ kind: 'device-gone', detail: 'unplugged' }] } : {},
  );
  expect(said).toMatchObject([
    { do: 'tell', kind: 'device-gone', message: 'The card went away: unplugged' },
    { do: 'end', reason: 'device-gone' },
  ]);
});

test('broken frames are one trouble as long as they keep coming, and never end a recording', () => {
  const said = watch(60, (atS) => ({
    remarks: (atS >= 2 && atS < 6) || atS === 9 || atS === 30 ? [{ kind: 'undecodable' }] : [],
  }));
  expect(said.map((verdict) => [verdict.do, verdict.atS])).toEqual([
    ['tell', 2],
    ['clear', 14],
    ['tell', 30],
    ['clear', 35],
  ]);
});

test('an engine that takes a recorder back ends the alarm of the one before, and does not tell it again', () => {
  const judge = createSourceJudge(true, patience, ['frames-unreadable']);
  const facts = { atMs: 0, frameListBytes: 5, soundListBytes: 5, card };
  expect(judge.look({ ...facts, remarks: [{ kind: 'undecodable' }] })).toEqual([
    { do: 'clear', kind: 'frames-unreadable' },
  ]);
  expect(judge.look({ ...facts, atMs: 500, remarks: [] })).toEqual([]);
});
