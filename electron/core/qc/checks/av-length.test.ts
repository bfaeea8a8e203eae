import { expect, it } from 'vitest';
import { avLength } from './av-length.ts';
import { findingsOf, seriesOf } from './check-on.fixture.ts';

/** A tape of 200 pictures whose sound has so many pieces from a frame on, and more behind the end. */
const find = (firstSound: number, lastSound: number, beyond = 0, channels = 2) =>
  findingsOf(
    avLength,
    seriesOf(
      200,
      (frame) => ({
        yAvg: 300,
        ...(frame >= firstSound && frame <= lastSound ? { 'peakDbfs.2': -12 } : {}),
        ...(frame === 199 ? { soundBeyond: beyond } : {}),
      }),
      { channels },
    ),
  );

it('lets be what ends together, but for two frames', () => {
  for (const one of [find(0, 199), find(0, 197), find(2, 199), find(0, 199, 2)]) expect(one).toEqual([]);
});

it('finds sound that ends early or begins late where there is none', () => {
  expect(find(0, 196)).toMatchObject([
    {
      startFrame: 197,
      endFrame: 199,
      severity: 'warn',
      evidence: { frames: 3, pictureFrames: 200, soundFrames: 197 },
    },
  ]);
  expect(find(40, 199)).toMatchObject([
    { startFrame: 0, endFrame: 39, severity: 'fail', evidence: { frames: 40 } },
  ]);
  expect(find(10, 149).map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([
    [0, 9],
    [150, 199],
  ]);
});

it('finds sound that begins before the picture where there is no picture', () => {
  const early = seriesOf(200, (frame) => ({ 'peakDbfs.1': -12, ...(frame >= 8 ? { yAvg: 300 } : {}) }), {
    channels: 1,
  });
  const [found] = findingsOf(avLength, early);
  expect(found).toMatchObject({ startFrame: 0, endFrame: 7, severity: 'warn' });
  expect(found?.message).toContain('begins 8 frames before');
});

it('finds sound that goes on behind the last picture on the whole of the tape', () => {
  const [found] = find(0, 199, 8);
  expect(found).toMatchObject({
    startFrame: 0,
    endFrame: 199,
    severity: 'warn',
    evidence: { frames: 8, soundFrames: 208 },
  });
  expect(found?.message).toContain('ends 8 frames after');
});

it('takes digital silence for sound, and says nothing of a tape without any', () => {
  const silent = seriesOf(200, () => ({ yAvg: 300, 'peakDbfs.1': Number.NEGATIVE_INFINITY }), {
    channels: 1,
  });
  expect(findingsOf(avLength, silent)).toEqual([]);
  expect(find(0, 0, 0, 0)).toEqual([]);
  expect(
    findingsOf(
      avLength,
      seriesOf(200, () => ({ 'peakDbfs.1': -12 }), { channels: 1 }),
    ),
  ).toEqual([]);
});
