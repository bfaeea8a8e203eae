import { open } from 'node:fs/promises';

/**
 * What stands in the way of taking an MP4 as a whole, fast-starting file; undefined when nothing does. ffmpeg exits 0 even
 * when it could not move the index to the front (ISO/IEC 14496-12, 4.2: boxes of 32-bit size and type).
 */
export async function problemOfMp4(path: string): Promise<string | undefined> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const head = Buffer.alloc(16);
  const types: string[] = [];
  for (let offset = 0; offset < size; ) {
    const { bytesRead } = await file.read(head, 0, 16, offset);
    if (bytesRead < 8) return 'the access copy ends inside a box';
    const short = head.readUInt32BE(0);
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? size - offset : short;
    if (length < 8 || offset + length > size) return 'the access copy ends inside a box';
    types.push(head.toString('latin1', 4, 8));
    offset += length;
  }
  const index = types.indexOf('moov');
  if (index === -1 || !types.includes('mdat')) return 'the access copy has no index or no pictures';
  return index < types.indexOf('mdat') ? undefined : 'the index of the access copy is not at its front';
}
