import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { movingMinimum } from '../moving-minimum.ts';
import { quantileOf } from '../quantile.ts';
import { evidenceNumber, lengthOf } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';
import { findLastingLines, type LastingLine } from '../steady-line.ts';

/** What tells hum, which has one level, from notes near the mains. */
type LevelLimit =
  | 'spreadDb'
  | 'nearDb'
  | 'nearShare'
  | 'aloneDb'
  | 'leastNearShare'
  | 'otherShare'
  | 'otherSpreadDb'
  | 'rareShare'
  | 'rareSpreadDb';

/**
 * Lines at the frequency of the mains and its harmonics that stay at one level, under the programme and in its pauses. Notes come and
 * go, tempered ones lie beside the mains, and voices glide.
 */
export const hum: Check<
  'levelDbfs' | 'minimumSeconds' | 'leastShare' | 'muteSeconds' | 'windowSeconds' | LevelLimit
> = {
  id: 'hum',
  medium: 'audio',
  titleKey: 'qc.check.hum.title',
  explanationKey: 'qc.check.hum.explanation',
  needs: ['hum50Dbfs', 'hum60Dbfs', 'rmsDbfs'],
  sees: ['rmsDbfs'],
  evidence: ['frames', 'mainsHz', 'humDbfs', 'limitDbfs'],
  limits: {
    levelDbfs: { value: -65, unit: 'dBFS', source: 'Own: below, hum lies under the hiss of tape' },
    minimumSeconds: {
      value: 1.5,
      unit: 's',
      source: 'Own: beyond the two seconds that the first window takes',
    },
    leastShare: {
      value: 0.2,
      unit: 'share',
      source: 'Own: of a line’s windows; where a programme is loud, the quiet fifth is all that shows hum',
    },
    muteSeconds: { value: 12, unit: 's', source: 'Own: loud sound hides hum and does not end it' },
    windowSeconds: { value: 2.1, unit: 's', source: 'Window of the measures hum50Dbfs and hum60Dbfs' },
    spreadDb: {
      value: 4,
      unit: 'dB',
      source: 'Own: from the 10th to the 90th percentile; hum has one level',
    },
    nearDb: { value: 3, unit: 'dB', source: 'Own: of its level' },
    nearShare: {
      value: 0.85,
      unit: 'share',
      source: 'Own: of the windows; notes that come near the mains do so at any level',
    },
    aloneDb: {
      value: 8,
      unit: 'dB',
      source: 'Own: of all sound in the pauses, above hum that is all they hold',
    },
    leastNearShare: { value: 0.2, unit: 'share', source: 'Own: of the same, whatever their spread' },
    otherShare: {
      value: 0.12,
      unit: 'share',
      source: 'Own: notes near a harmonic of one mains are often near one of the other as well',
    },
    otherSpreadDb: { value: 1.5, unit: 'dB', source: 'Own: spreadDb of such a line' },
    rareShare: { value: 0.4, unit: 'share', source: 'Own: a line in fewer windows may be of some notes' },
    rareSpreadDb: { value: 2.4, unit: 'dB', source: 'Own: spreadDb of such a line' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const found = judgedChannelsOf(series).flatMap((channel) => {
      const [tones, codes] = ['reference-tone', 'ltc-on-audio'].map((id) =>
        (earlier.get(id) ?? []).filter((one) => one.channels?.includes(channel)),
      ) as [Finding[], Finding[]];
      const windowFrames = framesIn(series, limits.windowSeconds);
      const rms = series.column(audioColumn('rmsDbfs', channel));
      const quietest = movingMinimum(rms, windowFrames);
      return [50, 60].flatMap((mainsHz) => {
        const level = series.column(audioColumn(`hum${mainsHz}Dbfs`, channel)).slice();
        // Words of time code are alike: they have lines at every multiple of the frame rate.
        for (const { startFrame, endFrame } of codes)
          level.fill(Number.NaN, startFrame, endFrame + 1 + windowFrames);
        const other = series.column(audioColumn(`hum${110 - mainsHz}Dbfs`, channel));
        const lines = findLastingLines(
          {
            level,
            quietest,
            windowFrames,
            isSum: true,
          },
          {
            leastFrames: framesIn(series, limits.minimumSeconds),
            leastShare: limits.leastShare,
            muteFrames: framesIn(series, limits.muteSeconds),
          },
        );
        return lines
          .filter(
            (line) =>
              line.levelDbfs >= limits.levelDbfs &&
              !isOfNotes(line, { level, other, rms, windowFrames }, limits) &&
              !tones.some(
                (tone) => tone.startFrame <= line.startFrame + 25 && tone.endFrame >= line.endFrame - 25,
              ),
          )
          .map(
            ({ startFrame, endFrame, levelDbfs, share }): ChannelFinding => ({
              startFrame,
              endFrame,
              severity: levelDbfs >= -50 ? 'warn' : 'info',
              confidence: Math.min(0.95, 0.6 + 0.4 * share),
              channel,
              kind: mainsHz,
              evidence: {
                frames: lengthOf({ startFrame, endFrame }),
                mainsHz,
                humDbfs: evidenceNumber(levelDbfs),
                limitDbfs: limits.levelDbfs,
              },
              message: (channels) =>
                `Hum of ${mainsHz} Hz mains on ${channels} at ${levelDbfs.toFixed(0)} dBFS: check earth loops, cables and power supplies, and play a tape that is known to be good: what stays is of the chain, what goes is on this tape.`,
            }),
          );
      });
    });
    return mergeChannels(found);
  },
};

/**
 * Own: hum under loud music. In so many of the windows, and in so many of those within so few decibels; or in nearly all of them, whichever of its
 * harmonics can be seen. Notes that come near the mains are gone in every third window, and at no level twice.
 */
const constant = { share: 0.7, levelDb: 3, mostShare: 0.85, spreadDb: 6 };

/** Share of the levels that lie within so many decibels of each other, where most of them do. */
function shareAtOneLevel(levels: Float32Array, withinDb: number): number {
  const sorted = levels.toSorted();
  let most = 0;
  for (let low = 0, high = 0; low < sorted.length; low++) {
    while (high < sorted.length && (sorted[high] as number) - (sorted[low] as number) <= withinDb) high++;
    most = Math.max(most, high - low);
  }
  return most / sorted.length;
}

/**
 * Whether a line is that of notes that come near the mains now and then: hum has one level, and belongs to one mains. Harmonics that both
 * mains share, at one level, are a chord.
 */
function isOfNotes(
  { startFrame, endFrame, levelDbfs }: LastingLine,
  {
    level,
    other,
    rms,
    windowFrames,
  }: { level: Float32Array; other: Float32Array; rms: Float32Array; windowFrames: number },
  limits: Record<LevelLimit, number>,
): boolean {
  const found = (column: Float32Array) =>
    column.subarray(startFrame, endFrame + 1).filter((one) => Number.isFinite(one));
  const [own, others] = [found(level), found(other)];
  const frames = endFrame - startFrame + 1;
  const spread = quantileOf(own, 0.9) - quantileOf(own, 0.1);
  const near = own.filter((one) => Math.abs(one - levelDbfs) < limits.nearDb).length / own.length;
  const otherShare = others.length / frames;
  // What is heard by itself in the pauses has one level there, whatever programme adds to it elsewhere.
  const isAlone = quantileOf(rms.subarray(startFrame, endFrame + 1), 0.1) - levelDbfs < limits.aloneDb;
  const isOfBoth =
    2 * others.length >= own.length &&
    Math.abs(quantileOf(others, 0.5) - quantileOf(own, 0.5)) < limits.otherSpreadDb;
  const foundShare = own.length / (endFrame - Math.max(windowFrames - 1, startFrame) + 1);
  // What is there all the time is none of the notes; loud ones hide a harmonic of it now and then, and then it seems softer.
  const isConstant =
    otherShare < limits.otherShare &&
    ((foundShare >= constant.share && shareAtOneLevel(own, constant.levelDb) >= constant.share) ||
      (foundShare >= constant.mostShare && spread <= constant.spreadDb));
  return (
    isOfBoth ||
    near < limits.leastNearShare ||
    (spread > limits.spreadDb && near < limits.nearShare && !isAlone && !isConstant) ||
    (otherShare >= limits.otherShare && spread > limits.otherSpreadDb) ||
    (own.length < limits.rareShare * frames && spread > limits.rareSpreadDb)
  );
}
