import { useEffect, useRef } from 'react';
import type { Rational } from '#shared/domain/rational.ts';
import { type TapeTimecode, timecodeAt } from '#shared/domain/timecode-runs.ts';
import { axisTicks } from './axis-ticks.ts';
import styles from './TimeAxis.module.css';
import { createViewCanvas } from './view-canvas.ts';

/** Pixels of the page that a label and the room beside it take. */
const labelPixels = { time: 84, timecode: 110 };
/** Half the width of the sign of a break, and its height. */
const breakPixels = 3.5;

interface TimeAxisProps {
  rate: Rational;
  /** Changes when the colours do. */
  theme: string;
  /** Undefined where the tape offered none. */
  timecode: TapeTimecode | undefined;
}

/** Times under the lanes, and below them the tape's own timecode with a sign where it breaks. Moves with every picture of a hand that pans. */
export function TimeAxis({ rate, theme, timecode }: TimeAxisProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const style = getComputedStyle(element);
    const { color, font } = style;
    const warning = style.getPropertyValue('--warning');
    const made = createViewCanvas(element, (context, range, { width, height }) => {
      context.font = font;
      context.fillStyle = color;
      context.textBaseline = 'middle';
      const seconds = ((range.to - range.from) * rate.den) / rate.num;
      const room = seconds < 20 || timecode ? labelPixels.timecode : labelPixels.time;
      const row = timecode ? height / 2 : height;
      const leftOf = (frame: number) => Math.round(((frame - range.from) / (range.to - range.from)) * width);
      // No label is cut at the right edge: the last one stands left of its stroke, where there is room.
      const ends = new Map<number, number>();
      const write = (text: string, left: number, middle: number) => {
        const start = Math.min(left + 3, width - context.measureText(text).width);
        if (start < (ends.get(middle) ?? 0)) return;
        context.fillText(text, start, middle);
        ends.set(middle, start + context.measureText(text).width + 6);
      };
      for (const { frame, label } of axisTicks(range, rate, Math.max(1, Math.floor(width / room)))) {
        const left = leftOf(frame);
        context.fillRect(left, 0, 1, 4);
        write(label, left, row / 2 + 1);
        const own = timecode && timecodeAt(timecode.runs, Math.round(frame), rate);
        if (own) write(own, left, row * 1.5);
      }
      context.fillStyle = warning;
      for (const { frame } of timecode?.breaks ?? []) {
        if (frame < range.from || frame >= range.to) continue;
        const left = leftOf(frame);
        context.beginPath();
        // Between both rows, where it covers no figure.
        context.moveTo(left - breakPixels, row - breakPixels);
        context.lineTo(left + breakPixels, row - breakPixels);
        context.lineTo(left, row + breakPixels);
        context.fill();
      }
    });
    return () => made.close();
  }, [rate, theme, timecode]);
  return <canvas ref={canvas} className={styles.axis} data-timecode={timecode ? 'own' : undefined} />;
}
