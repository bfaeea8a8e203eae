/** Keeps the pictures asked for last, up to a number of bytes. Two who ask for the same one at once share the work. */
export function createFrameCache(capacityBytes: number) {
  const pictures = new Map<string, Buffer>();
  const underway = new Map<string, Promise<Buffer>>();
  let sizeBytes = 0;

  const keep = (key: string, picture: Buffer): void => {
    pictures.set(key, picture);
    sizeBytes += picture.length;
    for (const [oldest, old] of pictures) {
      if (sizeBytes <= capacityBytes) return;
      pictures.delete(oldest);
      sizeBytes -= old.length;
    }
  };

  return async (key: string, make: () => Promise<Buffer>): Promise<Buffer> => {
    const kept = pictures.get(key);
    if (kept) {
      pictures.delete(key);
      pictures.set(key, kept);
      return kept;
    }
    const started = underway.get(key);
    if (started) return started;
    const making = make();
    underway.set(key, making);
    try {
      const picture = await making;
      keep(key, picture);
      return picture;
    } finally {
      underway.delete(key);
    }
  };
}
