import { formatTimecode, nominalFrameRate, parseTimecode } from '#shared/domain/timecode.ts';
import { type CardFaults, layCardFaults } from './card-faults.ts';
import type { Fault, FaultKind, Recipe, Segment } from './recipe.ts';
import { type Standard, standards } from './standard.ts';

/** A fault with its place worked out in frames. */
export type PlacedFault = Fault & { startFrame: number; endFrame: number };

/** A recipe laid out on a tape: every question is answered by frame number. */
export interface Tape {
  recipe: Recipe;
  standard: Standard;
  width: number;
  height: number;
  totalFrames: number;
  /** The segment that is playing at a frame, and its place in the list. */
  segmentAt(frame: number): { segment: Segment; index: number };
  faultsAt(frame: number): PlacedFault[];
  hasFault(frame: number, kind: FaultKind): boolean;
  /** The frame whose picture is seen: another than `frame` while the tape is frozen. */
  pictureFrame(frame: number): number;
  /** Timecode of a frame, as the deck counts it. */
  timecodeAt(frame: number): string;
  /** What the tape carries of it; undefined where it has none. */
  timecodeOn(frame: number): string | undefined;
  /** What the card does wrong, as against the tape. */
  cardFaults: CardFaults;
}

/** Frames of a day in drop-frame counting: 24 hours of 107,892. */
const dropFrameDay = 2_589_408;

/** Lays a recipe out. `durationS` cuts it short; it never makes it longer. */
export function layTape(recipe: Recipe, durationS?: number): Tape {
  const standard = standards[recipe.standard];
  const toFrames = (seconds: number) =>
    Math.round((seconds * standard.frameRate.num) / standard.frameRate.den);
  let seconds = 0;
  const ends = recipe.segments.map((segment) => {
    seconds += segment.seconds;
    return toFrames(seconds);
  });
  const wholeFrames = Math.max(1, ends.at(-1) ?? 0);
  const faults: PlacedFault[] = recipe.faults.map((fault) => {
    const startFrame = fault.atFrame ?? toFrames(fault.atSeconds ?? 0);
    return { ...fault, startFrame, endFrame: startFrame + fault.frames };
  });
  const dropFrame = recipe.timecodeStart.includes(';');
  const firstTimecode = parseTimecode(recipe.timecodeStart, standard.frameRate) ?? 0;
  const faultsAt = (frame: number) =>
    faults.filter((fault) => frame >= fault.startFrame && frame < fault.endFrame);

  const tape: Tape = {
    recipe,
    standard,
    width: recipe.raster?.width ?? standard.width,
    height: recipe.raster?.height ?? standard.height,
    totalFrames:
      durationS === undefined ? wholeFrames : Math.max(1, Math.min(wholeFrames, toFrames(durationS))),
    segmentAt(frame) {
      const found = ends.findIndex((end) => frame < end);
      const index = found < 0 ? recipe.segments.length - 1 : found;
      return { segment: recipe.segments[index] as Segment, index };
    },
    cardFaults: layCardFaults(recipe.cardFaults),
    faultsAt,
    hasFault: (frame, kind) => faultsAt(frame).some((fault) => fault.kind === kind),
    pictureFrame: (frame) => faultsAt(frame).find((fault) => fault.kind === 'freeze')?.startFrame ?? frame,
    timecodeAt(frame) {
      const broken = faultsAt(frame).find((fault) => fault.kind === 'timecode-break');
      const jump = broken?.kind === 'timecode-break' ? (broken.jumpFrames ?? 0) : 0;
      const day = dropFrame ? dropFrameDay : 24 * 3600 * nominalFrameRate(standard.frameRate);
      // A jump may go back past midnight.
      const count = (((firstTimecode + frame + jump) % day) + day) % day;
      return formatTimecode(count, standard.frameRate, dropFrame);
    },
    timecodeOn(frame) {
      const isMissing = faultsAt(frame).some(
        (fault) =>
          fault.kind === 'signal-loss' || (fault.kind === 'timecode-break' && fault.jumpFrames === null),
      );
      return isMissing ? undefined : tape.timecodeAt(frame);
    },
  };
  return tape;
}
