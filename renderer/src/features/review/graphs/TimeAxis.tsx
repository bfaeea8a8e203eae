import { useEffect, useRef } from 'react';
import type { Rational } from '#shared/domain/rational.ts';
import { axisTicks } from './axis-ticks.ts';
import styles from './TimeAxis.module.css';
import { useTimeView } from './time-view.ts';

/** Pixels of the page that a label and the room beside it take. */
const labelPixels = { time: 84, timecode: 110 };

/** Times under the lanes. Drawn, not laid out: it moves with every picture of a hand that pans. `theme`: changes when the colours do. */
export function TimeAxis({ rate, theme }: { rate: Rational; theme: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const { color, font } = getComputedStyle(element);
    let asked: number | undefined;
    const draw = () => {
      asked = undefined;
      const { range } = useTimeView.getState();
      const ratio = window.devicePixelRatio;
      const { clientWidth: width, clientHeight: height } = element;
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        [element.width, element.height] = [Math.round(width * ratio), Math.round(height * ratio)];
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      context.font = font;
      context.fillStyle = color;
      context.textBaseline = 'middle';
      const seconds = ((range.to - range.from) * rate.den) / rate.num;
      const room = seconds < 20 ? labelPixels.timecode : labelPixels.time;
      for (const { frame, label } of axisTicks(range, rate, Math.max(1, Math.floor(width / room)))) {
        const left = Math.round(((frame - range.from) / (range.to - range.from)) * width);
        context.fillRect(left, 0, 1, 4);
        context.fillText(label, left + 3, height / 2 + 1);
      }
    };
    const schedule = () => {
      asked ??= requestAnimationFrame(draw);
    };
    schedule();
    const leave = useTimeView.subscribe(schedule);
    const observer = new ResizeObserver(schedule);
    observer.observe(element);
    return () => {
      leave();
      observer.disconnect();
      if (asked !== undefined) cancelAnimationFrame(asked);
    };
  }, [rate, theme]);
  return <canvas ref={canvas} className={styles.axis} />;
}
