import { runPlayer } from './player.ts';

/** The player as a program: its one argument is the job file. */
await runPlayer(process.argv[2] ?? '');
