/** A rectangle in device pixels, from the top left of the canvas. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A picture as far as its place matters: its samples, and the shape of one (width over height). */
export interface Raster {
  width: number;
  height: number;
  shape: number;
}

/** `fit`: as large as there is room for; otherwise device pixels a line. */
export const zooms = ['fit', 1, 2, 4, 8] as const;
export type Zoom = (typeof zooms)[number];

/** How the pictures are looked at: the same on both sides. */
export interface View {
  zoom: Zoom;
  /** The point in the middle of the area, in parts of the picture's width and height. */
  centre: Point;
}

export const wholePicture: View = { zoom: 'fit', centre: { x: 0.5, y: 0.5 } };

export type Layout = 'one' | 'beside' | 'stacked';

/** Areas for one or two pictures, on whole device pixels, with a gap between them. */
export function areasOf(layout: Layout, width: number, height: number, gap: number): Box[] {
  if (layout === 'beside') {
    const half = Math.floor((width - gap) / 2);
    return [
      { x: 0, y: 0, width: half, height },
      { x: width - half, y: 0, width: half, height },
    ];
  }
  if (layout === 'stacked') {
    const half = Math.floor((height - gap) / 2);
    return [
      { x: 0, y: 0, width, height: half },
      { x: 0, y: height - half, width, height: half },
    ];
  }
  return [{ x: 0, y: 0, width, height }];
}

/**
 * Where the whole picture lies for an area: on whole device pixels, in its right shape, centred where it is smaller than the
 * area, and never with room beside it where it is larger.
 */
export function placed(area: Box, raster: Raster, { zoom, centre }: View): Box {
  const { width, height } = sizeOf(area, raster, zoom);
  return {
    x: area.x + startOf(area.width, width, centre.x),
    y: area.y + startOf(area.height, height, centre.y),
    width,
    height,
  };
}

/** Device pixels of the whole picture in an area. */
function sizeOf(area: Box, { width, height, shape }: Raster, zoom: Zoom): { width: number; height: number } {
  const scale = zoom === 'fit' ? Math.min(area.width / (width * shape), area.height / height) : zoom;
  return {
    width: Math.max(1, Math.round(width * shape * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

function startOf(room: number, size: number, centre: number): number {
  if (size <= room) return Math.floor((room - size) / 2);
  return Math.round(Math.min(0, Math.max(room - size, room / 2 - centre * size)));
}

/** A part of a box, in parts of its width and height. */
export function partOf(box: Box, part: Box): Box {
  return {
    x: box.x + part.x * box.width,
    y: box.y + part.y * box.height,
    width: part.width * box.width,
    height: part.height * box.height,
  };
}

/** What two boxes share; undefined where that is nothing. */
export function shared(a: Box, b: Box): Box | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** The point of a picture at a device pixel, in parts of its width and height; outside it, below 0 or from 1 on. */
export function pointIn(box: Box, pixel: Point): Point {
  return { x: (pixel.x - box.x) / box.width, y: (pixel.y - box.y) / box.height };
}

export function isInside({ x, y }: Point): boolean {
  return x >= 0 && x < 1 && y >= 0 && y < 1;
}

/** The view in another zoom, with what lies under a device pixel kept there. */
export function zoomedAt(view: View, zoom: Zoom, at: { area: Box; raster: Raster; pixel: Point }): View {
  const { area, raster, pixel } = at;
  const point = pointIn(placed(area, raster, view), pixel);
  const size = sizeOf(area, raster, zoom);
  return {
    zoom,
    centre: {
      x: kept(point.x - (pixel.x - area.x - area.width / 2) / size.width, area.width / size.width),
      y: kept(point.y - (pixel.y - area.y - area.height / 2) / size.height, area.height / size.height),
    },
  };
}

/** The view after the picture was dragged by device pixels. */
export function panned(view: View, by: Point, { area, raster }: { area: Box; raster: Raster }): View {
  const size = sizeOf(area, raster, view.zoom);
  return {
    ...view,
    centre: {
      x: kept(view.centre.x - by.x / size.width, area.width / size.width),
      y: kept(view.centre.y - by.y / size.height, area.height / size.height),
    },
  };
}

/** A centre at which the area shows nothing but picture; so that a drag back takes hold at once. */
function kept(centre: number, share: number): number {
  return share >= 1 ? 0.5 : Math.min(1 - share / 2, Math.max(share / 2, centre));
}

/** One step in or out. */
export function nextZoom(zoom: Zoom, direction: 1 | -1): Zoom {
  const at = zooms.indexOf(zoom) + direction;
  return zooms[Math.min(zooms.length - 1, Math.max(0, at))] ?? zoom;
}
