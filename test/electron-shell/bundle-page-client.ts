import { join } from 'node:path';
import { build, type Rolldown } from 'vite';

/** The text of page-client.ts as one script for a page. */
export async function bundlePageClient(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'page-client.ts'), formats: ['iife'], name: 'pageClient' },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = built[0]?.output ?? [];
  if (!chunk) throw new Error('the page client was not built');
  return chunk.code;
}
