import type { CapturePlan } from '#shared/domain/capture-plan.ts';
import type { FrameContent } from '#shared/domain/frame-content.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import { type Rational, toNumber } from '#shared/domain/rational.ts';
import { nominalFrameRate, parseTimecode } from '#shared/domain/timecode.ts';

/** What is known of a recording when its plan is looked at. */
export interface PlanFacts {
  /** Frames that the recorder has taken in. */
  frames: number;
  /** Seconds since the last look, by a clock that nobody sets. */
  elapsedS: number;
  /** What the card says of its signal; undefined where it says nothing. */
  signal: 'present' | 'lost' | undefined;
}

export interface PlanVerdict {
  /** The frame from which the programme counts, as soon as it is known. */
  programmeStartFrame: number | undefined;
  /** Why the recording is to be ended now. */
  stop: EndReason | undefined;
}

/**
 * Follows what a recording shows and says when its plan's conditions have come true. Knows nothing of files or clocks.
 *
 * Pictures and timecodes are told when they are known, which is after they were recorded: what is judged late ends a recording
 * late, and what was never judged (measuring gave way, or failed) ends nothing.
 */
export interface PlanWatch {
  /** Frame whose content is wanted next. */
  readonly nextContent: number;
  /** Contents from `nextContent` on. */
  addContents(contents: readonly FrameContent[]): void;
  /** The timecode of a frame; null where it has none. In the order of frames. */
  addTimecode(frame: number, timecode: string | null): void;
  look(facts: PlanFacts): PlanVerdict;
  /** Frames that are still to come of a length that is counted here; undefined where none is, or its start is not known. */
  framesLeft(frames: number): number | undefined;
  /** Frames that are judged so far by pictures or timecodes; null where the plan asks for neither. */
  judgedFrames(): number | null;
}

/** A picture that stays for so long is one. */
const pictureS = 1;
/** A timecode that was just missed (lost for a moment, read too late) still counts so long after it. */
const missedS = 10;
/** A look that comes later than this (a machine that slept) does not count whole: nobody looked in between. */
const longestLookS = 1;

/** Starts the watch of a plan. `programmeStartFrame`: what an earlier engine has found already. */
export function createPlanWatch(
  { start, stop }: CapturePlan,
  rate: Rational,
  programmeStartFrame?: number | undefined,
): PlanWatch {
  const framesOf = (seconds: number) => Math.max(1, Math.round(seconds * toNumber(rate)));
  let programmeStart = programmeStartFrame ?? (start.on === 'operator' ? 0 : undefined);
  let nextContent = 0;
  let knownContents = 0;
  let timecodeFrames = 0;
  let hasSeenPicture = false;
  /** Frames in a row, up to the last one judged. */
  const inARow = { picture: 0, tapeEnd: 0, flat: 0 };
  let hasHadSignal = false;
  let lost: { sinceFrame: number; seconds: number } | undefined;
  let reached: EndReason | undefined;

  const asksForPictures =
    start.on === 'signal' || stop.tapeEndS !== undefined || stop.signalLostS !== undefined;
  const asksForTimecode = start.on === 'timecode' || stop.timecode !== undefined;

  /** How many of the frames in a row, the last of which is `frame`, belong to the programme. */
  const ofProgramme = (frames: number, frame: number): number =>
    programmeStart === undefined ? 0 : Math.min(frames, frame - programmeStart + 1);

  function addContent(frame: number, content: FrameContent): void {
    if (content !== 'unknown') knownContents += 1;
    inARow.picture = content === 'picture' ? inARow.picture + 1 : 0;
    inARow.flat = content === 'flat' ? inARow.flat + 1 : 0;
    const isTapeEnd = content === 'noise' || content === 'flat' || content === 'silent-black';
    inARow.tapeEnd = isTapeEnd ? inARow.tapeEnd + 1 : 0;
    if (inARow.picture >= framesOf(pictureS)) {
      hasSeenPicture = true;
      if (start.on === 'signal') programmeStart ??= frame - inARow.picture + 1;
    }
    // A deck that was not running yet has no tape that could end.
    if (!hasSeenPicture) return;
    if (stop.tapeEndS !== undefined && ofProgramme(inARow.tapeEnd, frame) >= framesOf(stop.tapeEndS))
      reached ??= 'tape-end';
    if (stop.signalLostS !== undefined && ofProgramme(inARow.flat, frame) >= framesOf(stop.signalLostS))
      reached ??= 'signal-lost';
  }

  /** Whether a timecode is the one that was set, or comes so soon after it that it was missed. A jump beyond is neither. */
  function isAt(timecode: string, set: string): boolean {
    const [now, wanted] = [parseTimecode(timecode, rate), parseTimecode(set, rate)];
    if (now === undefined || wanted === undefined) return false;
    const dayFrames = 24 * 3600 * nominalFrameRate(rate);
    return (now - wanted + dayFrames) % dayFrames < framesOf(missedS);
  }

  /** With the operator's word as the start the recorder itself cuts at the exact frame. */
  function framesLeft(frames: number): number | undefined {
    if (start.on === 'operator' || programmeStart === undefined || stop.durationS === undefined)
      return undefined;
    return Math.max(0, programmeStart + framesOf(stop.durationS) - frames);
  }

  function lookAtSignal({ frames, elapsedS, signal }: PlanFacts): void {
    if (stop.signalLostS === undefined || signal === undefined) return;
    if (signal === 'present') {
      hasHadSignal = true;
      lost = undefined;
      return;
    }
    if (!hasHadSignal || programmeStart === undefined) return;
    lost ??= { sinceFrame: frames, seconds: 0 };
    if (frames > lost.sinceFrame) lost.seconds += Math.min(elapsedS, longestLookS);
    const recordedS = (frames - lost.sinceFrame) / toNumber(rate);
    if (Math.max(recordedS, lost.seconds) >= stop.signalLostS) reached ??= 'signal-lost';
  }

  function hasWaitedInVain(): boolean {
    if (start.on === 'operator' || start.waitS === undefined || programmeStart !== undefined) return false;
    const waitFrames = framesOf(start.waitS);
    if (start.on === 'timecode') return timecodeFrames >= waitFrames;
    // A picture that has just come may yet stay.
    return knownContents - inARow.picture >= waitFrames;
  }

  return {
    get nextContent() {
      return nextContent;
    },
    addContents(contents) {
      for (const content of contents) {
        addContent(nextContent, content);
        nextContent += 1;
      }
    },
    addTimecode(frame, timecode) {
      timecodeFrames = Math.max(timecodeFrames, frame + 1);
      if (timecode === null) return;
      if (start.on === 'timecode' && isAt(timecode, start.timecode)) programmeStart ??= frame;
      if (stop.timecode === undefined || programmeStart === undefined || frame < programmeStart) return;
      if (isAt(timecode, stop.timecode)) reached ??= 'timecode';
    },
    look(facts) {
      lookAtSignal(facts);
      if (hasWaitedInVain()) reached ??= 'start-not-seen';
      if (framesLeft(facts.frames) === 0) reached ??= 'duration';
      return { programmeStartFrame: programmeStart, stop: reached };
    },
    framesLeft,
    judgedFrames() {
      if (!asksForPictures && !asksForTimecode) return null;
      return Math.min(
        asksForPictures ? nextContent : Number.POSITIVE_INFINITY,
        asksForTimecode ? timecodeFrames : Number.POSITIVE_INFINITY,
      );
    },
  };
}
