import { createGates } from './gates.ts';
import { onScaleOf, type Series } from './series.ts';

/** Own: less than this is another light, or a hand at a camera. */
const leastGain = 1.5;
/** Own: all colours by the same gain, as near as noise of chroma lets it be seen. */
const mostUneven = 1.25;
/** Own, codes of the 10-bit scale: what luma does not change by while chroma jumps; another picture changes more. */
const lumaCodes = 6;
/** Own, codes of the 10-bit scale: beyond the noise of chroma. Where there was less, colour came back. */
const leastColour = 80;

/**
 * One byte a frame: 1 where the gain of chroma was raised within a shot: all colours jump by one factor from frame to frame, pale ones as
 * strong ones, and luma does not change at all. Nothing before a camera does that; a chroma control and a failing colour lock do. Up to where it is
 * taken back, or the next cut; before a jump downwards as well.
 */
export function raisedChroma(series: Series): Uint8Array {
  const raised = new Uint8Array(series.frames);
  const { cut } = createGates(series);
  const gainAt = createGainReader(series);
  let first = 0;
  let isRaised = false;
  for (let frame = 1; frame < series.frames; frame++) {
    const gain = gainAt(frame);
    if (Number.isNaN(gain)) {
      if (cut[frame]) [first, isRaised] = [frame, false];
    } else {
      if (gain < 1) raised.fill(1, first, frame);
      [first, isRaised] = [frame, gain > 1];
    }
    if (isRaised) raised[frame] = 1;
  }
  return raised;
}

/** The factor by which chroma jumps at a frame, below 1 for a fall; NaN where it does not, or luma does too. */
function createGainReader(series: Series): (frame: number) => number {
  const colours = ['satAvg', 'satHigh', 'satPercentile99'].map((id) => series.column(id));
  const lumas = ['yAvg', 'yLow', 'yHigh', 'yDarkest', 'yBrightest'].map((id) => series.column(id));
  const strongest = series.column('satPercentile99');
  const [most, least] = [onScaleOf(series, lumaCodes), onScaleOf(series, leastColour)];
  return (frame) => {
    const gains = colours.map((column) => (column[frame] as number) / (column[frame - 1] as number));
    const [lesser, larger] = [Math.min(...gains), Math.max(...gains)];
    if (!(lesser >= leastGain || larger <= 1 / leastGain) || larger > mostUneven * lesser) return Number.NaN;
    if (Math.min(strongest[frame] as number, strongest[frame - 1] as number) < least) return Number.NaN;
    const isSteady = lumas.every(
      (column) => Math.abs((column[frame] as number) - (column[frame - 1] as number)) <= most,
    );
    return isSteady ? lesser : Number.NaN;
  };
}
