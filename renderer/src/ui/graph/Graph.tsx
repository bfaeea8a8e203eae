import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import styles from './Graph.module.css';

export interface GraphData {
  /** First frame of each column. */
  frames: Uint32Array;
  min: Float32Array;
  mean: Float32Array;
  max: Float32Array;
}

interface GraphProps {
  data: GraphData;
  /** Frames at the left and right edge. */
  from: number;
  to: number;
  /** Least and greatest value drawn. */
  low: number;
  high: number;
  /** Changes when the colours do. */
  theme: string;
}

/** One measure over time: the mean as a line in the band from least to greatest, so that no single frame is lost. */
export function Graph({ data, from, to, low, high, theme }: GraphProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ data, from, to, low, high });

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
    const line = { stroke: colour('--trace-1'), width: 1, points: { show: false } };
    const edge = { stroke: 'transparent', width: 0, points: { show: false } };
    const made = new uPlot(
      {
        width: Math.max(1, element.clientWidth),
        height: Math.max(1, element.clientHeight),
        padding: [2, 0, 2, 0],
        legend: { show: false },
        cursor: { show: false },
        axes: [{ show: false }, { show: false }],
        scales: {
          x: { time: false, range: () => [latest.current.from, latest.current.to] },
          y: { range: () => [latest.current.low, latest.current.high] },
        },
        series: [{}, edge, edge, line],
        bands: [{ series: [2, 1], fill: colour('--trace-band') }],
      },
      aligned(latest.current.data),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme]);

  useEffect(() => {
    latest.current = { data, from, to, low, high };
    plot.current?.setData(aligned(data));
  }, [data, from, to, low, high]);

  return <div ref={holder} className={styles.graph} aria-hidden="true" />;
}

function aligned({ frames, min, max, mean }: GraphData): uPlot.AlignedData {
  return [frames, min, max, mean].map((values) =>
    Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
  ) as uPlot.AlignedData;
}
