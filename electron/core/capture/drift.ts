import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';
import { type Rational, toNumber } from '#shared/domain/rational.ts';
import { readTail } from './file-tail.ts';

const readingsPerMedian = 5;

/**
 * Drift while a tape plays. Sound leaves the recorder a few frames before the picture of the same moment, since a picture is
 * encoded first; that lead is there from the start and is no drift. So the first readings say what the lead is, and the latest
 * ones are held against them, each as a median. Null until the lead is known.
 */
export function createDriftGauge(): { add(soundMinusPictureMs: number): number | null } {
  const first: number[] = [];
  const latest: number[] = [];
  return {
    add(soundMinusPictureMs) {
      if (first.length < readingsPerMedian) {
        first.push(soundMinusPictureMs);
        return null;
      }
      latest.push(soundMinusPictureMs);
      if (latest.length > readingsPerMedian) latest.shift();
      return Math.round(median(latest) - median(first));
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

/**
 * Sound minus picture in milliseconds: where the two hash lists end. Exact when both are whole; while they are being written it
 * holds what is still on its way. Null while one of them is empty.
 */
export async function soundMinusPictureMs(
  frameHashesPath: string,
  audioHashesPath: string,
  frameRate: Rational,
  sampleRateHz: number,
): Promise<number | null> {
  const [frame, block] = await Promise.all([lastRow(frameHashesPath), lastRow(audioHashesPath)]);
  if (frame?.pts === undefined || block?.pts === undefined) return null;
  const pictureS = (frame.pts + 1) / toNumber(frameRate);
  return Math.round(((block.pts + block.duration) / sampleRateHz - pictureS) * 1000);
}

async function lastRow(path: string) {
  const tail = await readTail(path, 512);
  const whole = tail?.text.slice(0, tail.text.lastIndexOf('\n')).split('\n').at(-1);
  return whole?.startsWith('#') ? undefined : parseFrameHashRow(whole ?? '');
}
