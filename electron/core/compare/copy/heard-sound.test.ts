import { expect, it } from 'vitest';
import { seededNumbers } from '#core/compare/alignment/played-tape.fixture.ts';
import { createHeardGroup } from './heard-sound.ts';
import { listenRateHz } from './sound-queue.ts';
import { syncOf } from './sync-windows.ts';

const lengthS = 12;
type Sound = (at: number) => number;

/** Noise that swells and fades, another way for each seed. */
function programme(seed: number): Sound {
  const random = seededNumbers(seed);
  let loud = 0.1;
  const samples = Float32Array.from({ length: lengthS * listenRateHz }, (_, at) => {
    if (at % 2000 === 0) loud = 0.05 + 0.4 * random();
    return loud * (random() - 0.5);
  });
  return (at) => samples[at] ?? 0;
}
const [left, right] = [programme(1), programme(2)];
const silence: Sound = () => 0;
const tone: Sound = (at) => 0.3 * Math.sin((2 * Math.PI * 1000 * at) / listenRateHz);
const late =
  (sound: Sound, ms: number): Sound =>
  (at) =>
    sound(at - Math.round((ms * listenRateHz) / 1000));
const between = (sound: Sound, fromS: number, toS: number, other: Sound): Sound => {
  return (at) => (at >= fromS * listenRateHz && at < toS * listenRateHz ? other(at) : sound(at));
};

function coded(...channels: Sound[]): Buffer {
  const data = Buffer.alloc(2 * channels.length * lengthS * listenRateHz);
  for (let at = 0; at < lengthS * listenRateHz; at++) {
    for (const [channel, sound] of channels.entries()) {
      data.writeInt16LE(Math.round(sound(at) * 32_767), 2 * (at * channels.length + channel));
    }
  }
  return data;
}

function heard(master: Sound[], copy: Sound[], offsetS = 0) {
  const tracks = [{ track: 0, channels: master.length }];
  const group = { channels: master.length, a: tracks, b: tracks };
  const track = createHeardGroup({ group, startS: 0, lengthS, offsetS });
  const [a, b] = [coded(...master), coded(...copy)];
  // As pipes give it: cut anywhere.
  for (let at = 0; at < a.length; at += 30_001) {
    track.add('a', 0, a.subarray(at, at + 30_001));
    track.add('b', 0, b.subarray(at, at + 30_001));
  }
  const channels = track.channels(0);
  return { channels, sync: syncOf(channels) };
}

it('finds nothing in channels that are as they were, at any length of it', () => {
  const { channels, sync } = heard([left, right], [left, right]);
  for (const one of channels) {
    expect(one.levelDb).toBeCloseTo(0, 3);
    expect(one).toMatchObject({
      isLikeAnother: undefined,
      polarity: 1,
      soundingS: 12,
      alikeS: 12,
      otherS: 0,
    });
    expect(one.gaps.count).toBe(0);
  }
  expect(sync).toMatchObject({ syncMs: 0, driftPpm: 0, pieces: 6 });
});

it.each<[string, Sound[], object]>([
  ['one that is silent', [left, silence], { 1: { gaps: { count: 1, totalS: 12 } } }],
  [
    'a hole of 150 ms',
    [left, between(right, 5.3, 5.45, silence)],
    { 1: { gaps: { first: [{ kind: 'missing' }] } } },
  ],
  ['two that are swapped', [right, left], { 0: { isLikeAnother: 1 }, 1: { isLikeAnother: 0 } }],
  ['one that is turned over', [left, (at) => -right(at)], { 0: { polarity: 1 }, 1: { polarity: -1 } }],
  ['another sound', [left, programme(3)], { 1: { otherS: 12, otherFromS: 0, alikeS: 0 } }],
  [
    'another sound from 6 s on',
    [left, between(right, 6, 12, programme(3))],
    { 1: { otherS: 6, otherFromS: 6 } },
  ],
  ['one turned over for 4 s', [left, between(right, 4, 8, (at) => -right(at))], { 1: { polarity: -1 } }],
])('finds %s among two channels', (_, copy, expected) => {
  expect({ ...heard([left, right], copy).channels }).toMatchObject(expected);
});

it('times each channel by itself, all of its length', () => {
  const { sync } = heard([left, right], [left, late(right, 20)]);
  expect(sync).toMatchObject({ syncMs: 20, channel: 1 });
  expect(heard([left], [between(left, 6, 12, late(left, 30))]).sync.syncMs).toBe(30);
  expect(heard([left], [late(left, 200)], 0.2).sync.syncMs).toBe(0);
  expect(heard([left], [left], 0.2).sync.syncMs).toBe(-200);
});

it('tells that a steady tone is there, and its polarity in its place, but no moment; of silence nothing', () => {
  const { channels, sync } = heard([tone, silence], [tone, silence]);
  expect(channels[0]).toMatchObject({ alikeS: 12, polarity: 1, pieces: [] });
  expect(channels[1]).toMatchObject({ levelDb: null, polarity: null, soundingS: 0 });
  expect(sync.syncMs).toBeNull();
  expect(heard([tone], [(at) => -tone(at)]).channels[0]?.polarity).toBe(-1);
});
