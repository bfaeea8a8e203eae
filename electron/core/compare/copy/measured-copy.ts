import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import type { Alignment } from '#shared/domain/alignment.ts';
import type { CopyComparison } from '#shared/domain/copy-certificate.ts';
import type { Rational } from '#shared/domain/rational.ts';
import type { DecodeComplaints } from './decode-complaints.ts';
import type { FieldDifferences } from './field-swap.ts';
import type { FullLook } from './full-look.ts';
import type { AxisFit } from './geometry.ts';
import type { HeardChannel } from './heard-sound.ts';
import type { LevelFit } from './level-fit.ts';
import type { HeardSync } from './sync-windows.ts';
import type { WrongPictures } from './wrong-pictures.ts';

/** What a copy should be, by the recipe; only what is known of it is asked. */
export interface CopyExpectation {
  frames: number;
  frameRate: Rational;
  width: number;
  height: number;
  /** True where each frame became two pictures. */
  isDoubled: boolean;
  /** True where it is the copy whose fields were made pictures, to be compared with what has twice as many. */
  isCopyInterlaced?: boolean | undefined;
  /** True where the copy was made by the recipe: it has to begin with it, and to have its rate, raster and tags. */
  isRecipe: boolean;
  /** Undefined: whatever the file says. */
  colour: { matrix: string; primaries: string; transfer: string; range: 'tv' | 'pc' } | undefined;
  audioChannels: number;
}

/** Everything that was measured of a copy, before it is judged. */
export interface MeasuredCopy {
  expected: CopyExpectation;
  /** True where it was made from DV, in which what a tape had lost is kept. */
  isDv: boolean;
  complaints: DecodeComplaints;
  described: MediaDescription;
  framesOfCopy: number;
  alignment: Alignment;
  offsetFrames: number | null;
  fields: FieldDifferences;
  levels: { y: LevelFit; u: LevelFit; v: LevelFit };
  geometry: { vertical: AxisFit; horizontal: AxisFit };
  look: FullLook;
  wrongPictures: WrongPictures;
  fall: { pair: number; fall: number; value: number };
  picture: CopyComparison['picture'];
  pairs: number;
  /** Of each channel, track by track; empty where the two have not the same tracks. */
  soundChannels: readonly HeardChannel[];
  sync: HeardSync;
  /** That both have, all of which was listened to. */
  lengthS: number;
}
