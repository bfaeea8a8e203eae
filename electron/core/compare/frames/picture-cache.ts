import type { DecodedPicture } from './picture-source.ts';
import type { PlaneMemory } from './plane-memory.ts';

/** Decoded pictures of all files, up to a number of bytes; those used longest ago go first. */
export interface PictureCache {
  /** Counts as a use. */
  get(fileKey: string, frame: number): DecodedPicture | undefined;
  has(fileKey: string, frame: number): boolean;
  /** Holds it from now on for who got it. */
  keep(fileKey: string, picture: DecodedPicture): void;
  clear(): void;
}

export function createPictureCache(
  capacityBytes: number,
  memory: Pick<PlaneMemory, 'release'>,
): PictureCache {
  const pictures = new Map<string, DecodedPicture>();
  let sizeBytes = 0;
  const nameOf = (fileKey: string, frame: number) => `${fileKey}/${frame}`;

  function drop(name: string): void {
    const dropped = pictures.get(name);
    if (!dropped) return;
    pictures.delete(name);
    sizeBytes -= dropped.planes.length;
    memory.release(dropped.planes);
  }

  return {
    get(fileKey, frame) {
      const name = nameOf(fileKey, frame);
      const kept = pictures.get(name);
      if (!kept) return undefined;
      pictures.delete(name);
      pictures.set(name, kept);
      return kept;
    },
    has: (fileKey, frame) => pictures.has(nameOf(fileKey, frame)),
    keep(fileKey, picture) {
      const name = nameOf(fileKey, picture.frame);
      drop(name);
      pictures.set(name, picture);
      sizeBytes += picture.planes.length;
      for (const oldest of pictures.keys()) {
        if (sizeBytes <= capacityBytes) return;
        drop(oldest);
      }
    },
    clear() {
      for (const name of pictures.keys()) drop(name);
    },
  };
}
