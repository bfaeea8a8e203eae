import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { quantileOf } from '../quantile.ts';
import { evidenceNumber, findRuns, lengthInWords, lengthOf, type Run } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';

/** A sine's peak lies so much above its root mean square. */
const crestOfSineDb = 3.01;

/**
 * A steady sine alone on a channel, as it is put before a programme to set levels by. The window that finds its frequency is 0.7 s long;
 * level and crest of single pictures tell where it begins and ends.
 */
export const referenceTone: Check<
  'levelDbfs' | 'toleranceDb' | 'crestToleranceDb' | 'minimumSeconds' | 'bridgeSeconds' | 'windowSeconds'
> = {
  id: 'reference-tone',
  medium: 'audio',
  titleKey: 'qc.check.referenceTone.title',
  explanationKey: 'qc.check.referenceTone.explanation',
  needs: ['toneHz', 'toneDbfs', 'rmsDbfs', 'peakDbfs'],
  sees: ['rmsDbfs'],
  evidence: ['frames', 'toneHz', 'tonePeakDbfs', 'toneDbfs'],
  limits: {
    levelDbfs: {
      value: -45,
      unit: 'dBFS',
      source: 'Own: line-up tones lie from -20 to -12; low ones of old decks included',
    },
    toleranceDb: { value: 1, unit: 'dB', source: "Own: unevenness of a tape's level" },
    crestToleranceDb: {
      value: 1.2,
      unit: 'dB',
      source: 'Own: hiss and overtones of a recorded sine; speech has 8 dB more',
    },
    minimumSeconds: { value: 2, unit: 's', source: 'CLAMS tone detection: 2000 ms' },
    bridgeSeconds: { value: 0.4, unit: 's', source: 'EBU stereo ident: the left tone pauses for 0.25 s' },
    windowSeconds: { value: 1.1, unit: 's', source: 'Window and step of the measure toneHz' },
  },
  evaluate(series, limits): Finding[] {
    const found = judgedChannelsOf(series).flatMap((channel) => {
      const [hertz, tone, rms, peak] = ['toneHz', 'toneDbfs', 'rmsDbfs', 'peakDbfs'].map((id) =>
        series.column(audioColumn(id, channel)),
      ) as [Float32Array, Float32Array, Float32Array, Float32Array];
      const isTone = new Uint8Array(series.frames);
      const window = framesIn(series, limits.windowSeconds);
      const isLike = (frame: number, level: number) =>
        Math.abs((rms[frame] as number) - level) <= limits.toleranceDb &&
        Math.abs((peak[frame] as number) - (rms[frame] as number) - crestOfSineDb) <= limits.crestToleranceDb;
      for (let frame = 0; frame < series.frames; frame++) {
        if (!((tone[frame] as number) >= limits.levelDbfs)) continue;
        const level = levelOf(tone[frame] as number, rms[frame] as number, hertz[frame] as number);
        if (!isLike(frame, level)) continue;
        // Behind the measure's window: back to where the level first was this one. A marked frame was here before.
        for (let at = frame; at >= 0 && at > frame - window && isTone[at] === 0 && isLike(at, level); at--)
          isTone[at] = 1;
      }
      const isMarked = (frame: number) => isTone[frame] === 1;
      const runs = findRuns(series.frames, isMarked, {
        bridgeFrames: framesIn(series, limits.bridgeSeconds),
      })
        .flatMap((run) => tonesIn(run, isMarked, hertz, window))
        .filter((run) => lengthOf(run) >= framesIn(series, limits.minimumSeconds));
      return runs.map((run): ChannelFinding => {
        const level = quantileOf(rms.subarray(run.startFrame, run.endFrame + 1), 0.5);
        // The first values of the run still look back on what was before it.
        const from = Math.min(run.endFrame, run.startFrame + framesIn(series, limits.windowSeconds));
        const frequency = quantileOf(hertz.subarray(from, run.endFrame + 1), 0.5);
        return {
          ...run,
          severity: 'info',
          confidence: 0.95,
          channel,
          kind: Math.round(frequency / 10),
          evidence: {
            frames: lengthOf(run),
            toneHz: evidenceNumber(frequency),
            tonePeakDbfs: evidenceNumber(level + crestOfSineDb),
            toneDbfs: evidenceNumber(level),
          },
          message: (channels) =>
            `A tone of ${frequency.toFixed(0)} Hz with a peak of ${(level + crestOfSineDb).toFixed(1)} dBFS (${level.toFixed(1)} dBFS RMS) on ${channels} for ${lengthInWords(run)}: where it is a line-up tone, set levels by it.`,
        };
      });
    });
    return mergeChannels(found);
  },
};

/** What line-up oscillators give (IEC 60268, EBU, SMPTE), on a deck that is off speed by two in a hundred at most. */
const lineUpHz = [400, 1000, 3000, 3150];
const speedShare = 0.02;
/** Own: wow spreads a tone over several lines; so far below all of it the clearest is left then. */
const mostWowDb = 5;

/** Level by which a tone is known in single pictures: that of its line, or of all sound where wow of an open reel may have spread a line-up tone. */
function levelOf(lineDbfs: number, rmsDbfs: number, hertz: number): number {
  const isLineUp = lineUpHz.some((one) => Math.abs(hertz - one) <= speedShare * one);
  return isLineUp && Math.abs(rmsDbfs - lineDbfs) <= mostWowDb ? rmsDbfs : lineDbfs;
}

/** Own: of a frequency; wow, and a window that still holds some of what was before. */
const sameShare = 0.01;

/**
 * The tones of a run with pauses: behind a pause may be another one, at the same level. The window of their frequency looks back, so that a part that is shorter
 * than it has none of its own: behind another it is left out.
 */
function tonesIn(run: Run, isTone: (frame: number) => boolean, hertz: Float32Array, window: number): Run[] {
  const tones: { run: Run; hertz: number }[] = [];
  const parts = findRuns(lengthOf(run), (at) => isTone(run.startFrame + at));
  for (const part of parts) {
    const [startFrame, endFrame] = [run.startFrame + part.startFrame, run.startFrame + part.endFrame];
    const frequency = quantileOf(
      hertz.subarray(startFrame + window, endFrame + 1).filter((one) => !Number.isNaN(one)),
      0.5,
    );
    const last = tones.at(-1);
    if (last && Number.isNaN(frequency)) continue;
    if (last && !(Math.abs(frequency - last.hertz) > sameShare * last.hertz)) last.run.endFrame = endFrame;
    else tones.push({ run: { startFrame, endFrame }, hertz: frequency });
  }
  return tones.map((tone) => tone.run);
}
