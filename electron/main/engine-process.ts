import { join } from 'node:path';
import { app, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { engineBytes } from '#hosts/engine-bytes.ts';
import type { FromService, MediaAddress, ToService } from '#hosts/service-messages.ts';
import type { ErrorSentence } from '#shared/domain/errors.ts';

/** First argument that makes this program the simulator's player instead of a workstation. */
export const playerArgument = '--helical-player';

/** Followers and the database close in less; after this long the process is ended, which loses nothing that is proved. */
const closeWithinMs = 30_000;

interface Listeners {
  /** The process ended though nobody asked for it. */
  onLost(exitCode: number): void;
  /** The engine cannot work, and says why. */
  onRefused(sentence: ErrorSentence): void;
}

interface Running {
  process: UtilityProcess;
  address: Promise<MediaAddress>;
  ended: Promise<void>;
}

/** The engine's process, as the shell sees it. */
export function createEngineProcess({ onLost, onRefused }: Listeners) {
  let running: Running | undefined;
  let isClosing = false;

  function start(): void {
    isClosing = false;
    const child = utilityProcess.fork(join(import.meta.dirname, 'service.js'), [], {
      serviceName: 'Helical engine',
    });
    const address = Promise.withResolvers<MediaAddress>();
    const ended = Promise.withResolvers<void>();
    // Whoever waits for it is told; nobody has to wait for it.
    address.promise.catch(() => {});
    child.on('message', (message: FromService) => {
      if (message.kind === 'ready') address.resolve(message);
      else onRefused(message.sentence);
    });
    child.once('exit', (exitCode) => {
      running = undefined;
      address.reject(new Error(`the engine ended with ${exitCode}`));
      ended.resolve();
      if (!isClosing) onLost(exitCode);
    });
    running = { process: child, address: address.promise, ended: ended.promise };
    tell({ kind: 'open', playerCommand: playerCommand() });
  }

  function tell(message: ToService, ports: MessagePortMain[] = []): void {
    running?.process.postMessage(message, ports);
  }

  return {
    start,
    connect: (port: MessagePortMain) => tell({ kind: 'port' }, [port]),

    /** Bytes of the engine; 503 while there is none. */
    async media(request: Request): Promise<Response> {
      const address = await running?.address.catch(() => undefined);
      return address ? engineBytes(address, request) : new Response(null, { status: 503 });
    },

    isEnded: () => running === undefined,

    /** Comes back when the process has ended. Recorders go on: they are programs of their own. */
    async close(): Promise<void> {
      isClosing = true;
      if (!running) return;
      const { process: child, ended } = running;
      tell({ kind: 'close' });
      const patience = setTimeout(() => child.kill(), closeWithinMs);
      await ended;
      clearTimeout(patience);
    },
  };
}
export type EngineProcess = ReturnType<typeof createEngineProcess>;

/** Starts this app as the simulator's player: with the fuse `runAsNode` off nothing else here can run our code. */
function playerCommand(): [string, ...string[]] {
  return [process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), playerArgument];
}
