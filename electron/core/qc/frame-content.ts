import type { FrameContent } from '#shared/domain/frame-content.ts';
import { black } from './checks/black.ts';
import { signalLoss } from './checks/signal-loss.ts';
import { silence } from './checks/silence.ts';
import { createFlatFieldTest } from './flat-field.ts';
import { audioColumn } from './measures.ts';
import { onScaleOf, type Series } from './series.ts';

/**
 * Snow. Frames of noise have nothing to do with each other, so they differ by as much as any two samples of one do: the mean
 * difference is 0.44 of the way from the 10th to the 90th percentile for Gaussian noise, 0.42 for an even one, however wide
 * its grain. Programme differs by less (0.02 to 0.3 measured on test pictures, grainy and scrolling ones too), or by much
 * more (flicker). The two other limits keep out black with its own small noise, and pictures without any grain. What these
 * measures cannot tell from snow: a work that shows another picture on every frame.
 */
const snow = { leastDifferenceCodes: 24, leastRatio: 0.36, mostRatio: 0.55, leastOutliers: 0.0003 };

/**
 * Tells what each frame of a series shows. Black and flat fields go by the same limits as the checks of those names; black
 * whose sound was not measured is not called silent, nor is anything else.
 */
export function createFrameContentTest(series: Series): (frame: number) => FrameContent {
  const column = (id: string) => series.column(id);
  const [yMax, yHigh, yLow, yDif, tout] = ['yMax', 'yHigh', 'yLow', 'yDif', 'tout'].map(column) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const peaks = Array.from({ length: series.channels }, (_, at) => column(audioColumn('peakDbfs', at + 1)));
  const isFlat = createFlatFieldTest(series, signalLoss.limits.rangeCodes.value);
  const codes = (limit: { value: number }) => onScaleOf(series, limit.value);
  const [mostBlack, highBlack, lowBlack, flatBlack] = [
    codes(black.limits.maximumCodes),
    codes(black.limits.highCodes),
    codes(black.limits.lowCodes),
    codes(signalLoss.limits.blackCodes),
  ];
  const leastDifference = onScaleOf(series, snow.leastDifferenceCodes);
  const at = (values: Float32Array, frame: number) => values[frame] as number;
  const isSilent = (frame: number, belowDbfs: number) => peaks.every((peak) => at(peak, frame) < belowDbfs);

  function isNoise(frame: number): boolean {
    const difference = at(yDif, frame);
    const ratio = difference / (at(yHigh, frame) - at(yLow, frame));
    return (
      difference >= leastDifference &&
      ratio >= snow.leastRatio &&
      ratio <= snow.mostRatio &&
      at(tout, frame) >= snow.leastOutliers
    );
  }

  return (frame) => {
    if (Number.isNaN(at(yMax, frame))) return 'unknown';
    const isQuiet = isSilent(frame, silence.limits.levelDbfs.value);
    if (isFlat(frame) && at(yMax, frame) >= flatBlack) return isQuiet ? 'silent-flat' : 'flat';
    const isBlack = at(yMax, frame) < mostBlack && at(yHigh, frame) < highBlack && at(yLow, frame) < lowBlack;
    if (isBlack && isFlat(frame) && isSilent(frame, -Number.MAX_VALUE)) return 'blank';
    if (isBlack) return isQuiet ? 'silent-black' : 'black';
    if (!isNoise(frame)) return 'picture';
    return isQuiet ? 'silent-noise' : 'noise';
  };
}
