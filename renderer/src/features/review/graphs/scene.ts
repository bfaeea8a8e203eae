import type { Alignment } from '#shared/domain/alignment.ts';
import type { Palette } from '../../../ui/graph/palette.ts';
import type { FrameRange } from '../../../ui/graph/scale.ts';
import type { ValueScale } from '../../../ui/graph/value-scale.ts';
import type { Lane } from './lane-list.ts';
import type { SampleTiles } from './sample-tiles.ts';

/** Where on the surface something lies, in pixels. */
export interface Row {
  top: number;
  height: number;
}

export interface PlacedLane extends Row {
  lane: Lane;
}

/** A stretch of frames, `endFrame` among them, that is drawn as a bar; the graver the higher. */
export interface Bar {
  startFrame: number;
  endFrame: number;
  weight: 'intended' | 'info' | 'warn' | 'fail' | 'note';
}

/** The pass that is drawn over the one that is reviewed. */
export interface SecondPass {
  tiles: SampleTiles;
  /** Undefined: frame by frame. */
  alignment: Alignment | undefined;
  /** By hand, besides. */
  shiftFrames: number;
  frames: number;
}

/** Everything the time band shows but what is in sight of it. */
export interface Scene {
  lanes: readonly PlacedLane[];
  /** Where the found events lie, and the notes; undefined where they are not on this surface. */
  foot: { events: Row; notes: Row } | undefined;
  tiles: SampleTiles | undefined;
  second: SecondPass | undefined;
  /** By column. */
  scales: ReadonlyMap<string, ValueScale>;
  /** Values of the limits of a lane, by its key. */
  limits: ReadonlyMap<string, readonly number[]>;
  /** In drawing order. */
  bars: readonly Bar[];
  /** What was found in the second pass alone, at the frames of this one. */
  otherBars: readonly Bar[];
  noteBars: readonly Bar[];
  marks: readonly number[];
  /** In and out, where they are set. */
  loop: FrameRange | undefined;
  /** The value that the reviewer set, on one lane. */
  threshold: { key: string; value: number } | undefined;
  /** Lines of the picture, of which the map has twelfths, and the bits of its samples. */
  pictureLines: number;
  bitDepth: number;
  palette: Palette;
  /** Pixels of the screen for one of the page. */
  pixelRatio: number;
}
