import type { Canvas } from '../tape/canvas.ts';
import type { World } from './world.ts';

/** Where a camera looks at a moment: left and upper edge in pixels of the world. */
export interface Gaze {
  x: number;
  y: number;
}

/** Copies what the camera sees into the lines of one field, between pixels by mixing. */
export function lookAt(world: World, gaze: Gaze, canvas: Canvas, parity: 0 | 1): void {
  const { width, height } = canvas;
  const left = ((gaze.x % world.width) + world.width) % world.width;
  for (let line = parity; line < height; line += 2) {
    const row = Math.max(0, Math.min(world.height - 1, Math.round(line + gaze.y)));
    copyRow(world.y, row * world.width, world.width, left, canvas.y, line * width, width);
    const chromaRow = row * (world.width / 2);
    const chromaLine = line * (width / 2);
    copyRow(world.u, chromaRow, world.width / 2, left / 2, canvas.u, chromaLine, width / 2);
    copyRow(world.v, chromaRow, world.width / 2, left / 2, canvas.v, chromaLine, width / 2);
  }
}

function copyRow(
  from: Float32Array,
  rowAt: number,
  rowLength: number,
  left: number,
  into: Float32Array,
  at: number,
  count: number,
): void {
  let column = left | 0;
  const part = left - column;
  let here = from[rowAt + column] as number;
  for (let x = 0; x < count; x++) {
    column = column + 1 === rowLength ? 0 : column + 1;
    const next = from[rowAt + column] as number;
    into[at + x] = here + (next - here) * part;
    here = next;
  }
}

/** An ellipse with soft edges and light from above. Centre and radii in pixels, colour as 10-bit codes. */
export interface Blob {
  x: number;
  y: number;
  radiusX: number;
  radiusY: number;
  colour: readonly [number, number, number];
}

/** Draws an ellipse into the lines of one field. */
export function drawBlob(canvas: Canvas, blob: Blob, parity: 0 | 1): void {
  const { width, height } = canvas;
  const [luma, cb, cr] = blob.colour;
  const first = Math.max(0, Math.floor(blob.y - blob.radiusY));
  const last = Math.min(height - 1, Math.ceil(blob.y + blob.radiusY));
  const left = Math.max(0, Math.floor(blob.x - blob.radiusX)) & ~1;
  const right = Math.min(width - 2, Math.ceil(blob.x + blob.radiusX));
  const edge = Math.max(4, blob.radiusX / 3);
  for (let line = first + ((first + parity) % 2); line <= last; line += 2) {
    const dy = (line - blob.y) / blob.radiusY;
    const light = luma * (1 - 0.25 * dy);
    for (let x = left; x <= right; x += 2) {
      const dx = (x - blob.x) / blob.radiusX;
      const inside = (1 - dx * dx - dy * dy) * edge;
      if (inside <= 0) continue;
      const cover = Math.min(inside, 1);
      const at = line * width + x;
      // Cloth and skin are not flat: folds that belong to the body and move with it.
      const fold = 18 * Math.sin(dx * 9 + dy * 7) + 10 * Math.sin(dx * 23 - dy * 17);
      const lit = light * (1 - 0.2 * dx) + fold;
      const y0 = canvas.y[at] as number;
      const y1 = canvas.y[at + 1] as number;
      canvas.y[at] = y0 + (lit - y0) * cover;
      canvas.y[at + 1] = y1 + (lit - y1) * cover;
      const chroma = at >> 1;
      const u = canvas.u[chroma] as number;
      const v = canvas.v[chroma] as number;
      canvas.u[chroma] = u + (cb - u) * cover;
      canvas.v[chroma] = v + (cr - v) * cover;
    }
  }
}

/** A rectangle, into the lines of one field. */
export function drawBox(
  canvas: Canvas,
  box: { left: number; top: number; right: number; bottom: number },
  colour: readonly [number, number, number],
  parity: 0 | 1,
): void {
  const left = Math.max(0, Math.round(box.left)) & ~1;
  const right = Math.min(canvas.width, Math.round(box.right)) & ~1;
  const top = Math.max(0, Math.round(box.top));
  const bottom = Math.min(canvas.height, Math.round(box.bottom));
  if (right <= left) return;
  for (let line = top + ((top + parity) % 2); line < bottom; line += 2) {
    const at = line * canvas.width;
    canvas.y.fill(colour[0], at + left, at + right);
    canvas.u.fill(colour[1], (at + left) >> 1, (at + right) >> 1);
    canvas.v.fill(colour[2], (at + left) >> 1, (at + right) >> 1);
  }
}
