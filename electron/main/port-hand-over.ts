import { BrowserWindow, ipcMain, MessageChannelMain, type WebFrameMain } from 'electron';
import { appOrigin } from './app-protocol.ts';
import type { EngineProcess } from './engine-process.ts';

/** The one channel between a page's preload and the shell. */
const portChannel = 'helical:port';

/** Gives a port of the engine to each page of ours that asks, and to nobody else. */
export function handOverPorts(engine: EngineProcess): { again(): void } {
  const handOver = (frame: WebFrameMain | null): void => {
    // Between two engines there is nobody to talk to; the page is given a port when the next one starts.
    if (!frame || !isOurPage(frame) || engine.isEnded()) return;
    const { port1, port2 } = new MessageChannelMain();
    engine.connect(port1);
    frame.postMessage(portChannel, null, [port2]);
  };
  ipcMain.on(portChannel, (event) => handOver(event.senderFrame));
  return {
    /** To every open page, after the engine was started anew. */
    again() {
      for (const window of BrowserWindow.getAllWindows()) handOver(window.webContents.mainFrame);
    },
  };
}

/** The top frame of a page that this app served. */
function isOurPage(frame: WebFrameMain): boolean {
  return !frame.detached && frame.parent === null && frame.origin === appOrigin;
}
