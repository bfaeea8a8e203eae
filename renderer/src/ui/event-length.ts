import type { TFunction } from 'i18next';
import type { QcEvent } from '#shared/domain/qc.ts';

/** How long an event is, in frames; where frames are missing, how many, which is more than the one frame that stands for them. */
export function eventLength(
  { startFrame, endFrame, evidence }: Pick<QcEvent, 'startFrame' | 'endFrame' | 'evidence'>,
  t: TFunction,
): string {
  const lost = evidence['lostFrames'];
  if (typeof lost === 'number')
    return t('review.missingFrames', { frames: t('unit.frames', { count: lost }) });
  return t('unit.frames', { count: endFrame - startFrame + 1 });
}
