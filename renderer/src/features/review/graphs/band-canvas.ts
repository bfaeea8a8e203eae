import { type FrameRange, viewOf } from '../../../ui/graph/scale.ts';
import type { Surface } from '../../../ui/graph/surface.ts';
import { createBandPainter } from './paint-band.ts';
import type { Scene, SecondPass } from './scene.ts';
import { createScrollingPicture, neighbours } from './scrolling-picture.ts';
import { sharedIn } from './second-pass.ts';
import { useTimeView } from './time-view.ts';

/** A canvas that shows a scene, and follows what is in sight without React: a hand that moves on has 16 ms for each picture. */
export interface BandCanvas {
  /** Draws with the next picture of the screen. */
  show(scene: Scene): void;
  close(): void;
}

/** Columns left of the canvas: the first one that is seen has a neighbour too, as when it was moved there. */
const outside = neighbours;

export function createBandCanvas(canvas: HTMLCanvasElement): BandCanvas {
  const context = canvas.getContext('2d', { alpha: false });
  const picture = createScrollingPicture(createBandPainter());
  let scene: Scene | undefined;
  let image: ImageData | undefined;
  let surface: Surface | undefined;
  let asked: number | undefined;

  function draw(): void {
    asked = undefined;
    if (!scene || !context) return;
    const { pixelRatio, tiles } = scene;
    const width = Math.round(canvas.clientWidth * pixelRatio);
    const height = Math.round(canvas.clientHeight * pixelRatio);
    if (width < 1 || height < 1) return;
    if (!surface || !image || canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      image = new ImageData(width + outside, height);
      surface = { width: width + outside, height, pixels: new Uint32Array(image.data.buffer) };
      picture.forget();
    }
    const { range } = useTimeView.getState();
    const { originPixel, framesPerPixel } = viewOf(range, width);
    const view = { originPixel: originPixel - outside, framesPerPixel, width: width + outside };
    if (picture.draw(surface, scene, view)) context.putImageData(image, -outside, 0);
    if (scene.lanes.length === 0) return;
    tiles?.want(range, framesPerPixel);
    wantOfSecond(scene.second, range, framesPerPixel);
  }

  function schedule(): void {
    asked ??= requestAnimationFrame(draw);
  }
  function drawAnew(): void {
    picture.forget();
    schedule();
  }

  let leaveTiles: (() => void) | undefined;
  let leaveSecond: (() => void) | undefined;
  const leave = useTimeView.subscribe(schedule);
  return {
    show(next) {
      if (next.tiles !== scene?.tiles) {
        leaveTiles?.();
        leaveTiles = next.tiles?.onArrival(drawAnew);
      }
      if (next.second?.tiles !== scene?.second?.tiles) {
        leaveSecond?.();
        leaveSecond = next.second?.tiles.onArrival(drawAnew);
      }
      scene = next;
      drawAnew();
    },
    close() {
      leave();
      leaveTiles?.();
      leaveSecond?.();
      if (asked !== undefined) cancelAnimationFrame(asked);
    },
  };
}

/** Of the other pass what lies on the middle of what is in sight, and round it. */
function wantOfSecond(second: SecondPass | undefined, range: FrameRange, framesPerPixel: number): void {
  if (!second) return;
  const shared = sharedIn(range, second.alignment, second.shiftFrames, second.frames);
  const middle = shared[Math.floor(shared.length / 2)];
  if (!middle) return;
  const { offsetFrames } = middle;
  second.tiles.want({ from: range.from + offsetFrames, to: range.to + offsetFrames }, framesPerPixel);
}
