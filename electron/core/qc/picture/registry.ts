import type { PictureInstrumentKind } from './instrument.ts';

/** Every instrument for pictures, in the order of the sample store's columns. */
export const pictureInstruments: readonly PictureInstrumentKind[] = [];
