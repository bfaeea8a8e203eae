import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HelicalError } from '#shared/domain/errors.ts';
import { readCardReport } from './card-report.ts';
import type { Device, OpenContext, OpenSource } from './device.ts';
import { memoryPathOf, recipeAsRemembered } from './simulator/card-memory.ts';
import { type PlayerJob, playerReadySchema } from './simulator/player-job.ts';
import { isRecipePath, loadRecipe, shippedRecipeNames } from './simulator/shipped-recipes.ts';
import { sampleRateHz } from './simulator/standard.ts';
import { layTape, type Tape } from './simulator/tape.ts';

/** A recorder may be armed long before the tape is started, but not for ever. */
const waitForReaderMs = 10 * 60_000;
/** Drawing a full-raster tape for the first time takes seconds; this is for a machine that is very busy. */
const readyWithinMs = 120_000;
/** Small, so that the kernel does not hide what the card's own queue should hold. */
const readerBufferBytes = 131_072;

/** A card and deck that need no hardware: see simulator/player.ts for the process that plays. */
export const simulator = {
  kind: 'simulator',
  name: 'Simulated deck',
  optionNames: [],
  lacks: async () => undefined,
  deviceKey: async () => undefined,
  namesPath: isRecipePath,

  async discover({ resourcesDir }) {
    const names = await shippedRecipeNames(resourcesDir);
    const recipes = await Promise.all(names.map((name) => loadRecipe(name, resourcesDir)));
    return [
      {
        id: 'simulator',
        kind: 'simulator',
        name: 'Simulated deck',
        inputs: recipes.map((recipe) => ({
          id: recipe.name,
          name: recipe.description,
          selection: `simulator:${recipe.name}`,
        })),
        options: [],
        live: true,
      },
    ];
  },

  async open(selection, context) {
    const written = await loadRecipe(selection.argument, context.resourcesDir);
    const memoryPath = memoryPathOf(written, context.cacheDir);
    const recipe = recipeAsRemembered(written, memoryPath, Date.now());
    const tape = layTape(recipe, selection.durationS);
    // A folder of its own for each player: two may play at once.
    const folder = await mkdtemp(join(context.workDir, 'simulator-'));
    const job: PlayerJob = {
      recipe,
      ...(selection.durationS === undefined ? {} : { durationS: selection.durationS }),
      cacheDir: context.cacheDir,
      reportPath: join(folder, 'card-report.json'),
      memoryPath,
      timecodePath: join(folder, 'timecode.list'),
      readyPath: join(folder, 'ready.json'),
      waitForReaderMs,
    };
    const jobPath = join(folder, 'job.json');
    await writeFile(jobPath, JSON.stringify(job));
    const player = startPlayer(jobPath, join(folder, 'player.log'), context);
    const port = await playerPort(player, job, join(folder, 'player.log'));
    return openedSource(tape, port, job, player);
  },
} satisfies Device;

/** Starts the player in a process group of its own, with no pipe to this process: it outlives the engine. */
function startPlayer(jobPath: string, logPath: string, context: OpenContext): ChildProcess {
  const entry = fileURLToPath(new URL('./simulator/player-process.ts', import.meta.url));
  const [program, ...args] = context.playerCommand ?? [process.execPath, entry];
  const log = openSync(logPath, 'a');
  try {
    const player = spawn(program, [...args, jobPath], {
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
    player.unref();
    return player;
  } finally {
    closeSync(log);
  }
}

async function playerPort(player: ChildProcess, job: PlayerJob, logPath: string): Promise<number> {
  let ended: string | undefined;
  player.once('error', (error) => {
    ended = error.message;
  });
  player.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`;
  });
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    const text = await readFile(job.readyPath, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined) return playerReadySchema.parse(JSON.parse(text)).port;
    if (ended === undefined && Date.now() > deadline) {
      player.kill();
      ended = `it was not ready within ${readyWithinMs / 1000} s`;
    }
    if (ended !== undefined) {
      const report = await readCardReport(job.reportPath);
      throw new HelicalError('DEVICE_FAILED', {
        problem: `The simulator could not start: ${report?.problem ?? ended}.`,
        safe: 'Nothing was recorded yet.',
        remedy: `Its log is ${logPath}.`,
      });
    }
    await wait(20);
  }
}

function openedSource(tape: Tape, port: number, job: PlayerJob, player: ChildProcess): OpenSource {
  const { recipe, standard, width, height, totalFrames } = tape;
  return {
    inputArgs: [
      // Everything is in the header: nothing has to be probed while frames arrive.
      ...['-analyzeduration', '1', '-probesize', '32', '-fpsprobesize', '0'],
      ...['-recv_buffer_size', String(readerBufferBytes)],
      ...['-f', 'matroska', '-i', `tcp://127.0.0.1:${port}`],
    ],
    video: {
      width,
      height,
      frameRate: standard.frameRate,
      fieldOrder: standard.fieldOrder,
      pixelFormat: 'yuv422p10le',
      standard: standard.name,
    },
    audio: { channels: recipe.channels, sampleRateHz },
    live: true,
    essence: 'encode',
    codec: 'v210',
    cardReportPath: job.reportPath,
    ...(recipe.timecode === 'card' || recipe.timecode === 'both'
      ? { timecode: { kind: 'file' as const, path: job.timecodePath, format: 'vitc' } }
      : {}),
    expectedFrames: totalFrames,
    description:
      `Simulated ${standard.name} deck and card, playing the recipe ${recipe.name} (seed ${recipe.seed}): ` +
      `${width}x${height}, 10 bit 4:2:2, ${recipe.channels} channels, ` +
      (recipe.pace === 'unpaced' ? 'as fast as it is read.' : `${recipe.speed} x real time.`),
    async close() {
      if (player.exitCode !== null || player.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => player.once('exit', () => resolve()));
      player.kill('SIGTERM');
      await ended;
    },
  };
}
