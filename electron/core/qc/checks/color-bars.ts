import { barsSets } from '../bars-sets.ts';
import type { Check, Finding } from '../check.ts';
import { createGates } from '../gates.ts';
import { evidenceNumber, findRuns, lengthOf, type Run } from '../runs.ts';
import { framesIn } from '../series.ts';

/**
 * Colour bars: a note, since they belong to the tape and tell how its deck has to be set. The message says what the proc amp
 * should do; whether the bars fit the programme behind them is for a person to say.
 */
export const colorBars: Check<'minimumSeconds' | 'bridgeSeconds' | 'lumaShare' | 'chromaDb' | 'hueDegrees'> =
  {
    id: 'color-bars',
    medium: 'video',
    titleKey: 'qc.check.colorBars.title',
    explanationKey: 'qc.check.colorBars.explanation',
    needs: ['barsSet', 'barsLumaError', 'barsChromaGain', 'barsHueError'],
    sees: ['barsSet'],
    evidence: ['frames', 'barsSet', 'barsLumaError', 'barsChromaGain', 'barsHueError', 'yNoise'],
    limits: {
      minimumSeconds: { value: 0.4, unit: 's', source: 'Own: shorter ones are an editor’s cut' },
      bridgeSeconds: { value: 0.1, unit: 's', source: 'Own: a disturbance does not end them' },
      lumaShare: { value: 0.02, unit: 'share', source: 'Own: what a waveform monitor lets one set' },
      chromaDb: { value: 0.5, unit: 'dB', source: 'Own: 6 %, a box of the vectorscope' },
      hueDegrees: { value: 3, unit: 'degree', source: 'Own: half a box of the vectorscope' },
    },
    evaluate(series, limits): Finding[] {
      const { bars } = createGates(series);
      const column = (id: string) => series.column(id);
      const runs = findRuns(series.frames, (frame) => bars[frame] === 1, {
        minimumFrames: framesIn(series, limits.minimumSeconds),
        bridgeFrames: framesIn(series, limits.bridgeSeconds),
      });
      return runs.map((run) => {
        const set = barsSets[Math.round(medianIn(column('barsSet'), run)) - 1]?.name ?? 'unknown';
        const luma = medianIn(column('barsLumaError'), run);
        const gain = medianIn(column('barsChromaGain'), run);
        const hue = medianIn(column('barsHueError'), run);
        const advice = [
          // The furthest bar does not tell gain from lift: an NTSC set-up of 7.5 IRE that was left in raises the dark ones alone.
          Math.abs(luma) > limits.lumaShare &&
            `turn ${luma > 0 ? 'down' : 'up'} video (where white is off) or set-up (where black is)`,
          Math.abs(gain) > limits.chromaDb && `turn chroma ${gain > 0 ? 'down' : 'up'}`,
          Math.abs(hue) > limits.hueDegrees && `turn hue by ${(-hue).toFixed(0)} degrees`,
        ].filter((words) => words !== false);
        const reading = `luma ${signed(luma * 100, 1)} %, chroma ${signed(gain, 1)} dB, hue ${signed(hue, 0)} degrees`;
        return {
          ...run,
          severity: 'info',
          confidence: 0.95,
          evidence: {
            frames: lengthOf(run),
            barsSet: set,
            barsLumaError: evidenceNumber(luma),
            barsChromaGain: evidenceNumber(gain),
            barsHueError: evidenceNumber(hue),
            yNoise: evidenceNumber(medianIn(column('yNoise'), run)),
          },
          message: `${set} colour bars, ${reading}: ${advice.length > 0 ? `to set the deck to them, ${advice.join(', ')}` : 'the deck is set to them'}.`,
        };
      });
    },
  };

function signed(value: number, digits: number): string {
  // What rounds to nothing is neither above nor below: no `-0`.
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value > 0 ? '+' : '-'}${text}`;
}

function medianIn(values: Float32Array, run: Run): number {
  const found = values
    .subarray(run.startFrame, run.endFrame + 1)
    .filter((value) => !Number.isNaN(value) && value !== 0)
    .sort();
  return found[found.length >> 1] ?? 0;
}
