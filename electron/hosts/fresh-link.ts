import { request } from 'node:http';
import { z } from 'zod';
import { dataFolder } from '#core/config.ts';
import { lockHolder } from '#core/engine-lock.ts';
import { readServiceFile, type Service } from '#core/service-file.ts';

const replySchema = z.object({ url: z.string() });

/** Another one-time link to the engine that serves this data folder; undefined where none does. */
export async function linkOfRunning(dataDir: string): Promise<string | undefined> {
  const folder = dataFolder(dataDir);
  const service = readServiceFile(folder.servicePath);
  const holder = service && (await lockHolder(folder.lockPath));
  return service && holder?.pid === service.pid ? freshLink(service) : undefined;
}

/** Undefined where that engine serves no browser on this machine, or has gone. */
async function freshLink({ port, token, secure }: Service): Promise<string | undefined> {
  if (secure) return undefined;
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  const asking = request(
    {
      host: '127.0.0.1',
      port,
      path: '/links',
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
        resolve(response.statusCode === 200 ? replySchema.parse(JSON.parse(text)).url : undefined);
      });
    },
  );
  // Nobody listens there any more.
  asking.on('error', () => resolve(undefined));
  asking.end();
  return promise;
}
