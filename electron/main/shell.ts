import { app, BrowserWindow } from 'electron';
import type { ErrorSentence } from '#shared/domain/errors.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { createEngineProcess } from './engine-process.ts';
import { setMenu } from './menu.ts';
import { handOverPorts } from './port-hand-over.ts';
import { askAboutRefusal, askToRestart, tellRestarted } from './sentences.ts';
import { denyPermissions, guardPages, openWindow } from './window.ts';

/** An engine that ends sooner than this after its start would only end again. */
const shortLifeMs = 30_000;

/** The desktop workstation: one window, one engine. */
export async function startShell(): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  registerAppScheme();
  guardPages();

  let startedAt = 0;
  const engine = createEngineProcess({
    onLost: (exitCode) => void lost(exitCode),
    onRefused: (sentence) => void refused(sentence),
  });
  const ports = handOverPorts(engine);

  const startEngine = () => {
    startedAt = Date.now();
    engine.start();
    ports.again();
  };
  async function lost(exitCode: number): Promise<void> {
    if (Date.now() - startedAt >= shortLifeMs) tellRestarted(exitCode);
    else if (!(await askToRestart(exitCode))) return app.quit();
    startEngine();
  }
  async function refused(sentence: ErrorSentence): Promise<void> {
    if (!(await askAboutRefusal(sentence))) return app.quit();
    await engine.close();
    startEngine();
  }

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (engine.isEnded()) return;
    event.preventDefault();
    void engine.close().then(() => app.quit());
  });

  await app.whenReady();
  denyPermissions();
  setMenu();
  serveApp((request) => engine.media(request));
  startEngine();
  openWindow();
}
