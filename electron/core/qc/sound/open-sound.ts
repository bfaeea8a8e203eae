import { createCostMeter, type InstrumentCost } from '../cost-meter.ts';
import type { SoundFormat, SoundInstrumentKind, SoundPiece } from './instrument.ts';
import { soundInstruments } from './registry.ts';

/** Instruments at work on one tape's sound. */
export interface OpenSoundInstruments {
  /** Values of one picture's sound, in the order of the columns. */
  measure(piece: SoundPiece, into: Float32Array, at: number): void;
  /** CPU time that each instrument has taken so far. */
  costMs(): InstrumentCost[];
}

/** Opens instruments (all of the registry, if none are named). */
export function openSoundInstruments(
  format: SoundFormat,
  kinds: readonly SoundInstrumentKind[] = soundInstruments,
): OpenSoundInstruments {
  let place = 0;
  const open = kinds.map((kind) => {
    const instrument = { place, at: kind.open(format) };
    place += kind.measures(format.channels).length;
    return instrument;
  });
  const meter = createCostMeter(kinds.map(({ name }) => name));
  return {
    measure(piece, into, at) {
      meter.begin();
      for (const [part, instrument] of open.entries()) {
        instrument.at.measure(piece, into, at + instrument.place);
        meter.did(part);
      }
    },
    costMs: meter.costMs,
  };
}
