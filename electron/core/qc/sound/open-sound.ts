import { threadCpuMs } from '../cpu-time.ts';
import type { SoundFormat, SoundInstrumentKind, SoundPiece } from './instrument.ts';
import { soundInstruments } from './registry.ts';

/** Instruments at work on one tape's sound. */
export interface OpenSoundInstruments {
  /** Values of one picture's sound, in the order of the columns. */
  measure(piece: SoundPiece, into: Float32Array, at: number): void;
  /** CPU time that each instrument has taken so far. */
  costMs(): { name: string; ms: number }[];
}

/** Opens instruments (all of the registry, if none are named). */
export function openSoundInstruments(
  format: SoundFormat,
  kinds: readonly SoundInstrumentKind[] = soundInstruments,
): OpenSoundInstruments {
  let place = 0;
  const open = kinds.map((kind) => {
    const instrument = { name: kind.name, place, ms: 0, at: kind.open(format) };
    place += kind.measures(format.channels).length;
    return instrument;
  });
  return {
    measure(piece, into, at) {
      let beganMs = threadCpuMs();
      for (const instrument of open) {
        instrument.at.measure(piece, into, at + instrument.place);
        const nowMs = threadCpuMs();
        instrument.ms += nowMs - beganMs;
        beganMs = nowMs;
      }
    },
    costMs: () => open.map(({ name, ms }) => ({ name, ms })),
  };
}
