import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstrumentCost } from '#core/qc/cost-meter.ts';
import { measureFile } from '#core/qc/measure-file.ts';
import { qcProfileSchema } from '#shared/domain/profiles.ts';
import { makeTape } from '../../truth/make-tape.ts';
import { cleanRecipes } from '../../truth/recipes.ts';
import { rasterOf } from '../../truth/tape/canvas.ts';
import { type Bench, type BenchContext, pairedRow } from '../bench.ts';
import { alternate } from '../figures.ts';
import { cpuSecondsSoFar } from '../process-cpu.ts';
import { plainAnalysis, qctoolsAnalysis, vrecordAnalysis } from '../stock-tools.ts';
import { type Cost, timedFfmpeg } from '../timed-ffmpeg.ts';

const profile = qcProfileSchema.parse(
  JSON.parse(
    readFileSync(new URL('../../../resources/profiles/qc/analogue-sd.json', import.meta.url), 'utf8'),
  ),
);
/** What starts and what V8 compiles takes a second of processor time, and a tape an hour: at 16 s that was a tenth of ours. */
const defaultSeconds = 40;
const framesPerSecond = 25;

/**
 * `helical qc` on a tape-like file, all measures and checks, against a decode that does nothing with the pictures, and against
 * the sets of others. All with the same cores, in turn. The budget is one of time; processor time says the same of a machine
 * that others use too, where time says how busy it was.
 */
export const measures: Bench = {
  name: 'measures',
  async run(context) {
    context.say('making a tape');
    const seconds = Math.ceil(context.seconds ?? defaultSeconds);
    const frames = seconds * framesPerSecond;
    const path = await tape(context, seconds);
    const { ffmpegPath } = context.ffmpeg;
    const [video, audio] = ['video.txt', 'audio.txt'].map((name) => join(context.folder, name)) as [
      string,
      string,
    ];
    const costs: (readonly InstrumentCost[])[] = [];
    const measure = () =>
      timed(() => measureFile(path, profile, context.ffmpeg, { onCost: (cost) => costs.push(cost) }));
    const run = (args: string[]) => () => timed(() => timedFfmpeg(ffmpegPath, args));
    const decode = run(['-nostdin', '-v', 'error', '-i', path, '-f', 'null', '-']);
    await decode();
    const row = async (
      name: string,
      referenceName: string,
      limit: number,
      reference: () => Promise<Cost>,
      runs: number,
    ) => {
      context.say(`against ${referenceName}`);
      const pairs = await alternate(runs, measure, reference);
      await Promise.all([video, audio].map((printed) => rm(printed, { force: true })));
      const rowOf = (of: keyof Cost, rowName: string, what: string) =>
        pairedRow(
          {
            ...{ name: rowName, referenceName, unit: 's' },
            what: `${what} to measure and judge a tape of ${frames} frames 720x576 at ten bits`,
            budget: { of: 'ratio', limit: 'at-most', value: limit },
            notes: name === 'measures' ? [] : ['The other set has fewer measures, and no checks.'],
          },
          pairs.map(({ ours, reference: other }) => ({ ours: ours[of], reference: other[of] })),
        );
      return [rowOf('wallS', name, 'Time'), rowOf('cpuS', `${name}/cpu`, 'Processor time')];
    };
    const floor = await row('measures', 'decoding it alone', 1.5, decode, 4);
    const others = [
      ...(await row('measures/qctools', "QCTools' filters", 1, run(qctoolsAnalysis(path, video, audio)), 2)),
      ...(await row(
        'measures/vrecord',
        "vrecord's filters",
        1.2,
        run(vrecordAnalysis(path, video, audio)),
        2,
      )),
      ...(await row(
        'measures/plain',
        'signalstats and astats',
        1.5,
        run(plainAnalysis(path, video, audio)),
        2,
      )),
    ];
    const notes = [profileOf(costs, frames)];
    return [...floor.map((one) => ({ ...one, notes })), ...others];
  },
};

/** A tape in order, as the generator of labelled tapes makes it: noise, bandwidth and blanking of a real one. */
async function tape({ folder, ffmpeg }: BenchContext, seconds: number): Promise<string> {
  const order = { raster: rasterOf('PAL'), seconds, seed: 1 };
  const recipe = cleanRecipes(order).find(({ name }) => name === 'clean-betacam');
  if (!recipe) throw new Error('The generator has no tape in order.');
  return makeTape(recipe.make(), { folder, bits: 10, ffmpegPath: ffmpeg.ffmpegPath });
}

/** Where the time goes, dearest first. */
function profileOf(costs: readonly (readonly InstrumentCost[])[], frames: number): string {
  const sums = new Map<string, number>();
  for (const { name, ms } of costs.flat()) sums.set(name, (sums.get(name) ?? 0) + ms);
  const each = [...sums].map(([name, ms]) => [name, ms / costs.length / frames] as const);
  const total = each.reduce((sum, [, ms]) => sum + ms, 0);
  const said = each.toSorted((a, b) => b[1] - a[1]).map(([name, ms]) => `${name} ${ms.toFixed(2)}`);
  return `CPU of the instruments: ${total.toFixed(1)} ms a frame (${said.join(', ')}).`;
}

async function timed(work: () => Promise<unknown>): Promise<Cost> {
  const [startedAtMs, usedS] = [performance.now(), cpuSecondsSoFar()];
  await work();
  return { wallS: (performance.now() - startedAtMs) / 1000, cpuS: cpuSecondsSoFar() - usedS };
}
