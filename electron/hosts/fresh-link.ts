import { request } from 'node:http';
import { z } from 'zod';
import { dataFolder } from '#core/config.ts';
import { lockHolder } from '#core/engine-lock.ts';
import { readServiceFile, type Service } from '#core/service-file.ts';
import { errorCodes, HelicalError } from '#shared/domain/errors.ts';

const replySchema = z.object({ url: z.string() });
const refusalSchema = z.object({
  code: z.enum(errorCodes),
  problem: z.string(),
  safe: z.string().optional(),
  remedy: z.string().optional(),
});

/**
 * Another one-time link to the engine that serves this data folder; undefined where none does. `as`: for this person, by name
 * or id; HelicalError NOT_FOUND where there is none.
 */
export async function linkOfRunning(dataDir: string, as?: string): Promise<string | undefined> {
  const folder = dataFolder(dataDir);
  const service = readServiceFile(folder.servicePath);
  const holder = service && (await lockHolder(folder.lockPath));
  return service && holder?.pid === service.pid ? freshLink(service, as) : undefined;
}

/** Undefined where that engine serves no browser on this machine, or has gone. */
async function freshLink({ port, token, secure }: Service, as?: string): Promise<string | undefined> {
  if (secure) return undefined;
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  const asking = request(
    {
      host: '127.0.0.1',
      port,
      path: as === undefined ? '/links' : `/links?as=${encodeURIComponent(as)}`,
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    },
    (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) return resolve(replySchema.parse(JSON.parse(text)).url);
        const refusal =
          as === undefined || !text.startsWith('{') ? undefined : refusalSchema.parse(JSON.parse(text));
        if (refusal) reject(new HelicalError(refusal.code, refusal));
        else resolve(undefined);
      });
    },
  );
  // Nobody listens there any more.
  asking.on('error', () => resolve(undefined));
  asking.end();
  return promise;
}
