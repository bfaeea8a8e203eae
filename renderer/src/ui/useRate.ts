import { useEffect, useState } from 'react';

/** Span over which the rate is taken, in milliseconds: short enough to follow, long enough to be calm. */
const windowMs = 4_000;

interface Sample {
  value: number;
  atMs: number;
}

/** Steps a second of a growing number, from its samples; null until there are two that are far enough apart. */
export function rateOf(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < 500 || last.value <= first.value) return null;
  return ((last.value - first.value) * 1000) / (last.atMs - first.atMs);
}

/** How fast a number that is shown grows, a second; null while that is not known. */
export function useRate(value: number): number | null {
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => {
    const atMs = performance.now();
    setSamples((before) => [...before.filter((sample) => atMs - sample.atMs < windowMs), { value, atMs }]);
  }, [value]);
  return rateOf(samples);
}
