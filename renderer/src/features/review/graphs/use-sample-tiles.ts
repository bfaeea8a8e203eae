import { useEffect, useState } from 'react';
import type { DrawnSamples } from '#shared/domain/drawn-samples.ts';
import { readSamples } from '../../../api/media.ts';
import { createSampleTiles, type SampleTiles } from './sample-tiles.ts';

interface Samples {
  passId?: string;
  tiles?: SampleTiles;
  overview?: DrawnSamples;
  error?: unknown;
}

/** Samples of these columns of a pass. What was there before stays until all of the new ones is there roughly. */
export function useSampleTiles(passId: string, frames: number, columns: readonly string[]): Samples {
  const [samples, setSamples] = useState<Samples>({});
  const asked = columns.join(',');
  useEffect(() => {
    if (frames === 0 || asked === '') return;
    const tiles = createSampleTiles(
      frames,
      (range, signal) => readSamples(passId, asked.split(','), range, signal),
      (error) => setSamples((before) => ({ ...before, passId, error })),
    );
    const leave = tiles.onArrival(() => {
      const overview = tiles.overview();
      if (!overview) return;
      leave();
      setSamples({ passId, tiles, overview });
    });
    return () => tiles.close();
  }, [passId, frames, asked]);
  // What another pass was measured by says nothing of this one.
  return samples.passId === passId ? samples : {};
}
