import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Core, createCore } from '#core/core.ts';
import { readServiceFile } from '#core/service-file.ts';
import { attach } from '../attach.ts';
import { serve } from '../serve.ts';
import { engineConfig } from '../settings.ts';
import { type EngineServer, startServer } from './server.ts';

const logger = pino({ level: 'silent' });
const bearerToken = 'the-word-of-service.json';
let folder: string;
let core: Core;
let server: EngineServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'helical-server-'));
  mkdirSync(join(folder, 'pages'));
  writeFileSync(join(folder, 'pages', 'index.html'), '<title>Helical</title>');
  core = await createCore(engineConfig({ dataDir: join(folder, 'data'), host: 'cli', logger }));
  server = await startServer({
    core,
    address: '127.0.0.1',
    port: 0,
    bearerToken,
    browsers: { rendererDir: join(folder, 'pages'), role: 'reviewer' },
    logger,
  });
});
afterAll(async () => {
  await server.close();
  await core.close();
  rmSync(folder, { recursive: true });
});

const origin = () => `http://127.0.0.1:${server.port}`;

/** fetch() does not let a test choose Host and Origin. */
async function ask(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  const asking = request({ host: '127.0.0.1', port: server.port, method, path, headers });
  asking.end(body);
  const [response] = await once(asking, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode as number, headers: response.headers, text };
}

/** The status that an upgrade is refused with; 101 when it is let in. */
async function upgrade(headers: Record<string, string>, path = '/rpc'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.on('open', () => resolve(101));
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  socket.on('error', (error) => reject(error));
  const status = await promise;
  socket.on('error', () => {});
  socket.terminate();
  return status;
}

