import type { AlarmFacts, AlarmRule } from './alarm-rule.ts';

/** Warned of from here on: twice the ten seconds of the house's budget, since a growth is an estimate. */
const warnBeforeS = 20;
/** A jam that is shorter than this is the usual coming and going of a busy machine. */
const passingJamS = 1;
/** Linux's default for a stuck task is 120 s, a card's queue holds 1 to 40 s: a second is what the smallest of them bridge. */
const slowWriteMs = 1_000;

/**
 * Whether frames are going to be lost: the queue is half full, or it will be full soon. A queue of ten seconds and more is warned
 * of at least ten seconds before it overflows, unless it fills in less than twelve; with a smaller one the growth has to be
 * steady, which takes five seconds to see.
 */
export function isOverloaded(
  facts: Pick<AlarmFacts, 'lagS' | 'queueS' | 'filled' | 'untilLossS' | 'isSteady'>,
): boolean {
  const { lagS, queueS, filled, untilLossS, isSteady } = facts;
  if (lagS === null || queueS === null) return false;
  if (filled >= 0.5) return true;
  if (untilLossS === null || untilLossS >= warnBeforeS) return false;
  return isSteady || lagS >= Math.max(0.1 * queueS, Math.min(passingJamS, queueS / 2));
}

/** Frames between the card and the disk. */
export function queueAlarms(isTakenBack = false): AlarmRule[] {
  // Of a recorder that was taken back the first report is where the counting begins: an earlier engine told of what was before.
  let dropped = isTakenBack ? undefined : 0;
  const isDropping = ({ card }: AlarmFacts): boolean => {
    if (!card) return false;
    const more = card.droppedFrames > (dropped ?? card.droppedFrames);
    dropped = Math.max(dropped ?? 0, card.droppedFrames);
    return more;
  };
  let isDroppingNow = false;
  return [
    {
      kind: 'lag',
      isBad: isOverloaded,
      badForS: 0,
      isGood: ({ filled, lagS, untilLossS }) =>
        filled < 0.1 && (lagS ?? 0) < passingJamS && (untilLossS ?? Number.POSITIVE_INFINITY) > 60,
      goodForS: 5,
      message: ({ lagS, untilLossS }) => {
        const behind = `The recorder is ${(lagS ?? 0).toFixed(1)} s behind the tape.`;
        if (untilLossS === null) return behind;
        if (untilLossS === 0) return `${behind} Frames are being lost.`;
        return `${behind} Frames are lost in ${Math.round(untilLossS)} s if it goes on so.`;
      },
    },
    {
      kind: 'frames-dropped',
      isBad: (facts) => {
        isDroppingNow = isDropping(facts);
        return isDroppingNow;
      },
      badForS: 0,
      isGood: () => !isDroppingNow,
      goodForS: 5,
      // No number: it would stay behind what goes on being lost, and the counter beside it has it.
      message: (facts) => `The card's queue is full, and it throws frames away. ${causeInWords(facts)}`,
    },
    {
      kind: 'write-slow',
      isBad: ({ writeLatency, masterStillMs }) =>
        Math.max(writeLatency?.lastMs ?? 0, masterStillMs) > slowWriteMs,
      badForS: 0,
      isGood: ({ writeLatency, masterStillMs }) =>
        Math.max(writeLatency?.lastMs ?? 0, masterStillMs) < slowWriteMs / 2,
      goodForS: 10,
      message: ({ writeLatency, masterStillMs }) =>
        // A standstill looks the same whether the disk hesitates, another program has the processor, or the machine slept.
        `No frame was written for ${seconds(Math.max(writeLatency?.lastMs ?? 0, masterStillMs))} s while frames waited.`,
    },
  ];
}

/** Which of the two it was that frames waited for, as far as the gauges know. */
function causeInWords({ writeLatency, masterStillMs }: AlarmFacts): string {
  if (masterStillMs >= slowWriteMs) {
    return `The master has stood still for ${seconds(masterStillMs)} s; whether for the processor or the disk is not known.`;
  }
  if (!writeLatency) return 'Whether the processor or the disk was too slow is not known.';
  const worst = `${seconds(writeLatency.worstMs)} s a write at most`;
  return writeLatency.worstMs >= slowWriteMs
    ? `Writing is too slow (${worst}); whether for the disk or for the processor is not known.`
    : `It is not the disk (${worst}): the processor is too busy.`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
