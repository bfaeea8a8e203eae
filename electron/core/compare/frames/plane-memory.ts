/** Memory for the planes of pictures, which is used again and again. */
export interface PlaneMemory {
  /** So many bytes of any content, held once: by who takes them. */
  take(sizeBytes: number): Uint8Array;
  /**
   * Sees to it, in a quiet moment, that the next of this size need not be asked of the system: page by page, while a decoder writes,
   * 1.6 MB of new memory cost as much as the writing.
   */
  prepare(sizeBytes: number): void;
  /** One more holds them. */
  hold(planes: Uint8Array): void;
  /** One holds them no more, and the last gives them back. What nobody releases is left to the garbage collector. */
  release(planes: Uint8Array): void;
}

/**
 * Collecting garbage stops an engine for as long as sending a frame takes, and a frame of SD in ten bits has 1.6 MB: what is shown
 * at ten frames a second would stop it every second. Shared memory is no sharing here: it is what does not urge a collection.
 * @param capacityBytes of what is used again; beyond it memory comes from the heap.
 */
export function createPlaneMemory(capacityBytes: number): PlaneMemory {
  const holds = new WeakMap<Uint8Array, number>();
  let free: Uint8Array[] = [];
  let allottedBytes = 0;
  const lost = new FinalizationRegistry<number>((sizeBytes) => {
    allottedBytes -= sizeBytes;
  });

  function takeFree(sizeBytes: number): Uint8Array | undefined {
    const at = free.findLastIndex(({ length }) => length === sizeBytes);
    return at === -1 ? undefined : free.splice(at, 1)[0];
  }

  function allot(sizeBytes: number): Uint8Array {
    if (allottedBytes + sizeBytes > capacityBytes) {
      // What lies there is of other sizes: of files that are not looked at now.
      for (const planes of free) {
        lost.unregister(planes);
        allottedBytes -= planes.length;
      }
      free = [];
    }
    if (allottedBytes + sizeBytes > capacityBytes) return Buffer.allocUnsafeSlow(sizeBytes);
    const planes = new Uint8Array(new SharedArrayBuffer(sizeBytes));
    lost.register(planes, sizeBytes, planes);
    allottedBytes += sizeBytes;
    return planes;
  }

  return {
    take(sizeBytes) {
      const planes = takeFree(sizeBytes) ?? allot(sizeBytes);
      holds.set(planes, 1);
      return planes;
    },
    prepare(sizeBytes) {
      if (allottedBytes + sizeBytes > capacityBytes || free.some(({ length }) => length === sizeBytes))
        return;
      free.push(allot(sizeBytes).fill(0));
    },
    hold(planes) {
      const held = holds.get(planes);
      if (held !== undefined) holds.set(planes, held + 1);
    },
    release(planes) {
      const held = holds.get(planes);
      if (held === undefined) return;
      if (held > 1) return void holds.set(planes, held - 1);
      holds.delete(planes);
      if (planes.buffer instanceof SharedArrayBuffer) free.push(planes);
    },
  };
}
