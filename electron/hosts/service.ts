import type { EventEmitter } from 'node:events';
import { RPCHandler } from '@orpc/server/message-port';
import { dataFolder } from '#core/config.ts';
import { createCore } from '#core/core.ts';
import { writeServiceFile } from '#core/service-file.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { startControl } from './serve.ts';
import { newSecret } from './server/sessions.ts';
import type { FromService, ToService } from './service-messages.ts';
import { dataDirOf, engineConfig, openLogger } from './settings.ts';

/** The engine as a process of the desktop app (Electron's utilityProcess): the contract over MessagePorts. */

/** Electron's port on this side, as far as we use it. */
interface PagePort extends EventEmitter {
  postMessage(message: unknown): void;
  start(): void;
}

interface ParentPort extends EventEmitter {
  postMessage(message: FromService): void;
  on(event: 'message', listener: (event: { data: ToService; ports: PagePort[] }) => void): this;
}

// Put there by Electron. Its types are not loaded here: this room does not know Electron.
const { parentPort } = process as unknown as { parentPort: ParentPort };

type Opening = Extract<ToService, { kind: 'open' }>;

async function open({ playerCommand }: Opening) {
  const dataDir = dataDirOf(undefined);
  const logger = openLogger(dataDir);
  await using opening = new AsyncDisposableStack();
  const core = await createCore({ ...engineConfig({ dataDir, host: 'app', logger }), playerCommand });
  opening.defer(() => core.close());
  const token = newSecret();
  // Bytes go to the shell by this port; the command line of this user comes in by it too.
  const control = await startControl(core, token, logger);
  opening.defer(() => control.close());
  const { port } = control;
  opening.use(
    writeServiceFile(dataFolder(dataDir).servicePath, { port, token, pid: process.pid, secure: false }),
  );
  const handler = new RPCHandler(core.router);
  // One for all its pages: a page that is loaded again still belongs to whoever sits there.
  const context = core.stationWindow('manager');
  const resources = opening.move();
  return {
    address: { port, token },
    /** The shell has checked whose page it is: that of the person at this station. Paths stay behind the role `local`. */
    connect(pagePort: PagePort): void {
      // The wire's own type speaks of the browser's port; oRPC takes Electron's by its `on`.
      handler.upgrade(pagePort as never, { context });
      pagePort.start();
    },
    close: () => resources.disposeAsync(),
  };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** Passes on what a user can understand; the shell shows it and closes us. A bug ends this process, and the shell sees that. */
function refuse(error: unknown): undefined {
  if (!(error instanceof HelicalError)) throw error;
  const { problem, safe, remedy } = error;
  parentPort.postMessage({ kind: 'refused', sentence: { problem, safe, remedy } });
}

let engine: Promise<Opened | undefined> = Promise.resolve(undefined);

parentPort.on('message', async ({ data, ports: [pagePort] }) => {
  if (data.kind === 'open') {
    engine = open(data).catch(refuse);
    const opened = await engine;
    if (opened) parentPort.postMessage({ kind: 'ready', ...opened.address });
  } else if (data.kind === 'port') {
    // A port that comes before the engine stands waits here, and its messages with it.
    if (pagePort) (await engine)?.connect(pagePort);
  } else {
    await (await engine)?.close();
    process.exit(0);
  }
});
