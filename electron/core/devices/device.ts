import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';

/** One thing that can be recorded from, as found on this machine now. */
export interface Source {
  /** Stable within a station: `simulator`, `decklink:DeckLink SDI 4K`, ... */
  id: string;
  kind: DeviceKind;
  name: string;
  inputs: { id: string; name: string }[];
  /** A live source cannot wait and cannot be played again; a file can. */
  live: boolean;
  /** Why it cannot be used now, as a sentence; absent when it can. */
  unavailable?: string;
}

export type DeviceKind = 'simulator' | 'file' | 'decklink' | 'v4l2' | 'avfoundation' | 'dshow' | 'iec61883';

/** What the operator chose: `simulator`, `simulator:RECIPE.json`, `file:PATH`, or a device id. */
export interface Selection {
  sourceId: string;
  /** The part behind the colon: a recipe path or shipped recipe name, a media file, an input id. */
  argument?: string;
  /** Capture length in seconds where the operator set one. */
  durationS?: number;
}

/** A source that is open: what the recorder's ffmpeg reads from it, and where the card reports. */
export interface OpenSource {
  /** ffmpeg arguments up to and including `-i URL`. */
  inputArgs: string[];
  video: VideoFormat;
  audio: AudioFormat | undefined;
  live: boolean;
  /** `copy` for streams that are kept as they are (DV, HDV, DVCPRO): never re-encoded. */
  essence: 'encode' | 'copy';
  /** Name of the codec as it arrives (`v210`, `dvvideo`). */
  codec: string;
  /** A file that the card keeps up to date (see card-report.ts); absent where the card reports nothing. */
  cardReportPath?: string;
  /** Frames expected, where the source knows (a file, a simulated tape without loss); else undefined. */
  expectedFrames?: number;
  /** What stood in front of the recorder, for the provenance log. */
  description: string;
  /** Ends what was started for this source (the simulator's process). Never called while a recorder reads. */
  close(): Promise<void>;
}

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

/** One kind of source. Adding one = one file + one line in registry.ts + a row in the conformance test. */
export interface Device {
  kind: DeviceKind;
  /** Every source of this kind that can be seen now. Never throws for "none here": returns []. */
  discover(context: DiscoverContext): Promise<Source[]>;
  /** Whether this argument is a path of this computer: only the station itself may name one, never a screen. */
  namesPath(argument: string): boolean;
  /** Opens one. Throws HelicalError INVALID_INPUT, DEVICE_BUSY, DEVICE_FAILED or FILE_UNREADABLE. */
  open(selection: Selection, context: OpenContext): Promise<OpenSource>;
}
