import { createCostMeter, type InstrumentCost } from '../cost-meter.ts';
import type { Picture, PictureInstrumentKind, PictureRaster } from './instrument.ts';
import { pictureInstruments } from './registry.ts';

/** Instruments at work on one tape's pictures. */
export interface OpenPictureInstruments {
  /** Values of one picture, in the order of the columns. */
  measure(picture: Picture, previous: Picture | undefined, into: Float32Array, at: number): void;
  /** CPU time that each instrument has taken so far. */
  costMs(): InstrumentCost[];
}

/** Opens instruments (all of the registry, if none are named). */
export function openPictureInstruments(
  raster: PictureRaster,
  kinds: readonly PictureInstrumentKind[] = pictureInstruments,
): OpenPictureInstruments {
  let place = 0;
  const open = kinds.map((kind) => {
    const instrument = { place, at: kind.open(raster) };
    place += kind.measures.length;
    return instrument;
  });
  const meter = createCostMeter(kinds.map(({ name }) => name));
  return {
    measure(picture, previous, into, at) {
      meter.begin();
      for (const [part, instrument] of open.entries()) {
        instrument.at.measure(picture, previous, into, at + instrument.place);
        meter.did(part);
      }
    },
    costMs: meter.costMs,
  };
}
