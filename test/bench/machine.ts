import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';

/** One line that says on what, with what and when: figures mean nothing without it. */
export function machineLine(ffmpeg: Pick<Ffmpeg, 'version'>): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memoryGiB = (totalmem() / 2 ** 30).toFixed(0);
  return (
    `${availableParallelism()} cores (${model}), ${memoryGiB} GiB, ${platform()} ${release()} ${arch()}, ` +
    `node ${process.versions.node}, ffmpeg ${ffmpeg.version}, ${new Date().toISOString()}, ` +
    `load ${loadAverage().toFixed(1)}`
  );
}

/** Of the last minute; 0 on Windows, which has none. */
export function loadAverage(): number {
  return loadavg()[0] ?? 0;
}
