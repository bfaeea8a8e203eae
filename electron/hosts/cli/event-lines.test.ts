import { expect, it } from 'vitest';
import { eventLines } from './event-lines.ts';

const lost = (startFrame: number, frames: number) => ({
  ...{ check: 'dropped-frame', startFrame, endFrame: startFrame },
  message: `${frames === 1 ? 'A frame seems' : `${frames} frames seem`} to be missing before this one: play it again.`,
});

it('says once what was found at many places, with how many they are and where', () => {
  const tone = { check: 'reference-tone', startFrame: 0, endFrame: 65, message: 'A tone of 1000 Hz.' };
  expect(eventLines([tone, lost(61, 11), lost(64, 1), lost(173, 3)])).toEqual([
    '0-65  A tone of 1000 Hz.',
    '61-173  3 places, the first at 61: 11 frames seem to be missing before this one: play it again.',
  ]);
});

it('keeps apart what is said in other words', () => {
  const silent = { check: 'audio-dropout', startFrame: 9, endFrame: 9, message: 'Digital silence.' };
  expect(eventLines([silent, { ...silent, startFrame: 20, endFrame: 20, message: 'Hiss.' }])).toEqual([
    '9-9  Digital silence.',
    '20-20  Hiss.',
  ]);
});
