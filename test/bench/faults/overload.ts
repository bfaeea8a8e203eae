import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seeded } from '../../capture-faults/seeded.ts';
import {
  openStation,
  recordTape,
  type Station,
  smallRecipe,
  untilFrames,
} from '../../capture-faults/station.ts';
import { recordOf, toldByCard } from '../../capture-faults/tape-files.ts';
import { type Bench, type BenchContext, worstRow } from '../bench.ts';
import { median } from '../figures.ts';

const defaultRuns = 8;
const defaultSeed = 20261122;
const framesPerSecond = 25;
const atOnce = 2;
const stepMs = 100;
const givesUpAfterMs = 300_000;

/** One recorder that is held back. */
export interface Overload {
  /** Of real time: 0 stands still. */
  speed: number;
  /** What the card holds. */
  queueS: number;
  /** Frames recorded undisturbed before. */
  afterFrames: number;
}

export interface OverloadOutcome extends Overload {
  /** From the alarm to the first lost frame, in seconds; undefined where no alarm came before it. */
  warnedS: number | undefined;
  told: string | undefined;
}

/** Queues from twelve seconds to the 37 of a DeckLink as it comes, and recorders from a stop to four fifths of the pace. */
export function drawOverload(random: () => number): Overload {
  return {
    speed: random() < 0.25 ? 0 : 0.1 + random() * 0.5,
    queueS: 12 + random() * 12,
    afterFrames: 25 + Math.floor(random() * 150),
  };
}

/** Holds recorders back until their cards lose a frame. */
export async function runOverloads({
  folder,
  say,
  count = defaultRuns,
  seed = defaultSeed,
}: Pick<BenchContext, 'folder' | 'say'> & {
  count?: number | undefined;
  seed?: number | undefined;
}): Promise<OverloadOutcome[]> {
  const random = seeded(seed);
  const waiting = Array.from({ length: count }, () => drawOverload(random))
    .entries()
    .toArray();
  const station = await openStation(join(folder, 'data'));
  const outcomes: OverloadOutcome[] = [];
  try {
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [number, overload] = next;
        const outcome = await holdBack(station, `O-${number + 1}`, overload);
        outcomes.push(outcome);
        const { speed, queueS, warnedS } = outcome;
        say(
          `at ${speed.toFixed(2)} of the pace, queue ${queueS.toFixed(0)} s: ${warnedS?.toFixed(1) ?? 'never'} s`,
        );
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await station.close();
  }
  return outcomes;
}

async function holdBack(station: Station, identifier: string, overload: Overload): Promise<OverloadOutcome> {
  const { speed, queueS, afterFrames } = overload;
  const recipe = smallRecipe({
    queueFrames: Math.round(queueS * framesPerSecond),
    segments: [{ content: 'scene', seconds: 600 }],
  });
  const { passId, operatorId } = await recordTape(station, identifier, recipe);
  await untilFrames(station, passId, afterFrames);
  const { process: recorder, cardReportPath } = await recordOf(station, identifier);
  const pid = recorder?.pid as number;
  const start = (await toldByCard(cardReportPath)).deliveredFrames;
  const startedAtMs = Date.now();
  try {
    for (;;) {
      const card = await toldByCard(cardReportPath);
      const elapsedS = (Date.now() - startedAtMs) / 1000;
      if (card.droppedFrames > 0) {
        const alarm = station.stores.passes.find(passId)?.alarms.find(({ kind }) => kind === 'lag');
        // A frame is dropped in the moment in which the card takes it, and reported at once.
        const warnedS = alarm && (card.atMs - Date.parse(alarm.at)) / 1000;
        return { ...overload, warnedS, told: alarm?.message };
      }
      if (elapsedS * 1000 > givesUpAfterMs)
        throw new Error(`${identifier} lost nothing in ${elapsedS.toFixed(0)} s`);
      const isAhead = card.deliveredFrames - start > speed * framesPerSecond * elapsedS;
      process.kill(pid, isAhead || speed === 0 ? 'SIGSTOP' : 'SIGCONT');
      await wait(stepMs);
    }
  } finally {
    process.kill(pid, 'SIGCONT');
    await station.capture.stop(passId, operatorId);
    await station.capture.whenSettled(passId);
  }
}

/** Recorders too slow for their tape: how long before the first lost frame the operator is told. */
export const overload: Bench = {
  name: 'faults/overload',
  async run(context) {
    const outcomes = await runOverloads(context);
    const warned = outcomes.map(({ warnedS }) => warnedS ?? 0);
    const never = outcomes.filter(({ warnedS }) => warnedS === undefined).length;
    return [
      worstRow(
        {
          name: 'faults/overload',
          what: 'Least time from the alarm that a recorder falls behind to the first lost frame',
          unit: 's',
          budget: { of: 'value', limit: 'at-least', value: 10 },
          notes: [
            `${outcomes.length} recorders held back by SIGSTOP and SIGCONT, 192x144, seed ${context.seed ?? defaultSeed}; median ${median(warned).toFixed(1)} s, most ${Math.max(...warned).toFixed(1)} s; ${never} without an alarm.`,
            ...outcomes.map(
              ({ speed, queueS, warnedS, told }) =>
                `${(100 * speed).toFixed(0)} % of the pace, queue ${queueS.toFixed(1)} s: ${warnedS?.toFixed(1) ?? 'never'} s before. ${told ?? ''}`,
            ),
          ],
        },
        Math.min(...warned),
        outcomes.length,
      ),
    ];
  },
};
