import { setTimeout as wait } from 'node:timers/promises';
import { linkOfRunning } from '#hosts/fresh-link.ts';
import { type OpenBrowser, openBrowser } from '../../e2e/browser.ts';
import { goTo, open, statusLine } from '../../e2e/steps.ts';

/** What was done with windows while tapes played. */
export interface WindowsReport {
  opened: number;
  killed: number;
  /** Windows that could not be opened in time on a machine that is busy. */
  failed: number;
}

/**
 * Opens real windows on the capture screen of a served engine, lets each of them look on for a while, and kills its browser
 * (SIGKILL), again and again until told to end. `random` gives numbers from 0 to 1.
 */
export async function openAndKillWindows(options: {
  dataDir: string;
  random: () => number;
  signal: AbortSignal;
  say(text: string): void;
}): Promise<WindowsReport> {
  const { dataDir, random, signal, say } = options;
  const report: WindowsReport = { opened: 0, killed: 0, failed: 0 };
  const pause = (ms: number) => wait(ms, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    let browser: OpenBrowser | undefined;
    try {
      browser = await openBrowser();
      const url = await linkOfRunning(dataDir);
      if (url === undefined) throw new Error('the engine serves no window');
      const page = await browser.context.newPage();
      await open(page, url);
      await goTo(page, 'Capture');
      await statusLine(page).waitFor();
      report.opened += 1;
      await pause(2_000 + random() * 10_000);
    } catch (error) {
      report.failed += 1;
      say(`a window did not open: ${(error as Error).message.split('\n')[0]}`);
    } finally {
      await browser?.kill();
      if (browser) report.killed += 1;
    }
    await pause(random() * 8_000);
  }
  return report;
}
