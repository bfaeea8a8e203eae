import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Where a running engine can be reached, and the word that opens it: for this user's own programs. */
export const serviceSchema = z.object({
  port: z.int(),
  token: z.string(),
  pid: z.int(),
  secure: z.boolean(),
});
export type Service = z.infer<typeof serviceSchema>;

/** Readable by this user alone; a reader never sees half of it. */
export function writeServiceFile(path: string, service: Service): Disposable {
  const partialPath = `${path}.${process.pid}`;
  writeFileSync(partialPath, `${JSON.stringify(service)}\n`, { mode: 0o600 });
  renameSync(partialPath, path);
  return {
    [Symbol.dispose]() {
      if (readServiceFile(path)?.pid === process.pid) rmSync(path);
    },
  };
}

/** Undefined when there is none. */
export function readServiceFile(path: string): Service | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return serviceSchema.parse(JSON.parse(text));
}
