import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { dataFolder } from '#core/config.ts';
import { type Core, createCore } from '#core/core.ts';
import { writeServiceFile } from '#core/service-file.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Role } from '#shared/domain/roles.ts';
import { findInstallation } from './installation.ts';
import { type EngineServer, isLoopback, startServer } from './server/server.ts';
import { newSecret } from './server/sessions.ts';
import { engineConfig } from './settings.ts';

export interface ServeOptions {
  dataDir: string;
  port: number;
  /** Address to bind; another than loopback needs TLS. */
  listen: string;
  tlsCert: string | undefined;
  tlsKey: string | undefined;
  role: Exclude<Role, 'local'>;
  /** Name or id of the person whose session the link opens, with that person's role; left out: the account that runs this. */
  as?: string | undefined;
  logger: Logger;
}

export interface Serving {
  /** The address with its one-time token. */
  url: string;
  close(): Promise<void>;
}

/** Served mode: an engine, its pages on a port, and `service.json` for this user's other programs. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { dataDir, listen, role, logger } = options;
  const tls = readTls(options);
  const { rendererDir } = findInstallation();
  const core = await createCore(engineConfig({ dataDir, host: 'serve', logger }));
  const bearerToken = newSecret();
  await using opened = new AsyncDisposableStack();
  opened.defer(() => core.close());

  const signedIn = options.as === undefined ? undefined : core.person(options.as);
  const admitted = signedIn ? { role: signedIn.role, personId: signedIn.id } : { role };
  const isLocal = isLoopback(listen);
  const pages = await listenOrSay(options, () =>
    startServer({
      core,
      address: listen,
      port: options.port,
      tls,
      bearerToken: isLocal ? bearerToken : undefined,
      browsers: { rendererDir, ...admitted },
      logger,
    }),
  );
  opened.defer(() => pages.close());
  // The word of service.json never opens anything from outside this machine.
  const control = isLocal ? pages : await startControl(core, bearerToken, logger);
  if (control !== pages) opened.defer(() => control.close());
  const service = {
    port: control.port,
    token: bearerToken,
    pid: process.pid,
    secure: tls !== undefined && isLocal,
  };
  opened.use(writeServiceFile(dataFolder(dataDir).servicePath, service));
  const url = pages.newLink(admitted);
  const resources = opened.move();
  return { url, close: () => resources.disposeAsync() };
}

/** A port for this user's own programs alone: no pages, no cookies, the word of service.json for every call. */
export function startControl(
  core: Pick<Core, 'router' | 'fetch' | 'context' | 'stationWindow' | 'person'>,
  bearerToken: string,
  logger: Logger,
): Promise<EngineServer> {
  return startServer({ core, address: '127.0.0.1', port: 0, bearerToken, browsers: undefined, logger });
}

function readTls({ listen, tlsCert, tlsKey }: ServeOptions): { cert: Buffer; key: Buffer } | undefined {
  if (tlsCert !== undefined && tlsKey !== undefined) return { cert: readPem(tlsCert), key: readPem(tlsKey) };
  if (tlsCert === undefined && tlsKey === undefined && isLoopback(listen)) return undefined;
  throw new HelicalError('INVALID_INPUT', {
    problem: `Serving on ${listen} needs a certificate and its key: without them others could read along and take over.`,
    safe: 'Nothing was started.',
    remedy: 'Give both --tls-cert and --tls-key, or leave --listen out to serve this machine alone.',
  });
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new HelicalError('FILE_UNREADABLE', `${path} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

async function listenOrSay<T>({ listen, port }: ServeOptions, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw cause;
    throw new HelicalError(
      'DEVICE_BUSY',
      {
        problem: `The address ${listen}:${port} cannot be used (${code}).`,
        safe: 'Nothing was started.',
        remedy: 'Choose another one with --port or --listen; --port 0 takes any that is free.',
      },
      { cause },
    );
  }
}
