import { expect, test } from 'vitest';
import type { AlarmKind } from '#shared/domain/pass.ts';
import en from '#shared/i18n/en.json' with { type: 'json' };
import { engineWords } from '#shared/i18n/engine-words.ts';
import { createAlarmBoard } from './alarm-board.ts';
import type { AlarmFacts } from './alarm-rule.ts';
import { recordingAlarms } from './registry.ts';

/** A recording with which nothing is wrong. */
const quiet: AlarmFacts = {
  lagS: 0.1,
  queueS: 20,
  filled: 0.005,
  untilLossS: null,
  isSteady: false,
  masterBitsPerSecond: 80e6,
  masterStillMs: 40,
  sourceStillMs: 40,
  framePace: { ppm: 12, uncertaintyPpm: 140 },
  runningS: 900,
  frames: 22_500,
  framesPerSecond: 25,
  live: true,
  card: {
    state: 'playing',
    capturedFrames: 22_502,
    deliveredFrames: 22_500,
    droppedFrames: 0,
    queuedFrames: 2,
    queueCapacityFrames: 500,
    drops: [],
    signal: 'present',
    atMs: 0,
  },
  disks: [{ role: 'masters', freeBytes: 1e12, bitsPerSecond: 80e6, leftS: 1e5 }],
  writeLatency: { lastMs: 12, worstMs: 80 },
  drift: { driftMs: 4, ppm: 3, ppmUncertainty: 9, startOffsetMs: 0, endOffsetMs: null },
  silence: { silentS: [0, 3], heard: [true, true] },
  soundS: 900,
  clockJumpS: 0.001,
};
const card = (changes: Partial<NonNullable<AlarmFacts['card']>>) => ({
  card: { ...quiet.card, ...changes } as AlarmFacts['card'],
});
const drift = (driftMs: number, ppm: number) => ({
  drift: { driftMs, ppm, ppmUncertainty: 20, startOffsetMs: 0, endOffsetMs: null },
});

/** Bad for so long raises it, not a second less; good for so long ends it; what lies between does neither. */
const cases: {
  kind: AlarmKind;
  bad: Partial<AlarmFacts>;
  forS: number;
  between?: Partial<AlarmFacts>;
  overAfterS: number;
  says: string;
}[] = [
  {
    kind: 'lag',
    bad: { lagS: 3, filled: 0.15, untilLossS: 17 },
    forS: 0,
    between: { lagS: 3, filled: 0.15, untilLossS: 300 },
    overAfterS: 5,
    says: 'The recorder is 3.0 s behind the tape. Frames are lost in 17 s if it goes on so.',
  },
  { kind: 'lag', bad: { lagS: 11, filled: 0.55 }, forS: 0, overAfterS: 5, says: '11.0 s behind the tape.' },
  {
    kind: 'write-slow',
    bad: { writeLatency: { lastMs: 1400, worstMs: 1400 } },
    forS: 0,
    between: { writeLatency: { lastMs: 700, worstMs: 1400 } },
    overAfterS: 10,
    says: 'No frame was written for 1.4 s',
  },
  {
    kind: 'write-slow',
    bad: { masterStillMs: 1200 },
    forS: 0,
    overAfterS: 10,
    says: 'No frame was written for 1.2 s',
  },
  {
    kind: 'disk',
    bad: { disks: [{ role: 'derived', freeBytes: 1e9, bitsPerSecond: 1e8, leftS: 240 }] },
    forS: 0,
    between: { disks: [{ role: 'derived', freeBytes: 1e9, bitsPerSecond: 1e8, leftS: 700 }] },
    overAfterS: 10,
    says: 'The disk of derived files holds 4 more minutes.',
  },
  { kind: 'signal-lost', bad: card({ signal: 'lost' }), forS: 0, overAfterS: 1, says: 'no signal' },
  {
    kind: 'source-stalled',
    bad: { sourceStillMs: 3_100 },
    forS: 0,
    between: { sourceStillMs: 1_500 },
    overAfterS: 2,
    says: 'no frame for 3 s',
  },
  {
    kind: 'rate-off',
    bad: { framePace: { ppm: -1000, uncertaintyPpm: 300 } },
    forS: 20,
    between: { framePace: { ppm: -400, uncertaintyPpm: 300 } },
    overAfterS: 20,
    says: '0.100 % slower',
  },
  { kind: 'drift', bad: drift(-44, -20), forS: 10, between: drift(30, 20), overAfterS: 30, says: '-44 ms' },
  { kind: 'drift', bad: drift(10, 130), forS: 10, overAfterS: 30, says: '130 parts in a million' },
  {
    kind: 'silence',
    bad: { silence: { silentS: [0, 31], heard: [true, true] } },
    forS: 0,
    between: { silence: { silentS: [0, 12], heard: [true, true] } },
    overAfterS: 5,
    says: 'channel 2 for 30 s',
  },
  {
    kind: 'silence',
    bad: { silence: { silentS: [61, 61], heard: [false, false] } },
    forS: 0,
    overAfterS: 5,
    says: 'No channel',
  },
  {
    kind: 'audio-missing',
    bad: { soundS: 0 },
    forS: 2,
    between: { soundS: 897 },
    overAfterS: 5,
    says: '0.0 s of sound',
  },
  { kind: 'clock-changed', bad: { clockJumpS: -3600 }, forS: 0, overAfterS: 10, says: 'set 3600 s back' },
];

