import { sampleRateHz } from '#core/devices/simulator/standard.ts';

/** Linear timecode (SMPTE 12M): biphase mark, 80 bits a frame, from 01:00:00:00, with the slopes of a tape head. */
export function ltc(samples: number, framesPerSecond: number): Float32Array {
  const out = new Float32Array(samples);
  const perBit = sampleRateHz / (Math.round(framesPerSecond) * 80);
  let level = 1;
  let bit = -1;
  let isHalf = false;
  let soft = 0;
  for (let at = 0; at < samples; at++) {
    const now = Math.floor(at / perBit);
    if (now !== bit) {
      bit = now;
      isHalf = false;
      level = -level;
    } else if (!isHalf && at - bit * perBit >= perBit / 2) {
      isHalf = true;
      if (bitOf(bit, Math.round(framesPerSecond))) level = -level;
    }
    soft += 0.35 * (level - soft);
    out[at] = soft;
  }
  return out;
}

const syncWord = '0011111111111101';

function bitOf(index: number, framesPerSecond: number): boolean {
  const place = index % 80;
  const frame = Math.floor(index / 80);
  if (place >= 64) return syncWord[place - 64] === '1';
  const seconds = Math.floor(frame / framesPerSecond);
  const inSecond = frame % framesPerSecond;
  const fields: readonly [at: number, bits: number, value: number][] = [
    [0, 4, inSecond % 10],
    [8, 2, Math.floor(inSecond / 10)],
    [16, 4, seconds % 10],
    [24, 3, Math.floor(seconds / 10) % 6],
    [48, 4, 1],
  ];
  return fields.some(
    ([at, bits, value]) => place >= at && place < at + bits && ((value >> (place - at)) & 1) === 1,
  );
}