async function openSession(): Promise<string> {
  const token = server.newLink({ role: 'reviewer' }).split('#token=')[1];
  const opened = await ask('POST', '/session', { origin: origin() }, JSON.stringify({ token }));
  return opened.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

describe('pages', () => {
  it.each([
    [{ host: 'evil.example' }, 403],
    [{ host: '127.0.0.1:1' }, 403],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{}, 200],
  ])('to %j answer %i', async (headers, status) => {
    expect((await ask('GET', '/', headers)).status).toBe(status);
  });

  it('come with a strict policy, and none is shared with other sites', async () => {
    const { headers, text } = await ask('GET', '/tapes/some-tape', { origin: origin() });
    expect(text).toContain('Helical');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; script-src 'self'`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('never come from outside their folder', async () => {
    for (const path of [
      '/../data/station.json',
      '/../../../../../../etc/passwd',
      '/..%2fdata%2fstation.json',
      '/%2e%2e/data/station.json',
    ]) {
      const { text } = await ask('GET', path);
      expect(text).not.toContain('stationId');
    }
  });
});

describe('sessions', () => {
  it('open once for each token, and the cookie is out of reach for scripts and other sites', async () => {
    const token = server.newLink({ role: 'technician' }).split('#token=')[1];
    const offer = () => ask('POST', '/session', { origin: origin() }, JSON.stringify({ token }));
    const first = await offer();
    expect([first.status, JSON.parse(first.text)]).toEqual([200, { role: 'technician' }]);
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect((await offer()).status).toBe(401);
    const again = await ask('GET', '/session', { cookie: cookie.split(';')[0] ?? '' });
    expect(JSON.parse(again.text)).toEqual({ role: 'technician' });
  });

  it.each([['{"token":"guess"}'], ['{}'], ['no json']])('do not open for %s', async (body) => {
    expect((await ask('POST', '/session', { origin: origin() }, body)).status).toBe(401);
  });

  it('cannot be opened from another site', async () => {
    const token = server.newLink({ role: 'reviewer' }).split('#token=')[1];
    const body = JSON.stringify({ token });
    expect((await ask('POST', '/session', { origin: 'http://evil.example' }, body)).status).toBe(403);
  });

  it('guard every byte', async () => {
    const path = '/media/files/019a0000-0000-7000-8000-000000000002';
    expect((await ask('GET', path)).status).toBe(401);
    expect((await ask('GET', path, { cookie: `helical-session-${server.port}=guess` })).status).toBe(401);
    expect((await ask('GET', path, { cookie: await openSession() })).status).toBe(404);
  });

  it('give links to nobody but programs of this user', async () => {
    expect((await ask('POST', '/links', { cookie: await openSession() })).status).toBe(401);
    const given = await ask('POST', '/links', { authorization: `Bearer ${bearerToken}` });
    expect(JSON.parse(given.text).url).toContain('#token=');
  });
});

describe('the WebSocket', () => {
  it('lets in our pages with a session, and programs with the token', async () => {
    const cookie = await openSession();
    const bearer = { authorization: `Bearer ${bearerToken}` };
    expect(await upgrade({ cookie, origin: origin() })).toBe(101);
    expect(await upgrade(bearer)).toBe(101);
    const refused = [
      await upgrade({ origin: origin() }),
      await upgrade({ cookie, origin: 'http://evil.example' }),
      await upgrade({ cookie }),
      await upgrade({ cookie, origin: origin(), host: 'evil.example' }),
      await upgrade({ ...bearer, origin: origin() }),
      await upgrade({ authorization: 'Bearer guess' }),
      await upgrade({ cookie, origin: origin() }, '/other'),
    ];
    expect(refused).toEqual([401, 403, 403, 403, 401, 401, 404]);
  });

  it('carries calls and the live stream for a program', async () => {
    const attached = await attach({ port: server.port, token: bearerToken, pid: 0, secure: false });
    if (!attached) throw new Error('nobody answered');
    const { client } = attached;
    const messages = await client.live.subscribe();
    const seen: unknown[] = [];
    seen.push((await messages.next()).value);
    await client.tapes.register({ identifier: 'WS-1', format: 'hi8' });
    seen.push((await messages.next()).value);
    await messages.return?.(undefined);
    expect(seen).toMatchObject([
      { kind: 'snapshot', seq: 0, state: { log: { ok: true } } },
      { kind: 'delta', seq: 1, log: { ok: true } },
    ]);
    expect((await client.tapes.list({})).rows.map(({ identifier }) => identifier)).toEqual(['WS-1']);
    await expect(client.tapes.register({ identifier: 'ws-1', format: 'hi8' })).rejects.toMatchObject({
      code: 'HELICAL',
      data: { code: 'ALREADY_EXISTS' },
    });
    await attached.close();
    await server.whenEmpty();
  });
});

describe('serve', () => {
  const options = {
    port: 0,
    listen: '127.0.0.1',
    tlsCert: undefined,
    tlsKey: undefined,
    role: 'reviewer',
    logger,
  } as const;

  it('refuses another address without a certificate', async () => {
    const dataDir = join(folder, 'listen');
    await expect(serve({ ...options, dataDir, listen: '0.0.0.0' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('keeps its word where this user alone can read it, and takes it away at the end', async () => {
    const dataDir = join(folder, 'serve');
    const path = join(dataDir, 'service.json');
    const serving = await serve({ ...options, dataDir });
    expect(readServiceFile(path)).toMatchObject({ pid: process.pid });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(serve({ ...options, dataDir })).rejects.toMatchObject({ code: 'ENGINE_RUNNING' });
    await serving.close();
    expect(readServiceFile(path)).toBeUndefined();
    await (await serve({ ...options, dataDir })).close();
  });
});

describe('bytes', () => {
  it('may be used again when an answer has been sent, and not before', async () => {
    const gone = Promise.withResolvers<void>();
    let isGone = false;
    void gone.promise.then(() => {
      isGone = true;
    });
    // More than sockets hold.
    const bytes = new Uint8Array(64_000_000);
    const own = await startServer({
      core: {
        ...core,
        async fetch(_request, whenGone) {
          whenGone?.(() => gone.resolve());
          const body = new ReadableStream({
            start(controller) {
              controller.enqueue(bytes);
              controller.close();
            },
          });
          return new Response(body, { headers: { 'content-length': String(bytes.length) } });
        },
      },
      ...{ address: '127.0.0.1', port: 0, bearerToken, browsers: undefined, logger },
    });
    const asking = request({
      ...{ host: '127.0.0.1', port: own.port, path: '/media/x' },
      headers: { authorization: `Bearer ${bearerToken}` },
    });
    asking.end();
    const [response] = await once(asking, 'response');
    expect(isGone).toBe(false);
    let length = 0;
    for await (const chunk of response) length += chunk.length;
    await gone.promise;
    expect(length).toBe(bytes.length);
    await own.close();
  });
});
