import type { FfmpegInputs } from '#core/ffmpeg/inputs.ts';
import type { Lack } from './device.ts';

/**
 * What is lacking where a kind of source needs a capture device that ffmpeg may have been built without.
 * @param remedy where to get an ffmpeg that has it, as a sentence.
 */
export async function lacksFfmpegDevice(
  inputs: FfmpegInputs,
  needed: { device: string; what: string; remedy: string },
): Promise<Lack | undefined> {
  if ((await inputs.devices()).has(needed.device)) return undefined;
  return {
    problem: `This ffmpeg was built without ${needed.what} (its device ${needed.device}).`,
    remedy: needed.remedy,
  };
}

/** What is lacking where a kind of source exists on one operating system only. */
export function lacksSystem(system: NodeJS.Platform, what: string): Lack | undefined {
  if (process.platform === system) return undefined;
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'macOS',
    linux: 'Linux',
    win32: 'Windows',
  };
  return {
    problem: `${what} exists on ${names[system] ?? system} only.`,
    remedy: `Use the capture devices of ${names[process.platform] ?? process.platform}.`,
    elsewhere: true,
  };
}
