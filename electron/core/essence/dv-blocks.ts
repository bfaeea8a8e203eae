const blockBytes = 80;
/** A DIF sequence: 150 blocks, what one pass of a head over the tape writes (IEC 61834-2, SMPTE ST 314). */
const sequenceBytes = 150 * blockBytes;
const audioSection = 3;
const videoSection = 4;

/**
 * Error status (STA) of a video block, the upper half of its fourth byte (IEC 61834-4, SMPTE ST 314, 4.4.1): 0 is good; 2, 4 and
 * 6 say by what the deck replaced it; 7 and 10 to 15 that it holds errors. The rest is reserved.
 */
const badStatus: readonly boolean[] = Array.from(
  { length: 16 },
  (_, code) => code === 2 || code === 4 || code === 6 || code === 7 || code >= 10,
);

/** Bad blocks of one frame, those of even and of odd DIF sequences apart: two heads take turns. */
export interface DvFrameErrors {
  /** Video blocks in all sequences of that parity, and those that were not read. */
  even: { blocks: number; bad: number };
  odd: { blocks: number; bad: number };
  /** Audio blocks whose samples all have the value that stands for an error. */
  badAudioBlocks: number;
}

/**
 * Counts what a frame of DV says of its own blocks. Blocks that are no video or sound, and those whose head makes no sense, are
 * passed over. `frame` holds whole DIF sequences; a rest is not looked at.
 */
export function dvFrameErrors(frame: Uint8Array): DvFrameErrors {
  const errors: DvFrameErrors = {
    even: { blocks: 0, bad: 0 },
    odd: { blocks: 0, bad: 0 },
    badAudioBlocks: 0,
  };
  const sequences = Math.floor(frame.length / sequenceBytes);
  for (let sequence = 0; sequence < sequences; sequence++) {
    const tally = sequence % 2 === 0 ? errors.even : errors.odd;
    for (let block = 0; block < 150; block++) {
      const at = sequence * sequenceBytes + block * blockBytes;
      const section = (frame[at] as number) >> 5;
      if (section === videoSection) {
        tally.blocks++;
        if (badStatus[(frame[at + 3] as number) >> 4]) tally.bad++;
      } else if (section === audioSection && isAudioError(frame, at)) {
        errors.badAudioBlocks++;
      }
    }
  }
  return errors;
}

/**
 * 8000h in each sample of 16 bit, 808000h in each pair of 12 bit: reserved for samples in error, as MediaArea's DV Analyzer reads
 * them too (archive.org/details/DvAnalyzerSampleDvAudioErrors). No microphone gives that throughout a block.
 */
function isAudioError(frame: Uint8Array, at: number): boolean {
  const first = at + 8;
  if (frame[first] !== 0x80) return false;
  const pattern = frame[first + 1] === 0 ? [0x80, 0] : [0x80, 0x80, 0];
  for (let byte = 0; byte < 72; byte++) {
    if (frame[first + byte] !== pattern[byte % pattern.length]) return false;
  }
  return true;
}
