import { fitSine } from './sine-fit.ts';

/** Sound is looked at in windows of this length, a millisecond apart. */
const windowS = 0.005;
const hopS = 0.001;
const shortestS = 0.01;
const longestS = 0.5;
/** Below this nothing counts as a beep: -45 dBFS. */
const leastRms = 10 ** (-45 / 20);
/** A beep stands above what is usual by so much. */
const aboveUsual = 6;

/**
 * Where beeps begin, in samples: short sounds that are not the line-up tone. The tone is taken out of each window first, so
 * that neither it nor its interruptions count. Good to about 2 ms.
 * @param toneHz frequency of the line-up tone; undefined where there is none.
 */
export function findBeeps(samples: Float32Array, toneHz: number | undefined, sampleRateHz: number): number[] {
  const window = Math.round(windowS * sampleRateHz);
  const hop = Math.round(hopS * sampleRateHz);
  const count = Math.max(0, Math.floor((samples.length - window) / hop) + 1);
  const rest = Float64Array.from({ length: count }, (_, index) => {
    const span = { start: index * hop, end: index * hop + window };
    return toneHz === undefined
      ? rms(samples, span.start, span.end)
      : fitSine(samples, span, toneHz, sampleRateHz).residualRms;
  });
  const usual = rest.toSorted()[count >> 1] ?? 0;
  const threshold = Math.max(leastRms, aboveUsual * usual);
  const beeps: number[] = [];
  for (let from = 0; from < count; from++) {
    if ((rest[from] as number) < threshold) continue;
    let end = from;
    while (end < count && (rest[end] as number) >= threshold) end += 1;
    const lengthS = (end - from) * hopS - windowS;
    if (from > 0 && lengthS >= shortestS && lengthS <= longestS)
      beeps.push(onset(rest.subarray(from, end), from));
    from = end;
  }
  return beeps;

  /** The window whose rest is half of the beep's has a quarter of it in its end. */
  function onset(run: Float64Array, from: number): number {
    const plateau = run.toSorted()[run.length >> 1] as number;
    const half = run.findIndex((level) => level >= plateau / 2);
    return (from + half) * hop + Math.round(0.75 * window);
  }
}

/**
 * Short interruptions of a tone, from its level in blocks of 10 ms: how stereo line-up tone names its channels (EBU Tech 3304:
 * the left channel alone, 250 ms; GLITS: left once, right twice).
 */
export function countInterruptions(levels: Float64Array): number {
  const usual = levels.toSorted()[levels.length >> 1] ?? 0;
  let [count, length] = [0, 0];
  for (const level of levels) {
    if (level < usual / 10) length += 1;
    else {
      if (length >= 15 && length <= 40) count += 1;
      length = 0;
    }
  }
  return count;
}

function rms(samples: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += (samples[index] as number) ** 2;
  return Math.sqrt(sum / (end - start));
}
