import { app } from 'electron';
import { playerArgument } from './engine-process.ts';
import { startShell } from './shell.ts';

/**
 * One program, three callings: the workstation; the command line (`helical cli …`); the simulator's player, which
 * outlives both. The last two are awaited here, so that Electron does not become ready and opens nothing.
 */
const ownArguments = app.isPackaged ? 1 : 2;
const [first, jobPath = ''] = process.argv.slice(ownArguments);

if (first === playerArgument) {
  app.dock?.hide();
  const { runPlayer } = await import('#core/devices/simulator/player.ts');
  await runPlayer(jobPath);
  app.exit(0);
} else if (first === 'cli') {
  app.dock?.hide();
  const { runCommandLine } = await import('#hosts/cli/run-command-line.ts');
  await runCommandLine(process.argv.slice(ownArguments + 1));
  // Output into a pipe is written later than it is said.
  await new Promise((written) => process.stdout.write('', written));
  app.exit(Number(process.exitCode ?? 0));
} else {
  void startShell();
}
