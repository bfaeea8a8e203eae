import type { Check, Finding } from '../check.ts';
import { audioColumn } from '../measures.ts';
import { evidenceNumber, lengthOf, type Run } from '../runs.ts';
import { framesIn, judgedChannelsOf, type Series } from '../series.ts';
import { findLastingLines } from '../steady-line.ts';

/** Line frequencies of 625 and 525 lines, and how far from them a whistle is still theirs. */
const lineHz = [15_625, 15_734.27];
const lineReachHz = 60;

/**
 * A weak steady tone under the programme: an oscillator that is still patched in, a carrier, a whistle. It keeps one frequency and one level
 * through loud and soft; notes do neither for long. A tone by itself is a reference tone.
 */
export const toneLeak: Check<
  'levelDbfs' | 'sameHz' | 'minimumSeconds' | 'leastShare' | 'muteSeconds' | 'windowSeconds'
> = {
  id: 'tone-leak',
  medium: 'audio',
  titleKey: 'qc.check.toneLeak.title',
  explanationKey: 'qc.check.toneLeak.explanation',
  needs: ['toneHz', 'toneDbfs', 'rmsDbfs'],
  evidence: ['frames', 'toneHz', 'toneDbfs', 'limitDbfs'],
  limits: {
    levelDbfs: { value: -75, unit: 'dBFS', source: 'Own: below, nobody hears it under the hiss of tape' },
    sameHz: { value: 1, unit: 'Hz', source: 'Own: less than a line of the measure toneHz (1.5 Hz)' },
    minimumSeconds: {
      value: 4,
      unit: 's',
      source: 'AV Spex looks 8 s at a time; half of it beyond the first window',
    },
    leastShare: { value: 0.6, unit: 'share', source: 'Own: an oscillator does not pause' },
    muteSeconds: { value: 6, unit: 's', source: 'Own: loud sound hides a tone and does not end it' },
    windowSeconds: { value: 2.4, unit: 's', source: 'Window of the measure toneHz under a programme' },
  },
  evaluate(series, limits, earlier): Finding[] {
    return judgedChannelsOf(series).flatMap((channel) => {
      const frequencies = frequenciesOf(
        series,
        channel,
        [...(earlier.get('reference-tone') ?? []), ...(earlier.get('ltc-on-audio') ?? [])].filter((one) =>
          one.channels?.includes(channel),
        ),
      );
      const mains = (earlier.get('hum') ?? [])
        .filter((one) => one.channels?.includes(channel))
        .map((one) => Number(one.evidence['mainsHz']));
      const tone = series.column(audioColumn('toneDbfs', channel));
      const rms = series.column(audioColumn('rmsDbfs', channel));
      const leastFrames = framesIn(series, limits.minimumSeconds);
      const tones = likeliest(frequencies, leastFrames).filter(
        (hertz) => !mains.some((one) => isHarmonic(hertz, one)),
      );
      return tones.flatMap((hertz) => {
        const level = tone.map((value, frame) =>
          Math.abs((frequencies[frame] as number) - hertz) <= limits.sameHz ? value : Number.NaN,
        );
        const lines = findLastingLines(
          { level, rms, windowFrames: framesIn(series, limits.windowSeconds) },
          { leastFrames, leastShare: limits.leastShare, muteFrames: framesIn(series, limits.muteSeconds) },
        );
        const isWhistle = lineHz.some((line) => Math.abs(hertz - line) <= lineReachHz);
        return lines
          .filter((line) => line.levelDbfs >= limits.levelDbfs)
          .map(
            ({ startFrame, endFrame, levelDbfs, share }): Finding => ({
              startFrame,
              endFrame,
              severity: isWhistle ? 'info' : 'warn',
              confidence: Math.min(0.95, 0.4 + 0.55 * share),
              channels: [channel],
              evidence: {
                frames: lengthOf({ startFrame, endFrame }),
                toneHz: evidenceNumber(hertz),
                toneDbfs: evidenceNumber(levelDbfs),
                limitDbfs: limits.levelDbfs,
              },
              message: isWhistle
                ? `The line frequency whistles on channel ${channel} at ${levelDbfs.toFixed(0)} dBFS, as televisions in the room leave it.`
                : `A tone of ${hertz.toFixed(0)} Hz lies under the sound of channel ${channel} at ${levelDbfs.toFixed(0)} dBFS: look for an oscillator that is still connected.`,
            }),
          );
      });
    });
  },
};

/** A harmonic of mains whose hum is known: buzz reaches to the fifteenth, and mains wander by a thousandth. */
function isHarmonic(hertz: number, mainsHz: number): boolean {
  const ordinal = Math.round(hertz / mainsHz);
  return ordinal <= 15 && Math.abs(hertz / ordinal - mainsHz) <= 0.004 * mainsHz;
}

/** Frequency of each frame's tone, NaN where others have explained it. */
function frequenciesOf(series: Series, channel: number, explained: readonly Run[]): Float32Array {
  const frequencies = series.column(audioColumn('toneHz', channel)).slice();
  // The window looks back: it still sees a tone for a while behind its end.
  const behind = framesIn(series, 2.4);
  for (const run of explained) frequencies.fill(Number.NaN, run.startFrame, run.endFrame + 1 + behind);
  return frequencies;
}

/** Frequencies that enough frames agree on, the commonest first. Whole hertz decide; each is the mean of those near it. */
function likeliest(frequencies: Float32Array, leastFrames: number): number[] {
  const counts = new Map<number, { count: number; sum: number }>();
  for (const hertz of frequencies) {
    if (Number.isNaN(hertz)) continue;
    const entry = counts.get(Math.round(hertz)) ?? { count: 0, sum: 0 };
    entry.count++;
    entry.sum += hertz;
    counts.set(Math.round(hertz), entry);
  }
  const chosen: number[] = [];
  for (const [whole, { count, sum }] of [...counts].sort((a, b) => b[1].count - a[1].count)) {
    if (count < leastFrames / 3) break;
    if (!chosen.some((hertz) => Math.abs(hertz - whole) < 3)) chosen.push(sum / count);
  }
  return chosen;
}
