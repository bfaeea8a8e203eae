import { statSync } from 'node:fs';
import { HelicalError } from '#shared/domain/errors.ts';
import { readSampleStore, type StoredSeries } from './sample-reader.ts';

/** The heads of ten hours take a few megabytes: of the two passes that are compared, and those looked at before. */
const kept = 3;

/**
 * Reads stores, and keeps what was found of the last ones: graphs ask for stretch after stretch of the same. A file that changed is
 * read again. Throws as `readSampleStore`.
 */
export function createOpenStores(): (path: string) => StoredSeries {
  const stores = new Map<string, StoredSeries>();
  return (path) => {
    const key = keyOf(path);
    const store = stores.get(key) ?? readSampleStore(path);
    // The one asked for last is kept longest.
    stores.delete(key);
    stores.set(key, store);
    const [oldest] = stores.keys();
    if (stores.size > kept && oldest !== undefined) stores.delete(oldest);
    return store;
  };
}

function keyOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${path}/${ino}/${size}/${mtimeMs}`;
  } catch (cause) {
    throw new HelicalError('FILE_UNREADABLE', `The samples ${path} cannot be read.`, { cause });
  }
}
