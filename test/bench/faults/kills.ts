import { join } from 'node:path';
import { seeded } from '../../capture-faults/seeded.ts';
import { type Bench, type BenchContext, worstRow } from '../bench.ts';
import { median } from '../figures.ts';
import { writeRecipe } from '../simulated-source.ts';
import { drawKillPlan } from './kill-plan.ts';
import { type KilledTape, recordAndKill } from './killed-tape.ts';
import { startStationProcesses } from './station-processes.ts';

const defaultKills = 500;
const defaultSeed = 20261122;
const framesPerSecond = 25;
const budgetS = 0.5;

/** Records tapes and kills until so many processes have been killed. */
export async function runKills({
  folder,
  ffmpeg,
  say,
  count = defaultKills,
  seed = defaultSeed,
}: Pick<BenchContext, 'folder' | 'ffmpeg' | 'say'> & {
  count?: number | undefined;
  seed?: number | undefined;
}): Promise<KilledTape[]> {
  const dataDir = join(folder, 'data');
  // Room for ten seconds: what is to be seen is what kills cost, not what a busy machine does.
  const recipePath = await writeRecipe(folder, {
    raster: { width: 192, height: 144 },
    channels: 4,
    queueFrames: 250,
    segments: [{ content: 'scene', seconds: 3600 }],
  });
  await using station = await startStationProcesses(dataDir);
  const tapes: KilledTape[] = [];
  let kills = 0;
  const random = seeded(seed);
  while (kills < count) {
    const plan = drawKillPlan(count - kills, random);
    const identifier = `K-${tapes.length + 1}`;
    const tape = await recordAndKill({ station, dataDir, identifier, recipePath, plan, ffmpeg });
    tapes.push(tape);
    kills += tape.killed.length;
    const unstated = tape.unstatedFrames + tape.misplacedFrames;
    const cost = `${tape.keptFrames} kept, ${tape.lostFrames} lost, ${unstated} unstated, ${tape.droppedFrames} dropped`;
    say(
      `${kills} of ${count}: ${identifier} ${tape.killed.join('+') || 'nobody'}: ${tape.state}, ${cost}${tape.failure === null ? '' : ` (${tape.failure})`}`,
    );
  }
  return tapes;
}

/** SIGKILL of recorder, follower, engine and window at random moments, together and apart. */
export const kills: Bench = {
  name: 'faults/kills',
  async run(context) {
    const startedAtMs = performance.now();
    const tapes = await runKills(context);
    const seconds = (performance.now() - startedAtMs) / 1000;
    const killed = tapes.flatMap((tape) => tape.killed);
    const of = (victim: string): number => killed.filter((one) => one === victim).length;
    const crashes = tapes.filter(({ isRecorderKilled }) => isRecorderKilled);
    const losses = crashes.map(({ lostFrames }) => lostFrames);
    const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
    const broken = tapes.filter(({ state, keptFrames }) => state !== 'sealed' || keptFrames === 0);
    const counts =
      `${killed.length} kills (recorder ${of('recorder')}, follower ${of('follower')}, engine ${of('engine')}, ` +
      `window ${of('window')}) on ${tapes.length} tapes 192x144, seed ${context.seed ?? defaultSeed}, ${seconds.toFixed(0)} s.`;
    const spread =
      losses.length === 0
        ? 'No recorder was killed.'
        : `Frames lost at a kill of the recorder: least ${Math.min(...losses)}, median ${median(losses)}, most ` +
          `${Math.max(...losses)}; of all ${sum(losses)}, ${sum(crashes.map(({ queuedFrames }) => queuedFrames))} waited in the card.`;
    const row = (
      name: string,
      what: string,
      unit: string,
      limit: number,
      worst: number,
      notes: string[] = [],
    ) =>
      worstRow(
        {
          name: `faults/kills/${name}`,
          what,
          unit,
          budget: { of: 'value', limit: 'at-most', value: limit },
          notes,
        },
        worst,
        killed.length,
      );
    return [
      row(
        'most-lost',
        'The most that one kill cost',
        's',
        budgetS,
        Math.max(0, ...losses) / framesPerSecond,
        [counts, spread],
      ),
      row(
        'unstated',
        'Frames the card took that are neither read back from a master nor stated as lost',
        'frames',
        0,
        sum(tapes.map(({ unstatedFrames, misplacedFrames }) => unstatedFrames + misplacedFrames)),
        [
          `Read back from the masters: ${sum(tapes.map(({ keptFrames }) => keptFrames))} frames, by their numbers.`,
        ],
      ),
      row('unrecoverable', 'Tapes that were not sealed in the end', 'tapes', 0, broken.length, [
        ...broken.map(
          ({ identifier, failure, killed: by }) =>
            `${identifier}: ${failure ?? 'no frame kept'} (killed: ${by.join(', ') || 'nobody'})`,
        ),
        `Dropped by the card in all of them: ${sum(tapes.map(({ droppedFrames }) => droppedFrames))} frames.`,
      ]),
    ];
  },
};
