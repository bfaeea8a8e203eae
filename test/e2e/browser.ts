import { existsSync } from 'node:fs';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { patientMs } from './until.ts';

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser with nothing in it: a new profile, no window of anyone else. */
export interface OpenBrowser {
  context: BrowserContext;
  /** Kills it as a crash would. */
  kill(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the installed Chromium with a new, empty profile. */
export async function openBrowser(
  viewport: { width: number; height: number } = { width: 1280, height: 800 },
): Promise<OpenBrowser> {
  const executablePath = process.env['HELICAL_CHROMIUM'] ?? programs.find((path) => existsSync(path));
  if (!executablePath) throw new Error('no Chromium is installed');
  const server = await chromium.launchServer({
    executablePath,
    headless: true,
    // Chromium's own sandbox does not work as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--no-default-browser-check',
      '--force-color-profile=srgb',
    ],
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/Brussels' });
  context.setDefaultTimeout(patientMs);
  return {
    context,
    kill: () => server.kill(),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/**
 * Collects what a page complains of: console errors and warnings, uncaught errors, violations of the content security
 * policy, requests that failed or were answered with an error.
 */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A software renderer remarks that it is slow where a screenshot reads a WebGL canvas back.
    if (/GL Driver Message \(OpenGL, Performance/.test(message.text())) return;
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // What the page itself gave up (a picture of a screen that was left) did not fail.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`answer ${response.status()}: ${response.url()}`);
  });
  return complaints;
}
