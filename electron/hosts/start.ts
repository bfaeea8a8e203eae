import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '#core/browser.ts';
import { dataFolder } from '#core/config.ts';
import { electronBinary } from '#core/doctor.ts';
import { bringPagesUpToDate } from './built-pages.ts';
import { failureOf } from './cli/failure.ts';
import { linkOfRunning } from './fresh-link.ts';
import { findInstallation } from './installation.ts';
import { type Serving, serve } from './serve.ts';
import { dataDirOf, openLogger } from './settings.ts';

/** `npm start`: the workstation in Electron; where that cannot be had, the same one in an installed browser. */
async function start(): Promise<number> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, browser: { type: 'boolean' } } });
  const dataDir = dataDirOf(values.data);
  const installation = findInstallation();
  await bringPagesUpToDate(installation, say);
  const electron = values.browser ? undefined : electronBinary();
  if (electron !== undefined) {
    const environment = { ...process.env, HELICAL_DATA: dataDir };
    return exitCodeOf(spawn(electron, [installation.rootDir], { stdio: 'inherit', env: environment }));
  }
  if (!values.browser)
    say("Electron's program is not installed here: the workstation opens in a browser instead.");
  const running = await linkOfRunning(dataDir);
  if (running !== undefined) return openWindow(running, dataDir, undefined);
  const serving = await serve({
    dataDir,
    port: 0,
    listen: '127.0.0.1',
    tlsCert: undefined,
    tlsKey: undefined,
    // Whoever starts it sits at the station.
    role: 'manager',
    logger: openLogger(dataDir),
  });
  try {
    return await openWindow(serving.url, dataDir, serving);
  } finally {
    await serving.close();
  }
}

/** An app window where there is a browser and a screen; else the address, until somebody asks for the end. */
async function openWindow(url: string, dataDir: string, serving: Serving | undefined): Promise<number> {
  const browser = hasScreen() ? findBrowser() : undefined;
  if (browser === undefined) {
    process.stdout.write(`${url}\n`);
    if (serving === undefined) return 0;
    say('Open this address in a browser on this machine. Ctrl-C ends; recordings go on.');
    await endAsked();
    return 0;
  }
  const profileDir = join(dataFolder(dataDir).cacheDir, 'browser');
  mkdirSync(profileDir, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  const window = spawn(
    browser,
    [
      `--app=${url}`,
      `--user-data-dir=${profileDir}`,
      ...['--no-first-run', '--no-default-browser-check', '--window-size=1440,900'],
      // Chromium refuses to run as root with its sandbox; for anybody else the sandbox stays.
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
    { stdio: 'ignore' },
  );
  say('The workstation is open. Closing its window ends it; recordings go on.');
  const asked = endAsked().then(() => {
    window.kill();
  });
  const exitCode = await Promise.race([exitCodeOf(window), asked.then(() => 0)]);
  return exitCode;
}

function hasScreen(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function exitCodeOf(child: ChildProcess): Promise<number> {
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode ?? 1;
}

function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  process.exitCode = await start();
} catch (error) {
  const { exitCode, message } = failureOf(error);
  if (message !== undefined) say(message);
  process.exitCode = exitCode;
}
