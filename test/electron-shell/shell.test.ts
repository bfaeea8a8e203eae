import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder } from '#core/config.ts';
import { takeLock } from '#core/engine-lock.ts';
import { messages } from '#shared/i18n/messages.ts';
import { buildOnce } from '../e2e/build-once.ts';
import { bundlePageClient } from './bundle-page-client.ts';
import type { Shell } from './driver.ts';
import type { PageSpec } from './page-client.ts';
import { startProgram, startShell } from './start-shell.ts';

// The built main, preload and engine process, in one run: each test goes on where the one before ended.
describe('the desktop shell', () => {
  const passId = '01900000-0000-7000-8000-000000000001';
  const picture = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));
  const folder = mkdtempSync(join(tmpdir(), 'helical-shell-'));
  const options = { dataDir: join(folder, 'data'), userDataDir: join(folder, 'user') };
  let shell: Shell;
  let page: Page;

  const enginePid = () =>
    JSON.parse(readFileSync(join(options.dataDir, 'service.json'), 'utf8')).pid as number;
  const stationId = (link: number) =>
    page.evaluate(async (index) => {
      const { spec } = window as unknown as { spec: PageSpec };
      return (await spec.clients[index]?.station.info())?.stationId;
    }, link);
  const clientCount = () =>
    page.evaluate(() => (window as unknown as { spec: PageSpec }).spec.clients.length);

  beforeAll(async () => {
    await buildOnce();
    shell = await startShell(options);
    page = await shell.page();
    const work = join(dataFolder(options.dataDir).derivedDir, passId, 'work');
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, 'live.jpg'), picture);
  });

  afterAll(async () => {
    await shell?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it('brings the screens of the workstation to the engine', async () => {
    const statusLine = page.locator('footer');
    const text = () => statusLine.textContent();
    await expect.poll(text).toContain(messages.en.role.manager);
    // The log is verified behind the start of the engine.
    await expect.poll(text).toContain(messages.en.status.verified);
  });

  describe('with a client of the spec in the page', () => {
    beforeAll(async () => {
      await page.addInitScript({ content: await bundlePageClient() });
      await page.reload();
    });

    it('opens a window that keeps the page in its place', async () => {
      const preferences = await shell.inMain(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return window?.webContents.getLastWebPreferences() as Record<string, unknown>;
      });
      expect(preferences).toMatchObject({
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
      });
      const isVisible = () =>
        shell.inMain(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().map((window) => window.isVisible()),
        );
      await expect.poll(isVisible).toEqual([true]);
    });

    it('hands the page a port to the engine, and nothing else', async () => {
      await expect.poll(clientCount).toBe(1);
      expect(await stationId(0)).toMatch(/^[0-9a-f-]{36}$/);
      const reachable = await page.evaluate(() =>
        ['require', 'process', 'module', 'electron', 'ipcRenderer', 'standInTell', 'standInReceive'].filter(
          (name) => name in window,
        ),
      );
      expect(reachable).toEqual([]);
    });

    it('tells the page ids, never paths', async () => {
      const refused = await page.evaluate(async () => {
        const { spec } = window as unknown as { spec: PageSpec };
        const passId = '01900000-0000-7000-8000-000000000001' as never;
        return spec.clients[0]?.passes.locate({ passId }).catch((error) => error.data.code);
      });
      expect(refused).toBe('NOT_ALLOWED');
    });

    it('carries a live subscription, and its end', async () => {
      const messages = await page.evaluate(async () => {
        const { spec } = window as unknown as { spec: PageSpec };
        const [client] = spec.clients;
        if (!client) throw new Error('no client');
        const seen: { kind: string; seq: number }[] = [];
        for await (const message of await client.live.subscribe()) {
          seen.push({ kind: message.kind, seq: message.seq });
          if (seen.length === 2) break;
          await client.tapes.register({ identifier: 'SHELL-1', format: 'standardvhs', standard: 'PAL' });
        }
        return seen;
      });
      expect(messages).toEqual([
        { kind: 'snapshot', seq: 0 },
        { kind: 'delta', seq: 1 },
      ]);
    });

    it('serves the built page under a strict policy', async () => {
      const { headers, status } = await page.evaluate(async () => {
        const answer = await fetch('/');
        return { status: answer.status, headers: Object.fromEntries(answer.headers) };
      });
      expect(status).toBe(200);
      expect(headers['content-security-policy']).toContain(
        `default-src 'none'; script-src 'self'; style-src 'self'`,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      const isEvalPossible = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.head.append(script);
        return 'injected' in window;
      });
      expect(isEvalPossible).toBe(false);
    });

    it.each([
      'app://helical/%2e%2e%2fmain%2findex.js',
      'app://helical/..%2fmain%2findex.js',
      'app://helical/..%5cmain%5cindex.js',
      'app://helical/%00index.html',
      'app://helical/%',
      'app://helical/assets',
      'app://helical/nothing.js',
      'app://other/index.html',
      'app://helical.example/index.html',
    ])('serves nothing for %s', async (address) => {
      const status = (asked: string) =>
        shell.inMain(async ({ net }, url) => (await net.fetch(url)).status, asked);
      expect(await status('app://helical/index.html')).toBe(200);
      expect(await status(address)).toBe(404);
    });

    it('passes ranges of media on to the engine', async () => {
      const read = (range?: string) =>
        page.evaluate(
          async ([path, header]) => {
            const answer = await fetch(path ?? '', header ? { headers: { range: header } } : {});
            const bytes = new Uint8Array(await answer.arrayBuffer());
            return { status: answer.status, range: answer.headers.get('content-range'), bytes: [...bytes] };
          },
          [`/media/passes/${passId}/live.jpg`, range],
        );
      expect(await read('bytes=1000-1009')).toEqual({
        status: 206,
        range: 'bytes 1000-1009/5000',
        bytes: [...picture.subarray(1000, 1010)],
      });
      expect(await read()).toEqual({ status: 200, range: null, bytes: [...picture] });
      expect(await read('bytes=9000-')).toMatchObject({ status: 416, range: 'bytes */5000' });
    });

    it('gives no port to a frame that is not its own page', async () => {
      const given = await shell.inMain(({ ipcMain }) => {
        const top = { origin: 'app://helical', parent: null, detached: false };
        const frames = [
          top,
          { ...top, origin: 'https://example.org' },
          { ...top, origin: 'app://other' },
          { ...top, origin: 'null' },
          { ...top, parent: top },
          { ...top, detached: true },
          null,
        ];
        return frames.map((frame) => {
          let ports = 0;
          const postMessage = (_channel: string, _message: unknown, transfer: unknown[]) => {
            ports += transfer.length;
          };
          ipcMain.emit('helical:port', { senderFrame: frame && { ...frame, postMessage } });
          return ports;
        });
      });
      expect(given).toEqual([1, 0, 0, 0, 0, 0, 0]);
    });

    it('goes to no other site and opens no second window', async () => {
      await page.evaluate(() => {
        location.href = 'https://example.org/';
      });
      await page.evaluate(() => {
        window.open('https://example.org/');
        window.open('/');
      });
      const addresses = () =>
        page
          .context()
          .pages()
          .map((each) => each.url());
      await expect.poll(() => addresses().length).toBe(1);
      expect(addresses()[0]).toMatch(/^(app:\/\/helical|https:\/\/helical\.app-scheme\.test)\//);
      // Still the same document, with its port.
      expect(await stationId(0)).toBeDefined();
    });

    it('denies cameras, microphones and every other permission', async () => {
      const states = await page.evaluate(() =>
        Promise.all(
          ['geolocation', 'notifications', 'camera', 'microphone'].map(
            async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
          ),
        ),
      );
      expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
    });

    it('lets one workstation run at a time, and brings it to the front', async () => {
      const focusCount = () =>
        shell.inMain(({ BrowserWindow }) => {
          const [window] = BrowserWindow.getAllWindows();
          const counted = globalThis as unknown as { focused?: number };
          if (window && counted.focused === undefined) {
            counted.focused = 0;
            window.focus = () => {
              counted.focused = (counted.focused ?? 0) + 1;
            };
          }
          return counted.focused;
        });
      expect(await focusCount()).toBe(0);
      const { promise, resolve } = Promise.withResolvers<number | null>();
      startProgram([], options, 'inherit').once('exit', resolve);
      expect(await promise).toBe(0);
      await expect.poll(focusCount).toBe(1);
    });

    it('starts a lost engine again, gives the page a new port, and says what is safe', async () => {
      await shell.inMain(({ dialog }) => {
        const shown: object[] = [];
        Object.assign(globalThis, { shown });
        dialog.showMessageBox = async (said: object) => {
          shown.push(said);
          return { response: 0 };
        };
        // The engine has not run for long enough yet to count as healthy: let main's clock say it has.
        const now = Date.now;
        Date.now = () => now() + 60_000;
        Object.assign(globalThis, { realNow: now });
      });
      const recording = await page.evaluate(async () => {
        const { spec } = window as unknown as { spec: PageSpec };
        const [client] = spec.clients;
        if (!client) throw new Error('no client');
        const tape = 'SHELL-1';
        const { passId } = await client.capture.arm({ tape, source: 'simulator:small-pal', durationS: 4 });
        await client.capture.record({ passId });
        return passId;
      });
      const frames = () =>
        page.evaluate(async () => {
          const { spec } = window as unknown as { spec: PageSpec };
          return (await spec.clients[0]?.capture.sessions())?.[0]?.frames ?? 0;
        });
      await expect.poll(frames).toBeGreaterThan(10);

      const first = enginePid();
      process.kill(first, 'SIGKILL');
      await expect.poll(clientCount).toBe(2);
      const closed = () => page.evaluate(() => (window as unknown as { spec: PageSpec }).spec.closed);
      await expect.poll(closed).toBe(1);
      expect(await stationId(1)).toBeDefined();
      expect(enginePid()).not.toBe(first);

      // This one was started just now: the operator decides, and answers "Start again".
      process.kill(enginePid(), 'SIGKILL');
      await expect.poll(clientCount).toBe(3);
      expect(await stationId(2)).toBeDefined();
      const shown = await shell.inMain(
        () => (globalThis as unknown as { shown: { message: string; detail: string }[] }).shown,
      );
      expect(shown.map(({ message }) => message)).toEqual([
        'The engine of Helical ended unexpectedly and was started again.',
        'The engine of Helical ended shortly after its start.',
      ]);
      for (const { detail } of shown) expect(detail).toContain('Recordings in progress go on');

      // What the operator read is true: the tape was recorded to its end, and every frame of it is proved.
      const pass = () =>
        page.evaluate(async (passId) => {
          const { spec } = window as unknown as { spec: PageSpec };
          const shown = await spec.clients[2]?.passes.show({ passId });
          return shown && { state: shown.state, frames: shown.frames };
        }, recording);
      await expect.poll(pass, { timeout: 60_000 }).toEqual({ state: 'sealed', frames: 100 });
    });

    it('says who holds the data folder, and tries again', async () => {
      await shell.inMain(({ dialog }) => {
        // Each dialog waits here for its answer.
        const pending: { message: string; answer: (response: number) => void }[] = [];
        Object.assign(globalThis, { pending });
        dialog.showMessageBox = ({ message }: { message: string }) =>
          new Promise((resolve) => {
            pending.push({ message, answer: (response) => resolve({ response }) });
          });
      });
      type Pending = { pending: { message: string; answer: (response: number) => void }[] };
      const asked = () =>
        shell.inMain(() => (globalThis as unknown as Pending).pending.map(({ message }) => message));
      const answer = (index: number) =>
        shell.inMain(
          (_electron, which) => (globalThis as unknown as Pending).pending[which]?.answer(0),
          index,
        );

      process.kill(enginePid(), 'SIGKILL');
      await expect.poll(asked).toHaveLength(1);
      const held = await takeLock(dataFolder(options.dataDir).lockPath, 'cli');
      await answer(0);
      await expect.poll(asked).toHaveLength(2);
      expect((await asked())[1]).toContain(`Another Helical (cli, process ${process.pid})`);
      held[Symbol.dispose]();
      const before = await clientCount();
      await answer(1);
      await expect.poll(clientCount).toBeGreaterThan(before);
      expect(await stationId((await clientCount()) - 1)).toBeDefined();
    });

    it('waits for the engine to close before it quits', async () => {
      const pid = enginePid();
      const lock = join(options.dataDir, 'engine.lock');
      expect(existsSync(lock)).toBe(true);
      await shell.inMain(({ app }) => {
        setImmediate(() => app.quit());
      });
      expect(await shell.ended).toBe(0);
      // The engine took its lock and its address away itself, so it came to its own end.
      expect(existsSync(lock)).toBe(false);
      expect(existsSync(join(options.dataDir, 'service.json'))).toBe(false);
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    });
  });
});

