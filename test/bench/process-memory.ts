import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { median } from './figures.ts';

const sampleEveryMs = 1000;

/** Resident memory of a process in MiB, every second until told to end. Linux. */
export async function sampleMemory(pid: number, signal: AbortSignal): Promise<number[]> {
  const samples: number[] = [];
  while (!signal.aborted) {
    samples.push(await residentMib(pid));
    await wait(sampleEveryMs, undefined, { signal }).catch(() => {});
  }
  return samples;
}

async function residentMib(pid: number): Promise<number> {
  const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

/** How memory went: medians of the thirds, and how far the last is above the first. */
export function memoryTrend(samples: readonly number[]): { growthMib: number; inWords: string } {
  if (samples.length < 3) throw new Error(`${samples.length} samples are too few`);
  const third = Math.floor(samples.length / 3);
  const firstMib = median(samples.slice(0, third));
  const lastMib = median(samples.slice(-third));
  const figures = [firstMib, median(samples.slice(third, -third)), lastMib];
  return {
    growthMib: lastMib - firstMib,
    inWords:
      `${samples.length} samples. Medians of the thirds: ${figures.map((figure) => figure.toFixed(1)).join(', ')} MiB; ` +
      `least ${Math.min(...samples).toFixed(1)}, most ${Math.max(...samples).toFixed(1)} MiB.`,
  };
}
