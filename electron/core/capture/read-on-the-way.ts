import { readCardReport } from '#core/devices/card-report.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { Recorder } from './recorder.ts';
import type { SessionState } from './session-state.ts';
import { type OnTheWay, onTheWay } from './stop-hold.ts';

/** What is on its way now, asked of the card itself: what is known from the last look is a moment old. */
export async function readOnTheWay(
  reason: EndReason,
  running: Recorder,
  { reading, recording }: Pick<SessionState, 'reading' | 'recording'>,
): Promise<OnTheWay | undefined> {
  if (!recording) return undefined;
  const { cardReportPath, live, frames: plannedFrames, queueS, video } = recording.record;
  const [card, { frames }] = await Promise.all([
    cardReportPath === null ? undefined : readCardReport(cardReportPath),
    running.reading(),
  ]);
  const framesPerSecond = toNumber(video.frameRate);
  const cardQueueS = card && card.queueCapacityFrames / framesPerSecond;
  const now = { frames, lagS: reading?.lagS ?? null, queueS: cardQueueS ?? reading?.queueS ?? queueS, card };
  return onTheWay(reason, now, { live, framesPerSecond, plannedFrames });
}
