import type { VideoFormat } from '#shared/domain/formats.ts';

const sequenceBytes = 12_000;
const blockBytes = 80;
/** Pack of the title timecode (IEC 61834-4). */
const timecodePack = 0x13;

/**
 * Bytes of one frame of DV or DVCPRO at standard definition: 12 sequences with 625 lines, 10 with 525, twice as many at 50 Mb/s
 * (IEC 61834-2, SMPTE ST 314). Undefined for anything else.
 */
export function dvFrameBytes({
  height,
  pixelFormat,
}: Pick<VideoFormat, 'height' | 'pixelFormat'>): number | undefined {
  const sequences = { 576: 12, 480: 10 }[height];
  return sequences && sequences * sequenceBytes * (pixelFormat === 'yuv422p' ? 2 : 1);
}

/**
 * The timecode in the subcode of one frame: the value that most of its packs have, `HH:MM:SS:FF`, or with `;` where 525 lines count
 * drop-frame. Undefined where there is none, or where no two packs agree: subcode has no check but its repetition.
 */
export function dvTimecode(frame: Uint8Array): string | undefined {
  const counts = new Map<string, number>();
  // The header of the first sequence says how many lines there are.
  const isPal = ((frame[3] ?? 0) & 0x80) !== 0;
  for (let sequence = 0; sequence + sequenceBytes <= frame.length; sequence += sequenceBytes) {
    for (let block = 1; block <= 2; block++) {
      const at = sequence + block * blockBytes;
      // Section type 1 is subcode: three bytes of identity, then six syncs of eight bytes, the pack in the last five.
      if ((frame[at] as number) >> 5 !== 1) continue;
      for (let sync = 0; sync < 6; sync++) {
        const pack = frame.subarray(at + 3 + sync * 8 + 3, at + 3 + sync * 8 + 8);
        const timecode = pack[0] === timecodePack ? readPack(pack, isPal) : undefined;
        if (timecode !== undefined) counts.set(timecode, (counts.get(timecode) ?? 0) + 1);
      }
    }
  }
  let best: [string, number] | undefined;
  for (const entry of counts) if (entry[1] > (best?.[1] ?? 1)) best = entry;
  return best?.[0];
}

function readPack(pack: Uint8Array, isPal: boolean): string | undefined {
  const [, frames, seconds, minutes, hours] = pack as unknown as [number, number, number, number, number];
  const parts = [
    [hours & 0x3f, 23],
    [minutes & 0x7f, 59],
    [seconds & 0x7f, 59],
    [frames & 0x3f, isPal ? 24 : 29],
  ].map(([bcd = 0, most = 0]) => {
    const value = (bcd >> 4) * 10 + (bcd & 15);
    return (bcd & 15) > 9 || value > most ? undefined : String(value).padStart(2, '0');
  });
  if (parts.includes(undefined)) return undefined;
  const drops = !isPal && (frames & 0x40) !== 0;
  return `${parts.slice(0, 3).join(':')}${drops ? ';' : ':'}${parts[3]}`;
}
