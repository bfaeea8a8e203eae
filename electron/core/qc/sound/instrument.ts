import type { Rational } from '#shared/domain/rational.ts';
import type { Measure } from '../measures.ts';

/** What is the same for the whole of a tape's sound. */
export interface SoundFormat {
  channels: number;
  sampleRateHz: number;
  /** Pictures a second: sound comes in pieces of one picture each. Sound alone is cut as if there were 25. */
  frameRate: Rational;
}

/**
 * The sound of one picture: a Float32Array a channel, full scale is 1. Pieces differ by a sample where the rate is no
 * whole multiple (48 kHz at 29.97: 1601 or 1602). The arrays are used again.
 */
export type SoundPiece = readonly Float32Array[];

/** An instrument at work on one tape: it may remember what it needs of earlier pieces, for windows longer than a picture. */
export interface SoundInstrument {
  /** Measures one piece and writes its values into `into`, in the order of the instrument's measures, from place `at` on. */
  measure(piece: SoundPiece, into: Float32Array, at: number): void;
}

/** A kind of instrument. Adding one = a file in sound/ and a line in sound/registry.ts. */
export interface SoundInstrumentKind {
  name: string;
  /** For so many channels, in the order in which its values are written; ids as `audioColumn` makes them. */
  measures(channels: number): readonly Measure[];
  open(format: SoundFormat): SoundInstrument;
}
