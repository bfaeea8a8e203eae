import type { VideoFormat } from '#shared/domain/formats.ts';
import type { Measure } from '../measures.ts';

/** What is the same for all pictures of a tape. */
export interface PictureRaster {
  width: number;
  height: number;
  chromaWidth: number;
  chromaHeight: number;
  /** Bits of a sample: codes are on this scale. */
  bitDepth: number;
  fieldOrder: VideoFormat['fieldOrder'];
  frameRate: VideoFormat['frameRate'];
  standard: VideoFormat['standard'];
}

/** One decoded picture: planes in rows without padding, top row first. The arrays are used again for a later picture. */
export interface Picture {
  y: Uint16Array;
  u: Uint16Array;
  v: Uint16Array;
}

/** An instrument at work on one tape: it may remember what it needs of earlier pictures. */
export interface PictureInstrument {
  /**
   * Measures one picture and writes its values into `into`, in the order of the instrument's measures, from place `at` on.
   * NaN where there is nothing to say. `previous` is undefined for the first picture and behind a gap.
   */
  measure(picture: Picture, previous: Picture | undefined, into: Float32Array, at: number): void;
}

/** A kind of instrument: pure figures, no files, no clock. Adding one = a file in picture/ and a line in picture/registry.ts. */
export interface PictureInstrumentKind {
  name: string;
  /** In the order in which its values are written. Ids are columns of the sample store and never change their meaning. */
  measures: readonly Measure[];
  open(raster: PictureRaster): PictureInstrument;
}
