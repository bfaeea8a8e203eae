import type { timecodeBreaks } from './pass.ts';
import { type Rational, rational } from './rational.ts';
import { nominalFrameRate, parseTimecode } from './timecode.ts';

/** A tape may have thousands of breaks: so many of a pass are events, all are in its file of timecodes. */
export const toldTimecodeBreaks = 200;

/** One place where a timecode does not go on as it should. `before` and `after` are the values on its two sides. */
export interface TimecodeBreak {
  frame: number;
  kind: (typeof timecodeBreaks)[number];
  before: string | null;
  after: string | null;
}

export interface TimecodeJudge {
  /**
   * Takes the value of the next frame, null where there is none. Frames come in order, each once at most. `tapeFrame` is its
   * place on the tape by its time, where that is known: frames that the card lost are no break of the tape's timecode.
   */
  add(frame: number, timecode: string | null, tapeFrame?: number): TimecodeBreak[];
}

/** A hole no longer than this, behind which the count goes on, is in the pass's list but no event: a dropout, say. */
const toleratedHoleFrames = 5;

/**
 * Finds where a timecode breaks. Numbers that drop-frame counting leaves out are no break, whether the value says that it
 * drops or not; nor is midnight. From 48 frames a second on, one value may stand for two frames (SMPTE ST 12-1 counts pairs)
 * or each frame have its own: what the source does first counts.
 */
export function createTimecodeJudge(rate: Rational): TimecodeJudge {
  let framesPerValue = nominalFrameRate(rate) >= 48 ? 2 : 1;
  let isSure = framesPerValue === 1;
  let last: { frame: number; tapeFrame: number; text: string } | undefined;
  /** Which frame of its value the last one was, and whether that is known. */
  let phase = 0;
  let isPhaseKnown = false;
  let isLost = false;
  let isRepeating = false;

  function judge(before: string, after: string, frames: number): TimecodeBreak['kind'] | undefined {
    if (after === before && frames === 1) {
      if (framesPerValue === 2 && phase === 0) {
        phase = 1;
        isPhaseKnown = true;
        isSure = true;
        return undefined;
      }
      const isFirst = !isRepeating;
      isRepeating = true;
      return isFirst ? 'repeat' : undefined;
    }
    isRepeating = false;
    const steps = framesPerValue === 1 ? frames : Math.floor((phase + frames) / 2);
    const ahead = distance(before, after, framesPerValue === 1 ? [rate] : [halved(rate), rate]);
    const off = ahead - steps;
    phase = (phase + frames) % framesPerValue;
    if (off === 0) return undefined;
    const mayBeFirst = framesPerValue === 2 && !isPhaseKnown;
    phase = 0;
    isPhaseKnown = mayBeFirst && off === 1;
    if (isPhaseKnown) return undefined;
    if (!isSure && off === 1 && frames === 1) {
      framesPerValue = 1;
      isSure = true;
      return undefined;
    }
    return off < 0 ? 'jump-back' : 'gap';
  }

  return {
    add(frame, timecode, tapeFrame = frame) {
      if (timecode === null) {
        if (!last || isLost || frame - last.frame <= toleratedHoleFrames) return [];
        isLost = true;
        return [{ frame: last.frame + 1, kind: 'lost', before: last.text, after: null }];
      }
      const before = last?.text ?? null;
      const found: TimecodeBreak[] = isLost ? [{ frame, kind: 'returned', before, after: timecode }] : [];
      isLost = false;
      const kind = last && judge(last.text, timecode, Math.max(1, tapeFrame - last.tapeFrame));
      if (kind) found.push({ frame, kind, before, after: timecode });
      last = { frame, tapeFrame, text: timecode };
      return found;
    },
  };
}

/** Values from one timecode to another, the short way round the day; counted at the first rate at which both are times. */
function distance(before: string, after: string, rates: readonly Rational[]): number {
  // Where the kind of counting changes, both are read without dropped numbers.
  const isMixed = before.at(-3) !== after.at(-3);
  for (const rate of rates) {
    const dropped = isMixed ? undefined : countsOf(before, after, rate);
    const [from, to] = dropped ?? countsOf(plain(before), plain(after), rate) ?? [];
    if (from === undefined || to === undefined) continue;
    const dropsNumbers = dropped !== undefined && after.at(-3) === ';';
    const day = dropsNumbers ? 2_589_408 : 24 * 3600 * nominalFrameRate(rate);
    const forward = (((to - from) % day) + day) % day;
    const short = forward > day / 2 ? forward - day : forward;
    // Two numbers are left out at the start of this minute, without the mark of drop-frame counting.
    const leavesOut = !dropsNumbers && nominalFrameRate(rate) === 30 && /:\d[1-9]:00[:;]02$/.test(after);
    return leavesOut && short === 3 ? 1 : short;
  }
  return Number.NaN;
}

function countsOf(before: string, after: string, rate: Rational): [number, number] | undefined {
  const from = parseTimecode(before, rate);
  const to = parseTimecode(after, rate);
  return from === undefined || to === undefined ? undefined : [from, to];
}

function plain(timecode: string): string {
  return timecode.replace(';', ':');
}

function halved({ num, den }: Rational): Rational {
  return rational(num, den * 2);
}
