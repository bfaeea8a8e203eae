import { expect, test } from 'vitest';
import { lossInWords } from './recovery-loss.ts';

test('a loss by the clock is said up to the death of the recorder, and not as the whole', () => {
  const words = lossInWords({ framesKept: 700, framesLost: 12, lossBasis: 'wall-clock', droppedFrames: 0 });
  expect(words).toContain('12 frames are lost until the recorder died at frame 712;');
  expect(words).toContain('what the deck played after it is not recorded');
});
