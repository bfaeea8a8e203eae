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
  /** An end that comes if it goes on as it does; told from half of its time on. */
  near: { reason: EndReason; inS: number } | undefined;
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

/** Works have pauses, monochromes and snow too: no shorter run of pictures ends a recording, whatever was set (ADR 0042). */
export const leastByPicturesS = 10;

const silentKinds: ReadonlySet<FrameContent> = new Set(['silent-noise', 'silent-black', 'blank']);
const flatKinds: ReadonlySet<FrameContent> = new Set(['silent-flat', 'blank']);

/**
 * Starts the watch of a plan. `programmeStartFrame`: what an earlier engine has found already. `byPicturesS`: the least seconds of
 * pictures that end a recording.
 */
export function createPlanWatch(
  { start, stop }: CapturePlan,
  rate: Rational,
  programmeStartFrame?: number | undefined,
  byPicturesS: number = leastByPicturesS,
): PlanWatch {
  const framesOf = (seconds: number) => Math.max(1, Math.round(seconds * toNumber(rate)));
  let programmeStart = programmeStartFrame ?? (start.on === 'operator' ? 0 : undefined);
  let nextContent = 0;
  let knownContents = 0;
  let timecodeFrames = 0;
  let hasSeenPicture = false;
  let lastFrame = -1;
  /** The longest runs of the programme since the last look: a follower that comes late brings many frames at once. */
  const longest = { tapeEnd: 0, tapeEndOrFlat: 0, flat: 0 };
  /**
   * Frames in a row, up to the last one judged. `noise`: snow, whatever sounds. `silent`: snow or black without sound, in any order.
   * `silentOrFlat`: the same with silent flat fields, and `flat`: those and blank ones; both only while the card does not say that
   * its signal is there.
   */
  const inARow = { picture: 0, noise: 0, silent: 0, silentOrFlat: 0, flat: 0 };
  /** What the card said last; undefined as long as it has said nothing. */
  let cardSays: 'present' | 'lost' | undefined;
  let presentUntilFrame = -1;
  let near: PlanVerdict['near'];
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
    // What was judged late came while the card spoke otherwise.
    const mayBeFlat = cardSays !== 'present' && frame > presentUntilFrame;
    const isSilent = silentKinds.has(content);
    const count = (kind: keyof typeof inARow, isOne: boolean) => {
      inARow[kind] = isOne ? inARow[kind] + 1 : 0;
    };
    count('picture', content === 'picture');
    count('noise', content === 'noise' || content === 'silent-noise');
    count('silent', isSilent);
    count('silentOrFlat', mayBeFlat && (isSilent || content === 'silent-flat'));
    count('flat', mayBeFlat && flatKinds.has(content));
    lastFrame = frame;
    if (inARow.picture >= framesOf(pictureS)) {
      hasSeenPicture = true;
      if (start.on === 'signal') programmeStart ??= frame - inARow.picture + 1;
    }
    // A deck that was not running yet has no tape that could end.
    if (!hasSeenPicture) return;
    longest.tapeEnd = Math.max(longest.tapeEnd, ofProgramme(Math.max(inARow.noise, inARow.silent), frame));
    longest.tapeEndOrFlat = Math.max(longest.tapeEndOrFlat, ofProgramme(inARow.silentOrFlat, frame));
    longest.flat = Math.max(longest.flat, ofProgramme(inARow.flat, frame));
  }

  /** Ends by pictures, when it is known what the card says of them. A signal that is there makes every flat field a picture. */
  function lookAtPictures(): void {
    if (cardSays === 'present') {
      inARow.silentOrFlat = inARow.flat = 0;
      longest.tapeEndOrFlat = longest.flat = 0;
    }
    const tapeEnd = Math.max(longest.tapeEnd, longest.tapeEndOrFlat);
    const flat = cardSays === undefined ? longest.flat : 0;
    longest.tapeEnd = longest.tapeEndOrFlat = longest.flat = 0;
    if (!hasSeenPicture) return;
    const inARowNow = Math.max(inARow.noise, inARow.silent, inARow.silentOrFlat);
    comesNear('tape-end', stop.tapeEndS, tapeEnd, inARowNow);
    comesNear('signal-lost', stop.signalLostS, flat, cardSays === undefined ? inARow.flat : 0);
  }

  function comesNear(reason: EndReason, setS: number | undefined, longestRun: number, run: number): void {
    if (setS === undefined) return;
    const wanted = framesOf(Math.max(setS, byPicturesS));
    if (longestRun >= wanted) reached ??= reason;
    const now = ofProgramme(run, lastFrame);
    if (now >= wanted / 2) near ??= { reason, inS: Math.max(0, wanted - now) / toNumber(rate) };
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
    cardSays = signal ?? cardSays;
    if (cardSays === 'present') presentUntilFrame = frames - 1;
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
    const lostS = Math.max(recordedS, lost.seconds);
    if (lostS >= stop.signalLostS) reached ??= 'signal-lost';
    if (lostS >= stop.signalLostS / 2) near = { reason: 'signal-lost', inS: stop.signalLostS - lostS };
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
      near = undefined;
      lookAtSignal(facts);
      lookAtPictures();
      if (hasWaitedInVain()) reached ??= 'start-not-seen';
      if (framesLeft(facts.frames) === 0) reached ??= 'duration';
      return {
        programmeStartFrame: programmeStart,
        stop: reached,
        near: reached === undefined ? near : undefined,
      };
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