// The same program as a command line and as the simulator's player: branches before any window.
describe('the program without its window', () => {
  const folder = mkdtempSync(join(tmpdir(), 'helical-program-'));
  const options = { dataDir: join(folder, 'data'), userDataDir: join(folder, 'user') };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (words: string[]) => {
    const child = startProgram(['cli', ...words], options, 'pipe');
    const output: Buffer[] = [];
    child.stdout?.on('data', (bytes: Buffer) => output.push(bytes));
    const [exitCode] = await once(child, 'close');
    return { exitCode, output: Buffer.concat(output).toString() };
  };

  it('is the command line', async () => {
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
    );
    expect(await run(['--version'])).toEqual({ exitCode: 0, output: `${version}\n` });
    const words = ['--format', 'standardvhs', '--title', 'Bench', '--standard', 'PAL', '--json'];
    const registered = await run(['tapes', 'register', 'SHELL-2', ...words]);
    expect(registered.exitCode).toBe(0);
    expect(await run(['tapes', 'list', '--json'])).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('"SHELL-2"'),
    });
    expect((await run(['tapes', 'show', 'NO-SUCH-TAPE'])).exitCode).toBe(2);
  });

  it('has the threads of its engine with it: a long report of another tool is judged and written in one', async () => {
    const tags = ['YMIN', 'YLOW', 'YAVG', 'YHIGH', 'YMAX', 'UAVG', 'VAVG', 'SATMAX', 'HUEAVG', 'TOUT'].map(
      (key) => `<tag key="lavfi.signalstats.${key}" value="126"/>`,
    );
    const frames = Array.from({ length: 8000 }, (_, frame) => {
      const times = `pkt_pts_time="${(frame / 25).toFixed(2)}" pkt_duration_time="0.04"`;
      return `<frame media_type="video" stream_index="0" ${times}>${tags.join('')}</frame>`;
    });
    const [report, to] = [join(folder, 'long.qctools.xml'), join(folder, 'long.csv')];
    writeFileSync(report, `<ffprobe:ffprobe><frames>${frames.join('\n')}</frames></ffprobe:ffprobe>`);
    // From there on a report is taken up in a thread.
    expect(statSync(report).size).toBeGreaterThan(4 << 20);
    const written = await run(['qc', 'report', report, '--format', 'csv', '--to', to, '--json']);
    expect([written.exitCode, JSON.parse(written.output)]).toEqual([
      0,
      { path: to, bytes: statSync(to).size },
    ]);
    expect(readFileSync(to, 'utf8').trim().split('\r\n')).toHaveLength(8001);
  });
});
