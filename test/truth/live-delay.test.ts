import { expect, test } from 'vitest';
import type { Series } from '#core/qc/series.ts';
import { profileFor } from './judge-tapes.ts';
import type { Label } from './label.ts';
import { formatDelays, liveDelays } from './live-delay.ts';

const frames = 300;
const silentFrom = 50;
const series: Series = {
  ...{
    frames,
    frameRate: { num: 25, den: 1 },
    bitDepth: 10,
    channels: 1,
    standard: 'PAL',
    hasPicture: false,
  },
  column: (id) =>
    Float32Array.from({ length: frames }, (_, frame) => {
      const isSilent = frame >= silentFrom && frame < 200;
      if (id === 'peakDbfs.1') return isSilent ? Number.NEGATIVE_INFINITY : -12 + (frame % 7);
      return Number.NaN;
    }),
};
const label: Label = {
  ...{
    file: 'x.mkv',
    generator: 'test',
    seed: 1,
    system: 'PAL',
    bits: 10,
    frames,
    kind: 'fault',
    material: '',
  },
  events: [
    { check: 'silence', startFrame: silentFrom, endFrame: 199, strength: 3, channels: [1] },
    { check: 'hum', startFrame: 0, endFrame: 299, strength: 3 },
  ],
  alsoTrue: [],
};

test('a fault is told when as much of it has played as its check needs, and one that nobody tells has no delay', () => {
  const delays = liveDelays(label, series, profileFor({}));
  // Silence is that from two seconds on; frames come five at a time.
  expect(delays).toEqual([
    { check: 'silence', framesPerSecond: 25, frames: 50, framesBehindEnd: -100 },
    { check: 'hum', framesPerSecond: 25, frames: undefined, framesBehindEnd: undefined },
  ]);
  expect(formatDelays(delays).split('\n').slice(2)).toEqual([
    '| `hum` | - | - | - | 0 | 0/1 |',
    '| `silence` | 2.0 | 2.0 | 2.0 | 0 | 1/1 |',
  ]);
});