function openBoard(standing: AlarmKind[] = [], isTakenBack = false) {
  const told: string[] = [];
  const messages: string[] = [];
  const board = createAlarmBoard(
    recordingAlarms(isTakenBack),
    {
      raise(kind, message) {
        told.push(kind);
        messages.push(message);
      },
      clear: (kind) => void told.push(`${kind} over`),
    },
    standing,
  );
  let atS = 0;
  return {
    told,
    messages,
    /** Five looks a second. */
    go(facts: Partial<AlarmFacts>, seconds: number) {
      for (const endS = atS + seconds; atS < endS - 1e-6; atS += 0.2) {
        board.update({ ...quiet, ...facts }, atS * 1000);
      }
    },
  };
}

test.each(cases)('$kind: $says', ({ kind, bad, forS, between, overAfterS, says }) => {
  const { told, messages, go } = openBoard();
  go({}, 2);
  if (forS > 0) {
    go(bad, forS - 1);
    go({}, 1);
    expect(told).toEqual([]);
  }
  go(bad, forS + 0.4);
  expect(told).toEqual([kind]);
  expect(messages[0]).toContain(says);
  // Whoever reads Dutch or French reads this too.
  expect(messages.filter((message) => engineWords('nl', message).language === 'en')).toEqual([]);
  expect(messages.filter((message) => engineWords('fr', message).language === 'en')).toEqual([]);
  for (let flutter = 0; flutter < 5; flutter++) {
    go(bad, 1);
    go(between ?? bad, overAfterS + 1);
    if (overAfterS > 1) go({}, overAfterS - 1);
  }
  expect(told).toEqual([kind]);
  go({}, overAfterS + 0.4);
  expect(told).toEqual([kind, `${kind} over`]);
});

test('lost frames are told of in spells, without a number that goes stale', () => {
  const { told, messages, go } = openBoard();
  go(card({ droppedFrames: 3 }), 0.2);
  go(card({ droppedFrames: 9 }), 4);
  go(card({ droppedFrames: 10 }), 4.8);
  expect(told).toEqual(['frames-dropped']);
  go(card({ droppedFrames: 10 }), 1);
  go(card({ droppedFrames: 11 }), 1);
  expect(told).toEqual(['frames-dropped', 'frames-dropped over', 'frames-dropped']);
  // A number would be behind the counter a moment later.
  expect(messages.join()).not.toMatch(/\d+ frames/);
});

test('lost frames are told of with what is known of the cause: the processor, or that nobody knows', () => {
  const causeOf = (facts: Partial<AlarmFacts>) => {
    const { messages, go } = openBoard();
    go({ ...card({ droppedFrames: 3 }), ...facts }, 0.2);
    return messages.find((message) => message.includes('throws frames away'));
  };
  const took = (worstMs: number) => ({ writeLatency: { lastMs: 30, worstMs } });
  expect(causeOf(took(1400))).toMatch(/Writing is too slow \(1\.4 s a write at most\); .* not known\.$/);
  expect(causeOf(took(80))).toMatch(/It is not the disk \(0\.1 s .*\): the processor is too busy\.$/);
  expect(causeOf({ writeLatency: undefined })).toMatch(/not known\.$/);
  // A recorder that does nothing at all may wait for either.
  expect(causeOf({ ...took(80), masterStillMs: 1300 })).toMatch(/stood still for 1\.3 s; .* not known\.$/);
});

test('what a card threw away before a recorder was taken back is not told again', () => {
  const fresh = openBoard([], true);
  fresh.go(card({ droppedFrames: 40 }), 2);
  expect(fresh.told).toEqual([]);
  fresh.go(card({ droppedFrames: 41 }), 0.4);
  expect(fresh.told).toEqual(['frames-dropped']);
  // One that had not ended when the engine died ends now.
  const standing = openBoard(['frames-dropped'], true);
  standing.go(card({ droppedFrames: 40 }), 6);
  expect(standing.told).toEqual(['frames-dropped over']);
});

test('a source that does not play in real time has no rate, and a tape that has ended gives no frames', () => {
  const { told, go } = openBoard();
  go({ framePace: { ppm: 9e6, uncertaintyPpm: 100 } }, 60);
  go({ sourceStillMs: 60_000, ...card({ state: 'ended' }) }, 10);
  expect(told).toEqual([]);
});

test('a source is given ten seconds for its first frame', () => {
  const { told, go } = openBoard();
  const nothing = card({ capturedFrames: 0 });
  go({ sourceStillMs: 9_000, ...nothing }, 1);
  expect(told).toEqual([]);
  go({ sourceStillMs: 11_000, ...nothing }, 1);
  expect(told).toEqual(['source-stalled']);
});

test('what an earlier engine raised is not raised again, and its end is told', () => {
  const { told, go } = openBoard(['lag']);
  go({ lagS: 11, filled: 0.55 }, 2);
  expect(told).toEqual([]);
  go({}, 6);
  expect(told).toEqual(['lag over']);
});

test('each alarm has a title, a meaning and something to do', () => {
  const words = en.alarm as Record<string, Record<string, string>>;
  for (const { kind } of recordingAlarms()) {
    for (const part of ['title', 'means', 'do']) expect(words[kind]?.[part], kind).toMatch(/^.{5,}/);
  }
});
