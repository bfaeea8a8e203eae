import type { AlarmFacts, AlarmRule } from './alarm-rule.ts';

/** A channel that has carried sound and lost it for so long; and how long all may be silent at the start (own). */
const silentS = { lost: 30, atStart: 60 };
/** EBU R37 allows sound 40 ms early and 60 ms late at the end of the chain: a frame of it is all that a capture may cost. */
const driftMs = 40;
/** What two free-running crystals (50 ppm each) may be apart at the most. */
const driftPpm = 100;
/** Before this, the line through the readings is not sure enough for so small a rate. */
const ppmAfterS = 300;
const soundMissingS = 5;

/** What comes of the sound, and whether it stays with the picture. */
export const soundAlarms: readonly AlarmRule[] = [
  {
    kind: 'drift',
    isBad: (facts) => isApart(facts) || isDrifting(facts),
    badForS: 10,
    isGood: ({ drift }) =>
      drift !== undefined &&
      Math.abs(drift.driftMs ?? 0) < driftMs / 2 &&
      Math.abs(drift.ppm ?? 0) < driftPpm / 2,
    goodForS: 30,
    message: ({ drift }) => {
      const rate = drift?.ppm === null || drift === undefined ? '' : `, ${drift.ppm} parts in a million`;
      return `Sound and picture are ${drift?.driftMs ?? 0} ms further apart than at the start${rate}.`;
    },
  },
  {
    kind: 'silence',
    isBad: ({ silence, runningS }) =>
      silence !== undefined &&
      (lostChannels(silence).length > 0 ||
        (runningS >= silentS.atStart &&
          silence.silentS.length > 0 &&
          silence.silentS.every((seconds) => seconds >= silentS.atStart))),
    badForS: 0,
    isGood: ({ silence }) => silence !== undefined && carrySound(silence),
    goodForS: 5,
    message: ({ silence }) => {
      const lost = silence ? lostChannels(silence) : [];
      return lost.length > 0
        ? `No sound on channel ${lost.join(', ')} for ${silentS.lost} s.`
        : `No channel has carried any sound yet.`;
    },
  },
  {
    kind: 'audio-missing',
    isBad: ({ soundS, frames, framesPerSecond }) =>
      soundS !== null && frames / framesPerSecond - soundS > soundMissingS,
    badForS: 2,
    isGood: ({ soundS, frames, framesPerSecond }) => soundS !== null && frames / framesPerSecond - soundS < 1,
    goodForS: 5,
    message: ({ soundS, frames, framesPerSecond }) =>
      `${(frames / framesPerSecond).toFixed(1)} s of picture have come, and ${(soundS ?? 0).toFixed(1)} s of sound.`,
  },
];

/** Channels, from 1, that had sound and have been silent for too long. */
function lostChannels({ silentS: silent, heard }: NonNullable<AlarmFacts['silence']>): number[] {
  return silent.flatMap((seconds, at) => (heard[at] && seconds >= silentS.lost ? [at + 1] : []));
}

/** Every channel that ever had sound has it now, and there is one. */
function carrySound({ silentS: silent, heard }: NonNullable<AlarmFacts['silence']>): boolean {
  return heard.some(Boolean) && silent.every((seconds, at) => !heard[at] || seconds < 5);
}

function isApart({ drift }: AlarmFacts): boolean {
  return Math.abs(drift?.driftMs ?? 0) > driftMs;
}

function isDrifting({ drift, runningS }: AlarmFacts): boolean {
  if (runningS < ppmAfterS || drift === undefined || drift.ppm === null) return false;
  return Math.abs(drift.ppm) - (drift.ppmUncertainty ?? 0) > driftPpm;
}
