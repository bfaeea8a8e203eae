import type { FrameRange } from '../../../ui/graph/scale.ts';
import { useTimeView } from './time-view.ts';

/** Draws what a canvas shows of a range; sizes in pixels of the page. */
export type DrawRange = (
  context: CanvasRenderingContext2D,
  range: FrameRange,
  size: { width: number; height: number },
) => void;

/** A canvas that is drawn, not laid out: it follows what is in sight with the next picture of the screen. */
export function createViewCanvas(canvas: HTMLCanvasElement, draw: DrawRange) {
  const context = canvas.getContext('2d');
  let asked: number | undefined;

  function drawNow(): void {
    asked = undefined;
    if (!context) return;
    const ratio = window.devicePixelRatio;
    const { clientWidth: width, clientHeight: height } = canvas;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, useTimeView.getState().range, { width, height });
  }
  function schedule(): void {
    asked ??= requestAnimationFrame(drawNow);
  }

  schedule();
  const leave = useTimeView.subscribe(schedule);
  const observer = new ResizeObserver(schedule);
  observer.observe(canvas);
  return {
    /** Draws with the next picture. */
    schedule,
    close(): void {
      leave();
      observer.disconnect();
      if (asked !== undefined) cancelAnimationFrame(asked);
    },
  };
}
