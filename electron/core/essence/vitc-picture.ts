import type { VideoFormat } from '#shared/domain/formats.ts';
import { nominalFrameRate, parseTimecode } from '#shared/domain/timecode.ts';
import { readVitcBits, type Vitc, type VitcSystem } from './vitc.ts';
import { narrowestVitcLine, readVitcLine } from './vitc-line.ts';

/** So many lines at the top of a picture are looked at: in 608 lines, VITC may lie down to the 32nd. */
export const vitcLines = 32;

/** A whole look costs a millisecond: while nothing is found, only every so many frames get one. */
const idleStepFrames = 5;
/** Frames without VITC after which a tape is taken to have none for now. */
const idleAfterFrames = 25;

/** The lines that this picture may carry VITC in; undefined where there can be none (high definition, odd rates). */
export function vitcSystemOf({ width, frameRate }: VideoFormat): VitcSystem | undefined {
  if (width < narrowestVitcLine || width > 768) return undefined;
  return ({ 25: 'PAL', 30: 'NTSC' } as const)[nominalFrameRate(frameRate)];
}

export interface VitcPictureReader {
  /** Reads the next frame's first lines, eight bits a sample. Undefined where no value is sure. */
  read(luma: Uint8Array): Vitc | undefined;
}

/**
 * Reads VITC frame by frame. A value counts when two lines of the frame say it, or when one does and it goes on from the
 * frame before: one line's eight bits of CRC are too few for all the lines of a long tape.
 */
export function createVitcPictureReader(video: VideoFormat, system: VitcSystem): VitcPictureReader {
  const { width, frameRate } = video;
  /** Lines in which something was found lately, the best first. */
  let known: number[] = [];
  let framesWithout = idleAfterFrames;
  let before: { timecode: string; framesAgo: number } | undefined;

  function readLine(luma: Uint8Array, line: number): Vitc | undefined {
    const bits = readVitcLine(luma, line * width, width, system);
    return bits && readVitcBits(bits, system);
  }

  function goesOn(timecode: string): boolean {
    if (!before) return false;
    const [from, to] = [parseTimecode(before.timecode, frameRate), parseTimecode(timecode, frameRate)];
    return from !== undefined && to !== undefined && to - from === before.framesAgo;
  }

  function look(luma: Uint8Array): Vitc | undefined {
    const lines = Math.min(vitcLines, Math.floor(luma.length / width));
    const found: { line: number; vitc: Vitc }[] = [];
    const take = (line: number) => {
      const vitc = readLine(luma, line);
      if (vitc) found.push({ line, vitc });
    };
    for (const line of known) take(line);
    let chosen = agreed(found);
    if (!chosen && (framesWithout < idleAfterFrames || framesWithout % idleStepFrames === 0)) {
      for (let line = 0; line < lines; line++) if (!known.includes(line)) take(line);
      chosen = agreed(found);
    }
    if (found.length > 0) {
      const lately = found.map(({ line }) => line);
      known = [...lately, ...known.filter((line) => !lately.includes(line))].slice(0, 4);
    }
    const alone = found.find(({ vitc }) => goesOn(vitc.timecode))?.vitc;
    const candidate = chosen ?? alone ?? found[0]?.vitc;
    if (candidate) before = { timecode: candidate.timecode, framesAgo: 0 };
    return chosen ?? alone;
  }

  return {
    read(luma) {
      if (before) before.framesAgo += 1;
      const vitc = look(luma);
      framesWithout = vitc ? 0 : framesWithout + 1;
      return vitc;
    },
  };
}

/** The value that most lines say, two at least; of two that are said as often, the first field's. */
function agreed(found: readonly { vitc: Vitc }[]): Vitc | undefined {
  let best: { vitc: Vitc; lines: number } | undefined;
  for (const { vitc } of found) {
    const same = found.filter((other) => other.vitc.timecode === vitc.timecode).length;
    const isBetter = same > (best?.lines ?? 1) || (same === best?.lines && vitc.field < best.vitc.field);
    if (isBetter) best = { vitc, lines: same };
  }
  return best?.vitc;
}
