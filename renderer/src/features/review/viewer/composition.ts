import {
  areasOf,
  type Box,
  isInside,
  type Layout,
  type Point,
  partOf,
  placed,
  pointIn,
  type Raster,
  shared,
} from '../../../ui/picture/layout.ts';
import type { Drawing, DrawingPart, PlacedPicture } from '../../../ui/picture/picture-drawer.ts';
import type { Comparison, ViewMode } from '../comparison.ts';
import type { ShownPair, ShownPicture } from './presenter.ts';
import { parityOf } from './wanted.ts';

/** What decides how a pair is drawn. */
export type Look = Pick<Comparison, 'mode' | 'isSwapped' | 'onlyLuma' | 'field' | 'view' | 'wipe'> & {
  /** Device pixels of the canvas. */
  width: number;
  height: number;
  /** Device pixels of one pixel of the page. */
  scale: number;
  /** Shape of A's pixels. */
  shape: number;
  /** Which part of A's picture B holds, in parts of its width and height. */
  partInB: Box;
  /** Of two that take turns, B is in sight now. */
  isBlinkOnB: boolean;
};

/** A side on the screen: where all of its picture lies, and the area that shows it. */
export interface VisibleSide {
  box: Box;
  area: Box;
  /** What of the picture is in sight. */
  clip: Box;
}

export interface Composition {
  drawing: Drawing;
  areas: readonly Box[];
  raster: Raster;
  a: VisibleSide | undefined;
  b: VisibleSide | undefined;
  /** The mode that is really drawn: without a picture of B, none that lays both on each other. */
  mode: ViewMode;
  /** Device pixels at which the wipe stands. */
  wipeX: number | undefined;
}

/** By how much small differences are multiplied: a step of one code in ten bits is then in sight. */
export const amplification = 16;

const gapCssPixels = 4;

/** Where a pair goes and how it is drawn. */
export function compose(pair: ShownPair, look: Look): Composition {
  const { view, width, height, scale, shape } = look;
  const shownB = typeof pair.b === 'object' ? pair.b : null;
  const mode = modeDrawn(pair, look.mode);
  const areas = areasOf(layoutOf(mode), width, height, Math.round(gapCssPixels * scale));
  const { header } = pair.a.picture;
  const raster = { width: header.width, height: header.height, shape };
  const isTwo = areas.length === 2;
  const areaA = areas[isTwo && look.isSwapped ? 1 : 0] as Box;
  const areaB = areas[isTwo && !look.isSwapped ? 1 : 0] as Box;
  const a = visible(placed(areaA, raster, view), areaA);
  const b = shownB ? visible(partOf(placed(areaB, raster, view), look.partInB), areaB) : undefined;
  const side = (shown: ShownPicture, box: Box): PlacedPicture => ({
    picture: shown.picture,
    box,
    parity: parityOf(shown.address, look.field),
  });
  const sideA = side(pair.a, a.box);
  const sideB = shownB && b && side(shownB, b.box);
  const wipeX = mode === 'wipe' ? wipeAt(a, look.wipe) : undefined;
  return {
    drawing: {
      parts: partsOf(mode, { sideA, areaA, sideB, areaB, wipeX, look }),
      onlyLuma: look.onlyLuma,
      gain: mode === 'amplified' ? amplification : 1,
      cell: Math.round(48 * scale),
    },
    ...{ areas, raster, mode, wipeX },
    a: mode === 'blink' && look.isBlinkOnB ? undefined : a,
    b: mode === 'alone' || (mode === 'blink' && !look.isBlinkOnB) ? undefined : b,
  };
}

function modeDrawn({ b }: ShownPair, mode: ViewMode): ViewMode {
  if (b === null) return 'alone';
  if (typeof b === 'object' || layoutOf(mode) !== 'one') return mode;
  return 'alone';
}

function layoutOf(mode: ViewMode): Layout {
  return mode === 'beside' || mode === 'stacked' ? mode : 'one';
}

function visible(box: Box, area: Box): VisibleSide {
  return { box, area, clip: shared(box, area) ?? { ...area, width: 0, height: 0 } };
}

/** The wipe on a whole device pixel of what is in sight of the picture. */
function wipeAt({ clip }: VisibleSide, wipe: number): number {
  return Math.round(clip.x + wipe * clip.width);
}

interface Sides {
  sideA: PlacedPicture;
  areaA: Box;
  sideB: PlacedPicture | null | undefined;
  areaB: Box;
  wipeX: number | undefined;
  look: Look;
}

function partsOf(mode: ViewMode, { sideA, areaA, sideB, areaB, wipeX = 0, look }: Sides): DrawingPart[] {
  const onlyA: DrawingPart = { kind: 'one', clip: areaA, a: sideA };
  if (!sideB || mode === 'alone') return [onlyA];
  const onlyB: DrawingPart = { kind: 'one', clip: areaB, a: sideB };
  const both = { clip: areaA, a: sideA, b: sideB };
  switch (mode) {
    case 'beside':
    case 'stacked':
      return [onlyA, onlyB];
    case 'blink':
      return [look.isBlinkOnB ? onlyB : onlyA];
    case 'wipe': {
      const left = { ...areaA, width: wipeX - areaA.x };
      const right = { ...areaA, x: wipeX, width: areaA.x + areaA.width - wipeX };
      return look.isSwapped
        ? [
            { ...onlyB, clip: left },
            { ...onlyA, clip: right },
          ]
        : [
            { ...onlyA, clip: left },
            { ...onlyB, clip: right },
          ];
    }
    case 'checkerboard':
      return [{ kind: 'checkerboard', ...both }];
    case 'difference':
    case 'amplified':
      return [{ kind: 'difference', ...both }];
    case 'signed':
      return [{ kind: 'signed', ...both }];
  }
}

/** The point of A's picture under a device pixel, whichever side that lies on; undefined beside the pictures. */
export function pointUnder(
  { a, b, areas, raster }: Composition,
  look: Look,
  pixel: Point,
): Point | undefined {
  for (const area of areas) {
    const isHere = isInside(pointIn(area, pixel));
    const side = [a, b].find((one) => one?.area === area);
    if (!isHere || !side) continue;
    const point = pointIn(placed(area, raster, look.view), pixel);
    return isInside(point) ? point : undefined;
  }
  return undefined;
}

/** The same point in B's picture; outside 0 to 1 where B does not hold it. */
export function pointOfB(point: Point, partInB: Box): Point {
  return pointIn(partInB, point);
}
