import type { z } from 'zod';
import type { FfmpegInputs } from '#core/ffmpeg/inputs.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { Selection } from '#shared/domain/selection.ts';
import type { sourceSchema } from '#shared/domain/source.ts';

export type { Selection };

/** One thing that can be recorded from, as found on this machine now. */
export type Source = z.infer<typeof sourceSchema> & { kind: DeviceKind };

export type DeviceKind =
  | 'simulator'
  | 'file'
  | 'decklink'
  | 'v4l2'
  | 'avfoundation'
  | 'dshow'
  | 'iec61883'
  | 'dvrescue'
  | 'hdv'
  | 'ffmpeg';

/** A source that is open: what the recorder's ffmpeg reads from it, and where the card reports. */
export interface OpenSource {
  /** ffmpeg arguments up to and including `-i URL`. */
  inputArgs: string[];
  video: VideoFormat;
  audio: AudioFormat | undefined;
  /** Which of the inputs brings the sound, where it is not the picture's own: 1 for a sound card beside a video card. */
  audioInput?: number;
  live: boolean;
  /** `copy` for streams that are kept as they are (DV, HDV, DVCPRO): never re-encoded. */
  essence: 'encode' | 'copy';
  /** Name of the codec as it arrives (`v210`, `dvvideo`). */
  codec: string;
  /** A file that the card keeps up to date (see card-report.ts); absent where the card reports nothing. */
  cardReportPath?: string;
  /** What the card can hold while the recorder does not read; absent where nobody knows. */
  queue?: { seconds: number; capacityBytes: number };
  /** Where each frame's timecode comes from; absent where the source was not asked for any. */
  timecode?: TimecodeOrigin;
  /** Frames expected, where the source knows (a file, a simulated tape without loss); else undefined. */
  expectedFrames?: number;
  /** A process of this source's own that writes into a file what the recorder reads from it. Its end is the end of the tape. */
  writer?: { pid: number; path: string };
  /** What stood in front of the recorder, for the provenance log. */
  description: string;
  /** Ends what was started for this source (the simulator's process). Never called while a recorder reads. */
  close(): Promise<void>;
}

/** How a frame's timecode reaches the recorder. `format` is what the card was asked for (`vitc`, `rp188any`, ...). */
export type TimecodeOrigin =
  /** In the frame's own metadata, under this key. */
  | { kind: 'metadata'; key: string; format: string; first?: string }
  /** In a file that the card keeps, in the form of ffmpeg/timecode-list.ts, in the order in which frames are handed over. */
  | { kind: 'file'; path: string; format: string; first?: string }
  /** The first frame's alone, in the container; those behind it count on. */
  | { kind: 'container'; first: string };

export interface OpenContext {
  /** Folder for this pass's working files (card report, rendered content): exists, writable. */
  workDir: string;
  /** Folder for content that may be kept between passes (the simulator's rendered scenes). */
  cacheDir: string;
  ffmpegPath: string;
  ffprobePath: string;
  /** Resources folder of a packaged application; the checkout's own when left out. */
  resourcesDir?: string;
  /**
   * Program and arguments that start the simulator's player, to which the job file is added. Left out: this Node on
   * simulator/player-process.ts. A packaged application names itself with the argument that leads to `runPlayer`.
   */
  playerCommand?: readonly [string, ...string[]];
}

export interface DiscoverContext {
  ffmpegPath: string;
  resourcesDir?: string;
}

/** Which device a selection means, whatever it is called: one capture has it to itself. */
export interface DeviceKey {
  /** What the devices hang on; kinds of source that open the same decks share it. */
  bus: string;
  /** The one on it; undefined where whichever is found first is taken, which may be any of them. */
  unit: string | undefined;
}

/** What a machine lacks for a kind of source, as sentences: what it is, and where to get what is missing. */
export interface Lack {
  problem: string;
  remedy: string;
  /** True where this operating system can never have it: then it is not worth a line among the sources. */
  elsewhere?: true;
}

/** What a card's part of ffmpeg said in the recorder's log. `frame` is the card's own count, from 1. */
export type DeviceReport =
  /** The queue was full: a packet of picture or sound was thrown away. */
  | { kind: 'queue-overrun' }
  | { kind: 'signal-lost'; frame?: number }
  | { kind: 'signal-returned'; frame?: number }
  /** The card or the deck is not there any more. */
  | { kind: 'device-gone'; detail: string }
  | { kind: 'standard-changed'; detail: string }
  /** The tape gives no more, in words that would else be those of a card that went away. */
  | { kind: 'source-ended' };

/**
 * One kind of source. Adding one = one file + one line in registry.ts + a row in the conformance test.
 * `inputs` is what the ffmpeg in use says of its own inputs: ask it, never guess.
 */
export interface Device {
  kind: DeviceKind;
  /** What it is called: `Blackmagic DeckLink`. */
  name: string;
  /** Names that may stand behind the question mark of a selection; any other is refused before `open`. */
  optionNames: readonly string[];
  /** What this machine lacks for it; undefined when nothing. `discover` and `open` are only called then. */
  lacks(context: DiscoverContext, inputs: FfmpegInputs): Promise<Lack | undefined>;
  /** Every source of this kind that can be seen now. Never throws for "none here": returns []. */
  discover(context: DiscoverContext, inputs: FfmpegInputs): Promise<Source[]>;
  /**
   * The device behind an argument, by its one true name; undefined for kinds of which any number can be open at once. Never
   * throws for a device that is not there. Absent where the argument is that name.
   */
  deviceKey?(argument: string | undefined): Promise<DeviceKey | undefined>;
  /** Whether this argument is a path of this computer: only the station itself may name one, never a screen. */
  namesPath(argument: string): boolean;
  /** Opens one. Throws HelicalError INVALID_INPUT, DEVICE_BUSY, DEVICE_FAILED or FILE_UNREADABLE. */
  open(selection: Selection, context: OpenContext, inputs: FfmpegInputs): Promise<OpenSource>;
  /** Reads one line of the recorder's log; pure. Absent where the card says nothing there. */
  readLogLine?(line: string): DeviceReport | undefined;
}
