import { app } from 'electron';
import { playerArgument } from './player-argument.ts';
import { startShell } from './shell.ts';

/** One program, two callings: the workstation, and the simulator's player, which outlives it. */
const [first, jobPath = ''] = process.argv.slice(app.isPackaged ? 1 : 2);

if (first === playerArgument) {
  app.dock?.hide();
  // Awaited here, so that Electron does not become ready and opens nothing.
  const { runPlayer } = await import('#core/devices/simulator/player.ts');
  await runPlayer(jobPath);
  app.exit(0);
} else {
  void startShell();
}
