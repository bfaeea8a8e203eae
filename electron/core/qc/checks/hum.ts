import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { movingMinimum } from '../moving-minimum.ts';
import { evidenceNumber, lengthOf } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';
import { findLastingLines } from '../steady-line.ts';

/**
 * Lines at the frequency of the mains and its harmonics that stay at one level, under the programme and in its pauses. Notes come and
 * go, tempered ones lie beside the mains, and voices glide.
 */
export const hum: Check<'levelDbfs' | 'minimumSeconds' | 'leastShare' | 'muteSeconds' | 'windowSeconds'> = {
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
      source: 'The reference: lines are looked for in the quiet fifth of a tape',
    },
    muteSeconds: { value: 12, unit: 's', source: 'Own: loud sound hides hum and does not end it' },
    windowSeconds: { value: 2.1, unit: 's', source: 'Window of the measures hum50Dbfs and hum60Dbfs' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const found = judgedChannelsOf(series).flatMap((channel) => {
      const tones = (earlier.get('reference-tone') ?? []).filter((one) => one.channels?.includes(channel));
      const windowFrames = framesIn(series, limits.windowSeconds);
      const quietest = movingMinimum(series.column(audioColumn('rmsDbfs', channel)), windowFrames);
      return [50, 60].flatMap((mainsHz) => {
        const lines = findLastingLines(
          {
            level: series.column(audioColumn(`hum${mainsHz}Dbfs`, channel)),
            quietest,
            windowFrames,
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
                `Hum of ${mainsHz} Hz mains on ${channels} at ${levelDbfs.toFixed(0)} dBFS: check earth loops and cables; if it stays with the deck's output open, it is on the tape.`,
            }),
          );
      });
    });
    return mergeChannels(found);
  },
};
