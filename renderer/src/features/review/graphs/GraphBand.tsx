import { useEffect, useRef } from 'react';
import { readPalette } from '../../../ui/graph/palette.ts';
import { heightOf, valueAt } from '../../../ui/graph/value-scale.ts';
import { review } from '../cursor.ts';
import { type BandCanvas, createBandCanvas } from './band-canvas.ts';
import styles from './GraphBand.module.css';
import { useHover } from './hover.ts';
import type { Lane } from './lane-list.ts';
import type { Scene } from './scene.ts';
import { threshold, useThreshold } from './threshold.ts';
import { timeView, useTimeView } from './time-view.ts';

/** A line on a lane is taken by the hand from this far away, in pixels of the page. */
const reachPixels = 5;
/** Of a turn of the wheel, one notch being about 100. */
const zoomByWheel = 0.0022;

type Placed = Pick<Scene, 'lanes' | 'foot' | 'pixelRatio'>;
type DrawnScene = Omit<Scene, keyof Placed | 'palette'>;

/** Lanes on one canvas, or what lies below them. The wheel zooms at the pointer, sideways and with shift it pans; a click goes there. */
export function GraphBand({
  part,
  lanes,
  scene,
  theme,
  isBusy,
  pictures,
}: {
  /** The foot is what was found, and the notes. */
  part: 'lanes' | 'foot';
  lanes: readonly Lane[];
  scene: DrawnScene;
  /** Changes when the colours do. */
  theme: string;
  /** Nothing of the lanes is there yet. */
  isBusy?: boolean;
  /** What the lane of small pictures holds. */
  pictures?: React.ReactNode;
}) {
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const band = useRef<BandCanvas>(undefined);
  const placed = useRef<Placed>(undefined);
  const drag = useRef<'cursor' | 'pan' | 'threshold' | undefined>(undefined);

  useEffect(() => {
    if (!canvas.current) return;
    const made = createBandCanvas(canvas.current);
    band.current = made;
    return () => made.close();
  }, []);

  useEffect(() => {
    const box = holder.current;
    if (!box) return;
    const palette = readPalette(box);
    const show = () => {
      placed.current = placeOf(box, lanes);
      band.current?.show({ ...scene, ...placed.current, palette });
    };
    show();
    const observer = new ResizeObserver(show);
    observer.observe(box);
    return () => observer.disconnect();
  }, [lanes, scene, theme]);

  useEffect(() => {
    const box = holder.current;
    if (!box) return;
    const turn = (event: WheelEvent) => {
      // The page would scroll, or go back to what was before.
      event.preventDefault();
      const { range } = useTimeView.getState();
      const { left, width } = box.getBoundingClientRect();
      const framesPerPixel = (range.to - range.from) / width;
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey)
        timeView.pan(sideways * framesPerPixel);
      else
        timeView.zoom(
          Math.exp(event.deltaY * zoomByWheel),
          range.from + (event.clientX - left) * framesPerPixel,
        );
    };
    box.addEventListener('wheel', turn, { passive: false });
    return () => box.removeEventListener('wheel', turn);
  }, []);

  /** What is under the pointer. */
  function under(event: React.PointerEvent<HTMLDivElement>) {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const { range } = useTimeView.getState();
    const frame = Math.floor(range.from + ((event.clientX - left) / width) * (range.to - range.from));
    const { pixelRatio = 1, lanes: rows = [] } = placed.current ?? {};
    const y = (event.clientY - top) * pixelRatio;
    const row = rows.find((one) => y >= one.top && y < one.top + one.height);
    const height = row ? 1 - (y - row.top) / row.height : 0;
    return {
      frame,
      row,
      height,
      left: event.clientX - left,
      top: (row?.top ?? 0) / pixelRatio,
      bottom: row ? (row.top + row.height) / pixelRatio : 0,
    };
  }

  function isOnThreshold({ row, height }: ReturnType<typeof under>): boolean {
    const { column, value } = useThreshold.getState();
    const scale = column === null ? undefined : scene.scales.get(column);
    if (!row || !scale || row.lane.key !== column) return false;
    const { pixelRatio = 1 } = placed.current ?? {};
    return Math.abs(heightOf(scale, value) - height) * row.height < reachPixels * pixelRatio;
  }

  function follow(event: React.PointerEvent<HTMLDivElement>): void {
    const at = under(event);
    const { row } = at;
    useHover.setState({
      at: row
        ? {
            frame: at.frame,
            key: row.lane.key,
            height: at.height,
            left: at.left,
            top: at.top,
            bottom: at.bottom,
          }
        : null,
    });
    event.currentTarget.dataset['hand'] = isOnThreshold(at) ? 'threshold' : '';
    if (drag.current === 'cursor') review.goTo(at.frame);
    if (drag.current === 'pan') {
      const { range } = useTimeView.getState();
      timeView.pan((-event.movementX * (range.to - range.from)) / event.currentTarget.clientWidth);
    }
    const { column } = useThreshold.getState();
    const scale = column === null ? undefined : scene.scales.get(column);
    const own = placed.current?.lanes.find(({ lane }) => lane.key === column);
    if (drag.current === 'threshold' && scale && own) {
      const { pixelRatio = 1 } = placed.current ?? {};
      const y = (event.clientY - event.currentTarget.getBoundingClientRect().top) * pixelRatio;
      threshold.setValue(rounded(valueAt(scale, 1 - (y - own.top) / own.height), scale.high - scale.low));
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the cursor above it is the slider, and its keys are the screen's.
    <div
      ref={holder}
      className={part === 'foot' ? styles.foot : styles.band}
      aria-busy={isBusy}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = under(event);
        const isPan = event.shiftKey || event.button === 1;
        drag.current = isPan ? 'pan' : isOnThreshold(at) ? 'threshold' : 'cursor';
        if (drag.current === 'cursor') review.goTo(at.frame);
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onPointerLeave={() => useHover.setState({ at: null })}
      onDoubleClick={() => timeView.whole()}
    >
      <canvas ref={canvas} className={styles.canvas} />
      {lanes.map((lane) => (
        <div key={lane.key} className={styles.lane} data-kind={lane.kind}>
          {lane.kind === 'pictures' && pictures}
        </div>
      ))}
      {part === 'foot' && (
        <>
          <div className={styles.events} />
          <div className={styles.notes} />
        </>
      )}
    </div>
  );
}

/** Where the rows lie on the canvas, which covers the box. */
function placeOf(box: HTMLElement, lanes: readonly Lane[]): Placed {
  const pixelRatio = window.devicePixelRatio;
  const rows = [...box.children].slice(1).map((row) => {
    const { offsetTop, offsetHeight } = row as HTMLElement;
    const top = Math.round(offsetTop * pixelRatio);
    return { top, height: Math.round((offsetTop + offsetHeight) * pixelRatio) - top };
  });
  const [events, notes] = rows.slice(lanes.length);
  return {
    pixelRatio,
    lanes: lanes.flatMap((lane, at) => {
      const row = rows[at];
      return row ? [{ lane, top: row.top, height: Math.max(1, row.height - 1) }] : [];
    }),
    foot: events && notes ? { events, notes } : undefined,
  };
}

/** As many figures as the height of a lane can tell apart. */
function rounded(value: number, span: number): number {
  const step = 10 ** Math.floor(Math.log10(span / 100));
  return Number((Math.round(value / step) * step).toPrecision(6));
}
