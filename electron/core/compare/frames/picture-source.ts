/** A frame as it came out of a decoder. */
export interface DecodedPicture {
  frame: number;
  /** Memory that is used again when nobody holds it (plane-memory.ts). */
  planes: Uint8Array;
  /** The decoder complained: part of it is from elsewhere. */
  damaged: boolean;
}

/** Decodes the pictures of one file, one at a time: the next is asked for when the last has come. */
export interface PictureSource {
  /** Frames in the file; of one that grows, those that had come when it was last looked at. */
  readonly frames: number;
  /** Looks what has come since; undefined for a file that does not grow. Throws the system's error, RangeError. */
  readonly readOn?: () => Promise<void>;
  /**
   * Undefined where nothing of this frame can be decoded. Throws HelicalError FFMPEG_FAILED where the decoder itself cannot run, or
   * ends twice at this frame.
   */
  decode(frame: number): Promise<DecodedPicture | undefined>;
  /** It has a process now. */
  readonly isRunning: boolean;
  /** Ends its process, and resolves when it is gone; `decode` starts another. */
  rest(): Promise<void>;
  /** The same for good; what is being decoded is given up. */
  close(): Promise<void>;
}
