import type { Picture } from '../../../ui/picture/picture.ts';

export interface PictureStore<Address> {
  /** A picture that is there already. */
  peek(address: Address): Picture | undefined;
  /** A picture; asked for once however often it is wanted at the same time. Fails where it cannot be had. */
  load(address: Address): Promise<Picture>;
  /** Gives up everything that is on its way. */
  dispose(): void;
}

/**
 * Keeps the pictures that were looked at last, up to so many bytes; at least the two of a pair. Those on their way count nothing: there
 * are a handful at most.
 */
export function createPictureStore<Address>(options: {
  keyOf(address: Address): string;
  read(address: Address, signal: AbortSignal): Promise<Picture>;
  maxBytes: number;
}): PictureStore<Address> {
  const { keyOf, read, maxBytes } = options;
  const kept = new Map<string, Picture>();
  const onTheWay = new Map<string, Promise<Picture>>();
  const abort = new AbortController();
  let bytes = 0;

  const keep = (key: string, picture: Picture) => {
    kept.set(key, picture);
    bytes += bytesOf(picture);
    for (const [oldest, old] of kept) {
      if (bytes <= maxBytes || kept.size <= 2) break;
      kept.delete(oldest);
      bytes -= bytesOf(old);
    }
  };
  const peek = (address: Address) => {
    const key = keyOf(address);
    const picture = kept.get(key);
    if (!picture) return undefined;
    // The last one looked at is the last to go.
    kept.delete(key);
    kept.set(key, picture);
    return picture;
  };
  return {
    peek,
    load(address) {
      const picture = peek(address);
      if (picture) return Promise.resolve(picture);
      const key = keyOf(address);
      const known = onTheWay.get(key);
      if (known) return known;
      const reading = read(address, abort.signal)
        .then((read) => {
          keep(key, read);
          return read;
        })
        .finally(() => onTheWay.delete(key));
      onTheWay.set(key, reading);
      return reading;
    },
    dispose: () => abort.abort(),
  };
}

function bytesOf({ planes: { y, u, v } }: Picture): number {
  return y.byteLength + u.byteLength + v.byteLength;
}
