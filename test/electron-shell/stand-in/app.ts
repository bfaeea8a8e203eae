import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { closeBrowser, userDataDir } from './chromium.ts';

/** Set by browser-window.ts, which knows the windows; the app closes them when it quits. */
export const openWindows = new Set<{ destroy(): Promise<void> }>();

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly dock = undefined;
  isSandboxEnabled = false;
  #whenReady: Promise<void> | undefined;
  #isLeaving = false;

  whenReady(): Promise<void> {
    // Ready comes after the main module has run.
    this.#whenReady ??= new Promise((done) => setImmediate(done));
    return this.#whenReady;
  }

  enableSandbox(): void {
    this.isSandboxEnabled = true;
  }

  getLocale = () => 'en-GB';

  getAppPath(): string {
    return resolve(process.argv[1] ?? '');
  }

  /** The first one holds a file; another one leaves a note beside it and is refused. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(userDataDir, { recursive: true });
    const lock = join(userDataDir, 'single-instance');
    const note = 'second-instance';
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      writeFileSync(join(userDataDir, note), readFileSync(lock));
      return false;
    }
    process.once('exit', () => rmSync(lock));
    watch(userDataDir, () => {
      const notePath = join(userDataDir, note);
      if (!existsSync(notePath)) return;
      rmSync(notePath);
      this.emit('second-instance');
    }).unref();
    return true;
  }

  /** Asks first; whoever prevents it calls again later. */
  quit(): void {
    let isPrevented = false;
    this.emit('before-quit', {
      preventDefault: () => {
        isPrevented = true;
      },
    });
    if (!isPrevented && !this.#isLeaving) void this.#leave();
  }

  exit(exitCode = 0): void {
    process.exit(exitCode);
  }

  async #leave(): Promise<void> {
    this.#isLeaving = true;
    for (const window of openWindows) await window.destroy();
    this.emit('will-quit', { preventDefault() {} });
    await closeBrowser();
    this.emit('quit');
    process.exit(0);
  }
}

export const app = new App();
