import { counted } from '#shared/i18n/counted.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * Sound and picture do not begin or end together: samples or frames were lost on the way, or one of the two went on alone. Told where
 * one of them is without the other; sound that goes on behind the last picture is told of the whole tape, since the pictures
 * that it belongs to may be missing anywhere.
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
    limitFrames: {
      value: 2,
      unit: 'frames',
      source: 'Own: a recorder stops picture and sound up to two frames apart',
    },
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
    const atBeginning = {
      frames: Math.abs(late),
      startFrame: Math.min(sound.first, picture.first),
      endFrame: Math.max(sound.first, picture.first) - 1,
      words: `begins ${counted(Math.abs(late), 'frame')} ${late > 0 ? 'after' : 'before'} the picture`,
    };
    const atEnd = {
      frames: Math.abs(behind),
      startFrame: beyond > 0 ? 0 : Math.min(sound.last, picture.last) + 1,
      endFrame: beyond > 0 ? series.frames - 1 : Math.max(sound.last, picture.last),
      words: `ends ${counted(Math.abs(behind), 'frame')} ${behind > 0 ? 'after' : 'before'} the picture`,
    };
    return [atBeginning, atEnd]
      .filter(({ frames }) => frames > limits.limitFrames)
      .map(({ frames, startFrame, endFrame, words }) => ({
        startFrame,
        endFrame,
        severity: frames >= framesIn(series, limits.failSeconds) ? 'fail' : 'warn',
        confidence: 0.95,
        evidence: {
          frames: evidenceNumber(frames),
          pictureFrames: picture.last - picture.first + 1,
          soundFrames: sound.last - sound.first + 1 + Math.max(0, behind),
          limitFrames: limits.limitFrames,
        },
        message: `The sound ${words}: compare both at the beginning and the end, and capture again.`,
      }));
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
