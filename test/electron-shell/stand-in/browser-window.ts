import { EventEmitter } from 'node:events';
import { app, openWindows } from './app.ts';
import { browser } from './chromium.ts';
import { type WebFrameMain, WebPage } from './web-page.ts';

interface WindowOptions {
  show?: boolean;
  webPreferences: { preload: string; [name: string]: unknown };
  [name: string]: unknown;
}

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

class WebContents extends EventEmitter {
  readonly #options: WindowOptions;
  page: WebPage | undefined;
  openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(options: WindowOptions) {
    super();
    this.#options = options;
  }

  get mainFrame(): WebFrameMain {
    if (!this.page) throw new Error('the page has not been opened yet');
    return this.page.mainFrame;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  /** What the window was made with; Electron answers with its defaults filled in. */
  getLastWebPreferences(): object {
    return this.#options.webPreferences;
  }
}

/** A window is a page of a real Chromium, which runs the preload before anything of the page. */
export class BrowserWindow extends EventEmitter {
  static #all = new Set<BrowserWindow>();
  readonly webContents: WebContents;
  readonly #options: WindowOptions;
  #isVisible: boolean;
  focusCount = 0;

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  constructor(options: WindowOptions) {
    super();
    this.#options = options;
    this.#isVisible = options.show ?? true;
    this.webContents = new WebContents(options);
    BrowserWindow.#all.add(this);
    openWindows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(address: string): Promise<void> {
    const context = await browser();
    // A persistent Chromium opens with one empty page.
    const unused = context.pages().find((page) => page.url() === 'about:blank');
    const page = unused ?? (await context.newPage());
    this.webContents.page = await WebPage.open(page, this.#options.webPreferences.preload, {
      willNavigate: (details) => this.#isAllowed('will-frame-navigate', details),
      willOpen: (url) => this.webContents.openHandler({ url }).action === 'allow',
    });
    page.once('close', () => this.#closed());
    await this.webContents.page.load(address);
    this.emit('ready-to-show');
  }

  show(): void {
    this.#isVisible = true;
  }

  isVisible = () => this.#isVisible;
  isMinimized = () => false;
  restore(): void {}

  focus(): void {
    this.focusCount += 1;
  }

  async destroy(): Promise<void> {
    if (BrowserWindow.#all.has(this)) await this.webContents.page?.close();
  }

  #isAllowed(event: string, details: { url: string; isMainFrame: boolean }): boolean {
    let isPrevented = false;
    const preventDefault = () => {
      isPrevented = true;
    };
    this.webContents.emit(event, { ...details, preventDefault });
    return !isPrevented;
  }

  #closed(): void {
    BrowserWindow.#all.delete(this);
    openWindows.delete(this);
    this.emit('closed');
    if (openWindows.size === 0) app.emit('window-all-closed');
  }
}
