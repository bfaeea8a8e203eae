import { masterFrameOf } from '#shared/domain/access-frames.ts';
import { copyLikeness } from '#shared/domain/copy-likeness.ts';
import {
  type Likeness,
  type Lines,
  likeness,
  type MeasuredPlane,
  type Region,
} from '#shared/domain/picture-metrics.ts';
import type { Box } from '../../../ui/picture/layout.ts';
import type { Comparison } from '../comparison.ts';
import type { ShownPair, ShownPicture } from './presenter.ts';
import { parityOf } from './wanted.ts';

interface Seen {
  field: Comparison['field'];
  /** Which part of A's picture B holds. */
  partInB: Box;
}

/** How alike A and B are in a region, and what was done for it to be told. */
export interface RegionLikeness extends Likeness {
  /** A was brought to so many columns; undefined where both have the same. */
  scaledToWidth?: number | undefined;
  /** Only lines of this field count, though whole frames are looked at. */
  linesOf?: 'A' | 'B' | undefined;
}

/**
 * Likeness of the luma in a region, in samples of A. An access copy of the same pass is held against what its recipe makes of the master's lines;
 * of other pictures with another raster no figure is true, since nobody said how one lies on the other. Null where there is no B.
 */
export function regionLikeness(
  { a, b }: ShownPair,
  region: Region,
  { field, partInB }: Seen,
): RegionLikeness | 'otherRaster' | 'tooSmall' | 'notInB' | null {
  if (b === null || typeof b !== 'object') return null;
  if (isCopyOf(a, b)) return likenessToCopy(a, b, region, { field, partInB });
  const [one, other] = [a.picture.header, b.picture.header];
  if (one.width !== other.width || one.height !== other.height) return 'otherRaster';
  const lines = parityOf(a.address, field) ?? 'all';
  if (lines !== 'all' && region.height < 2) return 'tooSmall';
  return likeness(lumaOf(a), lumaOf(b), region, lines);
}

function isCopyOf({ address: a }: ShownPicture, { address: b }: ShownPicture): boolean {
  return a.kind === 'frame' && b.kind === 'frame' && b.role === 'access' && a.pass.id === b.pass.id;
}

function likenessToCopy(
  a: ShownPicture,
  b: ShownPicture,
  region: Region,
  { field, partInB }: Seen,
): RegionLikeness | 'otherRaster' | 'tooSmall' | 'notInB' {
  const [one, other] = [a.picture.header, b.picture.header];
  // The recipe cuts lines and never scales them: a copy with others is not by the recipe.
  if (Math.round(partInB.height * one.height) !== other.height) return 'otherRaster';
  const fieldOfCopy = fieldOf(b);
  const kept: Lines = (fieldOfCopy && parityOf(a.address, fieldOfCopy)) ?? 'all';
  if (kept !== 'all' && region.height < 2) return 'tooSmall';
  const cutTopLines = Math.round(partInB.y * one.height);
  const found = copyLikeness(lumaOf(a), lumaOf(b), region, { cutTopLines, lines: other.height, kept });
  if (!found) return 'notInB';
  return {
    ...found,
    scaledToWidth: one.width === other.width ? undefined : other.width,
    linesOf: kept === 'all' || fieldOfCopy === field ? undefined : fieldOfCopy,
  };
}

/** The field that a picture of an access copy was made from; undefined where it was made from a whole frame. */
function fieldOf({ address }: ShownPicture): 'A' | 'B' | undefined {
  if (address.kind === 'bars' || address.pass.video.fieldOrder === 'progressive') return undefined;
  return masterFrameOf(address.pass.video, address.frame).field === 1 ? 'B' : 'A';
}

function lumaOf({ picture: { header, planes } }: ShownPicture): MeasuredPlane {
  return { samples: planes.y, width: header.width, bitDepth: header.bitDepth };
}
