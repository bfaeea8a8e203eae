import type { SoundInstrumentKind } from './instrument.ts';

/** Every instrument for sound, in the order of the sample store's columns. */
export const soundInstruments: readonly SoundInstrumentKind[] = [];
