import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

/** Folder of this run: Chromium's profile, the single-instance lock. */
export const userDataDir = process.env.STAND_IN_USER_DATA ?? '';

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const { promise, resolve } = Promise.withResolvers<string>();

/** Where a spec's own playwright reaches the same pages. */
export const cdpAddress: Promise<string> = promise;

let launched: Promise<BrowserContext> | undefined;

/** The browser that windows are pages of; started when the first one is opened. */
export function browser(): Promise<BrowserContext> {
  launched ??= launch();
  return launched;
}

export async function closeBrowser(): Promise<void> {
  await (await launched)?.close();
}

async function launch(): Promise<BrowserContext> {
  const executablePath = process.env.HELICAL_CHROMIUM ?? programs.find((path) => existsSync(path));
  if (!executablePath) throw new Error('no Chromium is installed');
  const port = await freePort();
  const context = await chromium.launchPersistentContext(join(userDataDir, 'chromium'), {
    executablePath,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    // Electron's MessagePorts tell when the other end has closed; Chromium's do with this.
    args: [`--remote-debugging-port=${port}`, '--enable-blink-features=MessagePortCloseEvent'],
  });
  resolve(`http://127.0.0.1:${port}`);
  return context;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
