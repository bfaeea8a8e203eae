import { expect, test } from 'vitest';
import type { Recorder, RecorderEnd } from './recorder.ts';
import { leftBehind, onTheWay, untilTaken } from './stop-hold.ts';

const recording = { live: true, framesPerSecond: 25, plannedFrames: null };
const card = { capturedFrames: 500, droppedFrames: 20, queuedFrames: 100 };
const behind = { frames: 380, lagS: 4, queueS: 8, card };

test('what the card holds at the moment of a stop is waited for as long as its queue lasts, and a little', () => {
  expect(onTheWay('operator', behind, recording)).toEqual({
    tapeFrames: 500,
    droppedFrames: 20,
    basis: 'card',
    withinMs: 11_000,
  });
  expect(onTheWay('signal-lost', behind, recording)?.withinMs).toBe(11_000);
});

test.each([
  ['a full disk waits for nothing, and states what was left', 'disk-nearly-full', behind, { withinMs: 0 }],
  [
    'a full disk and no lag',
    'disk-nearly-full',
    { ...behind, card: { ...card, queuedFrames: 5 } },
    undefined,
  ],
  ['a card that went away', 'device-gone', behind, undefined],
  ['another standard', 'standard-changed', behind, undefined],
  [
    'no card to ask: by the clock',
    'operator',
    { ...behind, card: undefined },
    { tapeFrames: 480, basis: 'clock', withinMs: 11_000 },
  ],
  ['no card to ask, not behind', 'operator', { ...behind, card: undefined, lagS: 0.4 }, undefined],
] as const)('%s', (_, reason, now, asked) => {
  const found = onTheWay(reason, now, recording);
  if (asked === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(asked);
});

test('a source that waits for its reader holds nothing; a planned length is not asked for more than it has', () => {
  expect(onTheWay('operator', behind, { ...recording, live: false })).toBeUndefined();
  expect(onTheWay('operator', behind, { ...recording, plannedFrames: 400 })?.tapeFrames).toBe(420);
});

function fakeRecorder(counts: number[], ended = new Promise<RecorderEnd>(() => {})) {
  let looks = 0;
  const recorder: Recorder = {
    pid: 1,
    start: '',
    startedAtMs: 0,
    ended,
    reading: async () => ({
      frames: counts[Math.min(looks++, counts.length - 1)] ?? 0,
      duplicatedFrames: 0,
      outTimeS: 0,
      saidAtMs: 0,
      masterBytes: 0,
    }),
    interrupt() {},
    letGo() {},
  };
  return { recorder, looks: () => looks };
}
const asked = { tapeFrames: 500, droppedFrames: 20, basis: 'card' as const, withinMs: 60_000 };

test('the recorder is left alone until it has taken in what had come', async () => {
  const { recorder, looks } = fakeRecorder([380, 479, 480]);
  await untilTaken(recorder, asked, new AbortController().signal);
  expect(looks()).toBe(3);
});

test('it is not waited for where it has ended, where time is up, or where the disk is full meanwhile', async () => {
  const still = new AbortController();
  const over = fakeRecorder([380], Promise.resolve({ reason: 'closed', exitCode: 0 }));
  await untilTaken(over.recorder, asked, still.signal);
  const late = fakeRecorder([380]);
  await untilTaken(late.recorder, { ...asked, withinMs: 0 }, still.signal);
  expect(late.looks()).toBe(0);
  const calledOff = new AbortController();
  const waiting = untilTaken(fakeRecorder([380]).recorder, asked, calledOff.signal);
  calledOff.abort();
  await waiting;
});

test('what was not taken in is counted to the frame; frames that came broken are counted elsewhere', () => {
  const ended = { frames: 450, missingFrames: 20, droppedFrames: 20 };
  expect(leftBehind(asked, ended)).toBe(30);
  expect(leftBehind(asked, { ...ended, missingFrames: 25 })).toBe(25);
  expect(leftBehind(asked, { ...ended, frames: 481 })).toBe(0);
});
