import { threadCpuMs } from '../cpu-time.ts';
import type { Picture, PictureInstrumentKind, PictureRaster } from './instrument.ts';
import { pictureInstruments } from './registry.ts';

/** Instruments at work on one tape's pictures. */
export interface OpenPictureInstruments {
  /** Values of one picture, in the order of the columns. */
  measure(picture: Picture, previous: Picture | undefined, into: Float32Array, at: number): void;
  /** CPU time that each instrument has taken so far. */
  costMs(): { name: string; ms: number }[];
}

/** Opens instruments (all of the registry, if none are named). */
export function openPictureInstruments(
  raster: PictureRaster,
  kinds: readonly PictureInstrumentKind[] = pictureInstruments,
): OpenPictureInstruments {
  let place = 0;
  const open = kinds.map((kind) => {
    const instrument = { name: kind.name, place, ms: 0, at: kind.open(raster) };
    place += kind.measures.length;
    return instrument;
  });
  return {
    measure(picture, previous, into, at) {
      let beganMs = threadCpuMs();
      for (const instrument of open) {
        instrument.at.measure(picture, previous, into, at + instrument.place);
        const nowMs = threadCpuMs();
        instrument.ms += nowMs - beganMs;
        beganMs = nowMs;
      }
    },
    costMs: () => open.map(({ name, ms }) => ({ name, ms })),
  };
}
