import { readFileSync } from 'node:fs';
import type { CDPSession, Page, Route } from 'playwright-core';
import { isPermitted } from './desktop.ts';
import { ipcMain } from './ipc-main.ts';
import type { MessagePortMain } from './message-port.ts';
import {
  bindingName,
  type FromWorld,
  pack,
  preloadScript,
  type ToWorld,
  unpack,
  worldName,
} from './preload-world.ts';
import { net, toChromium, toElectron } from './protocol.ts';

export interface WebFrameMain {
  origin: string;
  url: string;
  parent: WebFrameMain | null;
  detached: boolean;
  postMessage(channel: string, message: unknown, transfer?: MessagePortMain[]): void;
}

interface Decisions {
  willNavigate(details: { url: string; isMainFrame: boolean }): boolean;
  willOpen(url: string): boolean;
}

let lastPort = 0;

/** A page whose preload runs in its own world, and whose `app://` requests go to the shell's handler. */
export class WebPage {
  readonly #page: Page;
  readonly #cdp: CDPSession;
  readonly #decisions: Decisions;
  readonly #ports = new Map<number, ReturnType<MessagePortMain['transfer']>>();
  #world: number | undefined;
  /** The address that main itself asked for: no navigation of the page's. */
  #asked: string | undefined;

  static async open(page: Page, preloadPath: string, decisions: Decisions): Promise<WebPage> {
    const cdp = await page.context().newCDPSession(page);
    const webPage = new WebPage(page, cdp, decisions);
    await webPage.#prepare(readFileSync(preloadPath, 'utf8'));
    return webPage;
  }

  private constructor(page: Page, cdp: CDPSession, decisions: Decisions) {
    this.#page = page;
    this.#cdp = cdp;
    this.#decisions = decisions;
  }

  get mainFrame(): WebFrameMain {
    const url = toElectron(this.#page.url());
    return {
      url,
      origin: originOf(url),
      parent: null,
      detached: this.#page.isClosed(),
      postMessage: (channel, message, transfer = []) => {
        const ports = transfer.map((port) => this.#handOver(port));
        this.#tell({ kind: 'message', channel, message, ports });
      },
    };
  }

  async load(address: string): Promise<void> {
    this.#asked = toChromium(address);
    for (const name of ['geolocation', 'notifications', 'camera', 'microphone']) {
      const setting = isPermitted(name) ? 'granted' : 'denied';
      const { origin } = new URL(this.#asked);
      await this.#cdp.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
    await this.#page.goto(this.#asked);
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async #prepare(preloadSource: string): Promise<void> {
    this.#cdp.on('Runtime.executionContextCreated', ({ context }) => {
      // A new document has a new world, and nobody holds the ports of the one before.
      if (context.name !== worldName) return;
      this.#closePorts();
      this.#world = context.id;
    });
    this.#cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== bindingName || executionContextId !== this.#world) return;
      this.#receive(JSON.parse(payload) as FromWorld);
    });
    this.#page.once('close', () => this.#closePorts());
    await this.#cdp.send('Runtime.enable');
    await this.#cdp.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName });
    await this.#cdp.send('Page.enable');
    await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(preloadSource),
      worldName,
    });
    this.#page.on('popup', async (popup) => {
      // Electron asks before there is a window; here it is closed before it can load anything.
      if (!this.#decisions.willOpen(toElectron(popup.url()))) await popup.close();
    });
    await this.#page.route('**/*', (route) => this.#answer(route));
    // Other pages are popups on their way to be closed.
    await this.#page.context().route('**/*', (route) => route.abort('aborted'));
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = toElectron(request.url());
    const isMainFrame = request.isNavigationRequest() && request.frame() === this.#page.mainFrame();
    if (request.isNavigationRequest() && request.url() !== this.#asked) {
      if (!this.#decisions.willNavigate({ url, isMainFrame })) return route.abort('aborted');
    }
    if (!url.startsWith('app:')) return route.abort('internetdisconnected');
    const method = request.method();
    const body = request.postDataBuffer();
    const answer = await net.fetch(url, {
      method,
      headers: await request.allHeaders(),
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: pageBytes(answer, Buffer.from(await answer.arrayBuffer())),
    });
  }

  #receive(wire: FromWorld): void {
    if (wire.kind === 'send') ipcMain.emit(wire.channel, { senderFrame: this.mainFrame }, ...wire.args);
    else if (wire.kind === 'port') this.#ports.get(wire.id)?.send(unpack(wire.message));
    else this.#ports.get(wire.id)?.close();
  }

  #handOver(port: MessagePortMain): number {
    lastPort += 1;
    const id = lastPort;
    const end = port.transfer({
      deliver: (message) => this.#tell({ kind: 'port', id, message: pack(message) }),
      closed: () => this.#tell({ kind: 'port-closed', id }),
    });
    this.#ports.set(id, end);
    return id;
  }

  #closePorts(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  #tell(wire: ToWorld): void {
    if (this.#world === undefined || this.#page.isClosed()) return;
    const evaluation = this.#cdp.send('Runtime.evaluate', {
      expression: `standInReceive(${JSON.stringify(wire)})`,
      contextId: this.#world,
    });
    // The document may have gone meanwhile: messages to it are lost, as they are in Electron.
    evaluation.catch(() => {});
  }
}

/** The built page asks `location.protocol` whether it is in the app; here, and only here, the answer has to be put in. */
function pageBytes(answer: Response, bytes: Buffer): Buffer {
  if (!answer.headers.get('content-type')?.startsWith('text/javascript')) return bytes;
  return Buffer.from(bytes.toString('utf8').replaceAll(/\blocation\.protocol\b/g, '"app:"'));
}

function originOf(url: string): string {
  const match = /^app:\/\/[^/]*/.exec(url);
  return match ? match[0] : new URL(url).origin;
}
