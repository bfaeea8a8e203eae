import type { PictureHeader } from '#shared/domain/picture-planes.ts';

/** One frame as it was decoded: planes one after another (shared/domain/picture-planes.ts). */
export interface Picture {
  header: PictureHeader;
  planes: Uint8Array;
  /** To be called once when the planes were read: their memory is used again. Where nobody says so it is left to the collector. */
  release(): void;
}

/** A file that pictures are asked of. */
export interface PictureFile {
  /** The same for as long as its bytes are the same: a file's id. */
  key: string;
  path: string;
  /** Frames that are known to be in it; undefined: it is found out. */
  frames: number | undefined;
  /** A master that a recorder is writing: it has more frames each time. Default: its bytes are there. */
  isGrowing?: boolean;
}
