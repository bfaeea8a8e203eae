import { parseFrameHashRow } from '#core/essence/frame-hashes.ts';
import { type Rational, toNumber } from '#shared/domain/rational.ts';
import { readTail } from './file-tail.ts';

/**
 * Sound minus picture in milliseconds: where the two hash lists end. A frame or two is the grain of it, since both are being
 * written; what grows beyond that is drift. Null while one of them is empty.
 */
export async function driftMs(
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
