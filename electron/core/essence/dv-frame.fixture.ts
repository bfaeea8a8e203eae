const blockBytes = 80;

/**
 * A frame of DV by its layout alone (IEC 61834-2): in each sequence a header, two blocks of subcode, three of VAUX, then nine times
 * a block of sound and fifteen of picture. `status` gives the STA of a video block, by sequence and number within it.
 */
export function dvFrame(
  sequences: number,
  status: (sequence: number, videoBlock: number) => number = () => 0,
): Uint8Array {
  const frame = new Uint8Array(sequences * 150 * blockBytes);
  for (let sequence = 0; sequence < sequences; sequence++) {
    let video = 0;
    for (let block = 0; block < 150; block++) {
      const at = (sequence * 150 + block) * blockBytes;
      const isSound = block >= 6 && (block - 6) % 16 === 0;
      const section = block === 0 ? 0 : block < 3 ? 1 : block < 6 ? 2 : isSound ? 3 : 4;
      frame[at] = (section << 5) | 0x1f;
      frame[at + 1] = (sequence << 4) | 7;
      if (section === 4) frame[at + 3] = (status(sequence, video++) << 4) | 0x0f;
      // Header: 625 lines. A sample of sound that is no error.
      if (section === 0) frame[at + 3] = 0xbf;
      if (section === 3) frame[at + 8] = 0x12;
    }
  }
  return frame;
}
