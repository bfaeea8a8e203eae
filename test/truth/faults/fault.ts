import type { Strength, TruthEvent } from '../label.ts';
import type { ProgrammeName } from '../scene/programme.ts';
import type { Sound, SoundName } from '../sound/programme-sound.ts';
import type { Canvas, Codes, Raster } from '../tape/canvas.ts';
import type { Deck } from '../tape/playback.ts';

/** Where a fault goes, and how strong. */
export interface Place {
  startFrame: number;
  endFrame: number;
  strength: Strength;
  seed: number;
  raster: Raster;
  /** Of the whole tape. */
  frames: number;
}

/** What a fault does on the way from the scene to the file. Each hook looks by itself whether the frame is its own. */
export interface Fault {
  /** True besides the fault itself: nobody should call it a false alarm. */
  alsoTrue?: readonly { check: string; startFrame: number; endFrame: number }[];
  /** Where the label differs from the place. */
  label?: Partial<TruthEvent>;
  /** Where the label differs from the place in what is known only when the sound was made. */
  heard?(): Partial<TruthEvent>;
  /** Which frame of the scene is shown: a capture that loses frames jumps. */
  sourceFrame?(frame: number): number;
  /** As it is recorded: levels and colours of the work itself. */
  record?(canvas: Canvas, frame: number): void;
  /** What tape and heads do, after noise and bandwidth. */
  playback?(canvas: Canvas, frame: number): void;
  /** Time base corrector and what else lies before the converter. */
  beforeConverter?(canvas: Canvas, frame: number): void;
  /** Behind the converter, in codes. */
  codes?(codes: Codes, frame: number): void;
  /** More noise or less, before a frame is played. */
  deck?(deck: Deck, frame: number): void;
  /** The programme's sound, before tape. */
  recordSound?(sound: Sound): void;
  /** The sound as it comes from the deck. */
  playSound?(sound: Sound): void;
  /** How many samples the file gets more (or fewer) than its pictures are long. */
  extraSamples?: number;
}

/** One way in which a fault comes about. */
export interface FaultKind {
  check: string;
  /** A word for this way: part of the file's name. */
  way: string;
  /** Frames of an event at the three strengths (at 25 a second), or the whole tape. */
  lengths: readonly [number, number, number] | 'whole';
  /** Pictures and sound in which the fault can be seen or heard at all. */
  programme?: ProgrammeName;
  sound?: SoundName;
  /** Digital only: needs a file of ten bits. */
  tenBitOnly?: boolean;
  make(place: Place): Fault;
}

/** Whether a frame lies in a place. */
export function isIn(place: Pick<Place, 'startFrame' | 'endFrame'>, frame: number): boolean {
  return frame >= place.startFrame && frame <= place.endFrame;
}

/** One of three values. */
export function byStrength<Value>(strength: Strength, values: readonly [Value, Value, Value]): Value {
  return values[strength - 1] as Value;
}
