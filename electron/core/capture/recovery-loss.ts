import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type CardReport, readCardReport } from '#core/devices/card-report.ts';
import { latestProgress } from '#core/ffmpeg/progress.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { readTail } from './file-tail.ts';
import type { PassFiles } from './pass-files.ts';
import type { RecorderRecord } from './recorder-record.ts';

/** What a crash of the recorder cost, and how that is known. */
export interface StatedLoss {
  framesLost: number;
  lossBasis: 'none' | 'card' | 'wall-clock';
  /** Frames the card threw away before, for want of room. */
  droppedFrames: number;
}

const cardPatienceMs = 3_000;

/** The card's last word; undefined without a card. It notices that its reader has gone a moment after that. */
export async function finalCardReport(
  { cardReportPath }: RecorderRecord,
  files: PassFiles,
): Promise<CardReport | undefined> {
  if (cardReportPath === null) return undefined;
  const deadline = performance.now() + cardPatienceMs;
  for (;;) {
    // An engine that died in between may have put it aside already.
    const report = (await readCardReport(cardReportPath)) ?? (await readCardReport(files.cardReportPath));
    if (!report || !['waiting', 'playing'].includes(report.state) || performance.now() > deadline)
      return report;
    await wait(50);
  }
}

/**
 * Whether this is all that the card will ever say: one whose last word did not reach the disk took more than it says. A card
 * that still waits for its first reader is believed as long as no trace of a frame speaks against it.
 */
function isLastWord({ state, capturedFrames }: CardReport, hashedFrames: number): boolean {
  return state === 'waiting' ? capturedFrames + hashedFrames === 0 : state !== 'playing';
}

/**
 * What the crash cost. With a card: frames it took off the tape, without those it dropped for want of room, without those
 * kept. Without one: the recorder's last word, and the clock from there to the last sign of life of its files.
 */
export async function statedLoss(
  record: RecorderRecord,
  files: PassFiles,
  hashedFrames: number,
  framesKept: number,
  card: CardReport | undefined,
): Promise<StatedLoss> {
  if (card && isLastWord(card, hashedFrames)) {
    const framesLost = Math.max(0, card.capturedFrames - card.droppedFrames - framesKept);
    return { framesLost, lossBasis: 'card', droppedFrames: card.droppedFrames };
  }
  const crashedMaster = join(files.folder, record.masterName);
  const [progress, master] = await Promise.all([
    readTail(files.progressPath, 4096),
    readTail(crashedMaster, 0),
  ]);
  const said = progress && latestProgress(progress.text);
  const sinceS = Math.max(0, ((master?.modifiedAtMs ?? 0) - (progress?.modifiedAtMs ?? 0)) / 1000);
  const byClock = record.live ? Math.ceil((said?.frame ?? 0) + sinceS * toNumber(record.video.frameRate)) : 0;
  const droppedFrames = card?.droppedFrames ?? 0;
  const byCard = card ? card.capturedFrames - droppedFrames : 0;
  const taken = Math.max(hashedFrames, said?.frame ?? 0, byClock, byCard);
  return { framesLost: Math.max(0, taken - framesKept), lossBasis: 'wall-clock', droppedFrames };
}

/** The loss as a sentence for people. By the clock it is known up to the recorder's death only: the deck played on. */
export function lossInWords({
  framesKept,
  framesLost,
  lossBasis,
  droppedFrames,
}: StatedLoss & { framesKept: number }): string {
  const dropped = droppedFrames > 0 ? ` It had thrown away ${droppedFrames} more before.` : '';
  if (lossBasis === 'card') {
    return `The card had taken ${framesLost} frames off the tape by then; they are lost.${dropped}`;
  }
  const until = framesKept + framesLost;
  return `By the clock, ${framesLost} frames are lost until the recorder died at frame ${until}; what the deck played after it is not recorded.`;
}
