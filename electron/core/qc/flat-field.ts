import { onScaleOf, type Series } from './series.ts';

/**
 * A picture without any texture: what a deck, a time base corrector or a card makes by itself when nothing comes in.
 * No picture that went through an analogue path is this quiet, not even black, which always carries noise.
 * @param rangeCodes largest difference inside one plane, on the 10-bit scale
 */
export function createFlatFieldTest(series: Series, rangeCodes: number): (frame: number) => boolean {
  const limit = onScaleOf(series, rangeCodes);
  const planes = (['y', 'u', 'v'] as const).map((plane) => ({
    minimum: series.column(`${plane}Min`),
    maximum: series.column(`${plane}Max`),
  }));
  return (frame) =>
    planes.every(({ minimum, maximum }) => (maximum[frame] as number) - (minimum[frame] as number) < limit);
}
