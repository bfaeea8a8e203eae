import type { AlarmFacts, AlarmRule } from './alarm-rule.ts';

/** Three seconds without a frame is no jam of the machine; a source that has given none yet may take longer to begin. */
const stalledAfterMs = { running: 3_000, beginning: 10_000 };
/** A hundred times what a studio's reference may be off (SMPTE ST 318: 10 ppm for a local one), half of a pulldown's 0.1 %. */
const rateOffPpm = 500;
/** Beyond five in a hundred it is no clock that is off: such a source does not play in real time at all. */
const noClockPpm = 50_000;

/** What the card says of its signal and gives of frames. */
export const sourceAlarms: readonly AlarmRule[] = [
  {
    kind: 'signal-lost',
    isBad: ({ card }) => card?.signal === 'lost',
    badForS: 0,
    isGood: ({ card }) => card?.signal === 'present',
    goodForS: 1,
    message: () => 'The card has no signal.',
  },
  {
    kind: 'source-stalled',
    isBad: (facts) => isWatched(facts) && facts.sourceStillMs > limitOf(facts),
    badForS: 0,
    isGood: ({ sourceStillMs }) => sourceStillMs < 1_000,
    goodForS: 2,
    message: ({ sourceStillMs }) =>
      `The source has given no frame for ${(sourceStillMs / 1000).toFixed(0)} s.`,
  },
  {
    kind: 'rate-off',
    isBad: ({ framePace }) =>
      framePace !== undefined &&
      Math.abs(framePace.ppm) < noClockPpm &&
      Math.abs(framePace.ppm) - framePace.uncertaintyPpm > rateOffPpm,
    badForS: 20,
    isGood: ({ framePace }) => framePace !== undefined && Math.abs(framePace.ppm) < rateOffPpm / 2,
    goodForS: 20,
    message: ({ framePace }) => {
      const ppm = framePace?.ppm ?? 0;
      const how = ppm > 0 ? 'faster' : 'slower';
      return `Frames come ${Math.abs(ppm / 10_000).toFixed(3)} % ${how} than the standard says.`;
    },
  },
];

/** A tape that has ended gives no frames, and that is no fault. */
function isWatched({ card }: AlarmFacts): boolean {
  return card === undefined || card.state === 'playing' || card.state === 'waiting';
}

function limitOf({ card, frames }: AlarmFacts): number {
  return (card?.capturedFrames ?? frames) > 0 ? stalledAfterMs.running : stalledAfterMs.beginning;
}
