import type { Run } from './runs.ts';

/** What a frame says of a fault: it has it, it lacks it, or it cannot tell (silence tells nothing of phase). */
export type Testimony = 'for' | 'against' | 'mute';

/**
 * Stretches that frames speak for. Frames that cannot tell divide nothing, up to `muteFrames` of them; frames that speak against end a
 * stretch if there are more than `againstFrames` in a row of those that speak. A stretch counts if `leastFor` of its frames speak for it. At the head
 * and the tail of the tape it reaches over what cannot tell.
 */
export function findStretches(
  frames: number,
  testimonyOf: (frame: number) => Testimony,
  limits: { leastFor: number; muteFrames: number; againstFrames: number },
): (Run & { framesFor: number })[] {
  const stretches: (Run & { framesFor: number })[] = [];
  let current: (Run & { framesFor: number }) | undefined;
  let against = 0;
  let contradictedAt = -1;
  const close = () => {
    if (current && current.framesFor >= limits.leastFor) stretches.push(current);
    current = undefined;
  };
  for (let frame = 0; frame < frames; frame++) {
    const testimony = testimonyOf(frame);
    if (testimony === 'for') {
      if (current && frame - current.endFrame - 1 > limits.muteFrames) close();
      current ??= {
        startFrame: frame - contradictedAt - 1 <= limits.muteFrames && contradictedAt < 0 ? 0 : frame,
        endFrame: frame,
        framesFor: 0,
      };
      current.endFrame = frame;
      current.framesFor++;
      against = 0;
    } else if (testimony === 'against') {
      against++;
      contradictedAt = frame;
      if (current && against > limits.againstFrames) close();
    }
  }
  if (current && contradictedAt <= current.endFrame && frames - 1 - current.endFrame <= limits.muteFrames) {
    current.endFrame = frames - 1;
  }
  close();
  return stretches;
}
