import { counted } from '#shared/i18n/counted.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * Sound and picture do not begin or end together: samples or frames were lost on the way, or one of the two went on alone. It is a
 * statement about the whole of the tape, since what is lost may have been lost anywhere.
 */
export const avLength: Check<'limitFrames' | 'failSeconds'> = {
  id: 'av-length',
  medium: 'audio',
  titleKey: 'qc.check.avLength.title',
  explanationKey: 'qc.check.avLength.explanation',
  needs: ['peakDbfs', 'yAvg'],
  sees: ['peakDbfs'],
  compares: 'picture',
  evidence: ['frames', 'pictureFrames', 'soundFrames', 'limitFrames'],
  limits: {
    limitFrames: { value: 2, unit: 'frames', source: 'The reference: sound shorter by more than two frames' },
    failSeconds: {
      value: 1,
      unit: 's',
      source: 'Own: a second of sound or picture is content that is missing',
    },
  },
  evaluate(series, limits): Finding[] {
    const picture = extentOf(series, ['yAvg']);
    const sound = extentOf(
      series,
      Array.from({ length: series.channels }, (_, at) => audioColumn('peakDbfs', at + 1)),
    );
    if (!picture || !sound) return [];
    const beyond = series.column('soundBeyond')[series.frames - 1] as number;
    const late = sound.first - picture.first;
    const behind = beyond > 0 ? beyond : sound.last - picture.last;
    if (Math.abs(late) <= limits.limitFrames && Math.abs(behind) <= limits.limitFrames) return [];
    const worst = Math.max(Math.abs(late), Math.abs(behind));
    const parts = [
      ...(late > limits.limitFrames ? [`begins ${counted(late, 'frame')} after the picture`] : []),
      ...(-late > limits.limitFrames ? [`begins ${counted(-late, 'frame')} before the picture`] : []),
      ...(behind > limits.limitFrames ? [`ends ${counted(behind, 'frame')} after the picture`] : []),
      ...(-behind > limits.limitFrames ? [`ends ${counted(-behind, 'frame')} before the picture`] : []),
    ];
    return [
      {
        startFrame: 0,
        endFrame: series.frames - 1,
        severity: worst >= framesIn(series, limits.failSeconds) ? 'fail' : 'warn',
        confidence: 0.95,
        evidence: {
          frames: evidenceNumber(worst),
          pictureFrames: picture.last - picture.first + 1,
          soundFrames: sound.last - sound.first + 1 + Math.max(0, behind),
          limitFrames: limits.limitFrames,
        },
        message: `The sound ${parts.join(' and ')}: compare both at the beginning and the end, and capture again.`,
      },
    ];
  },
};

/** First and last frame that any of the columns was measured on; digital silence is measured. */
function extentOf(series: Series, ids: readonly string[]): { first: number; last: number } | undefined {
  const columns = ids.map((id) => series.column(id));
  const isMeasured = (frame: number) => columns.some((column) => !Number.isNaN(column[frame] as number));
  let first = 0;
  while (first < series.frames && !isMeasured(first)) first++;
  if (first === series.frames) return undefined;
  let last = series.frames - 1;
  while (!isMeasured(last)) last--;
  return { first, last };
}
