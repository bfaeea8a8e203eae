import { useRef, useState } from 'react';
import type { Region } from '#shared/domain/picture-metrics.ts';
import {
  isInside,
  nextZoom,
  type Point,
  panned,
  placed,
  pointIn,
  zoomedAt,
} from '../../../ui/picture/layout.ts';
import { comparison, useComparison } from '../comparison.ts';
import { regionBetween, useRegion } from '../region.ts';
import { type Composition, type Look, pointUnder } from './composition.ts';
import { usePointer } from './shown.ts';

interface Pointing {
  composition: Composition | null;
  look: Look;
  size: { scale: number };
}

/** What a drag does: pans the picture, draws a region, or moves the wipe. */
type Drag =
  | { kind: 'pan'; last: Point }
  | { kind: 'region'; from: Point; before: Region | null }
  | { kind: 'wipe' };

/** Device-independent pixels beside the wipe that still take hold of it. */
const wipeReach = 8;
/** A turn of the wheel that counts as one step of zoom. */
const wheelStep = 60;

/** The mouse on the pictures: values under it, zoom by its wheel, and its drags. */
export function usePointing({ composition, look, size }: Pointing) {
  const drag = useRef<Drag>(null);
  const wheel = useRef(0);
  const [drags, setDrags] = useState<Drag['kind'] | undefined>();
  const isDrawing = useRegion((region) => region.isDrawing);

  const pixelOf = (event: React.MouseEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - box.left) * size.scale, y: (event.clientY - box.top) * size.scale };
  };
  const areaAt = (pixel: Point) => composition?.areas.find((area) => isInside(pointIn(area, pixel)));

  const begin = (event: React.PointerEvent) => {
    if (!composition || event.button !== 0) return;
    const pixel = pixelOf(event);
    const point = pointUnder(composition, look, pixel);
    const { wipeX } = composition;
    if (wipeX !== undefined && Math.abs(pixel.x - wipeX) <= wipeReach * size.scale)
      drag.current = { kind: 'wipe' };
    else if ((event.shiftKey || isDrawing) && point) {
      drag.current = { kind: 'region', from: point, before: useRegion.getState().region };
    } else drag.current = { kind: 'pan', last: pixel };
    setDrags(drag.current.kind);
    event.currentTarget.setPointerCapture(event.pointerId);
  };

  const move = (event: React.PointerEvent) => {
    if (!composition) return;
    const pixel = pixelOf(event);
    const now = drag.current;
    const { a, areas, raster } = composition;
    usePointer.setState({ pixel });
    pointAnew(composition, look);
    if (now?.kind === 'wipe' && a) comparison.setWipe((pixel.x - a.clip.x) / a.clip.width);
    if (now?.kind === 'pan' && areas[0]) {
      const by = { x: pixel.x - now.last.x, y: pixel.y - now.last.y };
      comparison.look(panned(useComparison.getState().view, by, { area: areas[0], raster }));
      now.last = pixel;
    }
    if (now?.kind === 'region') {
      const area = areaAt(pixel) ?? areas[0];
      if (!area) return;
      const point = pointIn(placed(area, raster, look.view), pixel);
      useRegion.setState({ region: regionBetween(now.from, point, raster) });
    }
  };

  const end = () => {
    const now = drag.current;
    drag.current = null;
    setDrags(undefined);
    if (now?.kind !== 'region') return;
    const { region } = useRegion.getState();
    // A click takes the region away: nobody means a single sample.
    const isClick = region === now.before || (region && region.width <= 2 && region.height <= 2);
    useRegion.setState({ isDrawing: false, ...(isClick ? { region: null } : {}) });
  };

  const turn = (event: React.WheelEvent) => {
    if (!composition) return;
    wheel.current += event.deltaY;
    if (Math.abs(wheel.current) < wheelStep) return;
    const direction = wheel.current < 0 ? 1 : -1;
    wheel.current = 0;
    const pixel = pixelOf(event);
    const area = areaAt(pixel);
    if (!area) return;
    const { view } = useComparison.getState();
    const zoom = nextZoom(view.zoom, direction);
    comparison.look(zoomedAt(view, zoom, { area, raster: composition.raster, pixel }));
  };

  return {
    drags: drags ?? (isDrawing ? 'region' : undefined),
    handlers: {
      onPointerDown: begin,
      onPointerMove: move,
      onPointerUp: end,
      onPointerCancel: end,
      onPointerLeave: () => usePointer.setState({ pixel: null, point: null }),
      onWheel: turn,
    },
  };
}

/** Says anew what lies under the pointer: the picture moves under it as well. */
export function pointAnew(composition: Composition | null, look: Look): void {
  const { pixel, point } = usePointer.getState();
  const next = (pixel && composition && pointUnder(composition, look, pixel)) ?? null;
  if (next?.x !== point?.x || next?.y !== point?.y) usePointer.setState({ point: next });
  if (usePointer.getState().partInB !== look.partInB) usePointer.setState({ partInB: look.partInB });
}
