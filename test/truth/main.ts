import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mixSeeds } from '#core/devices/simulator/random.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { makeTape } from './make-tape.ts';
import { recipesFor } from './recipes.ts';
import { formatMistakes, formatScore, type JudgedTape, scoreTapes } from './score.ts';
import { secondTapes } from './second/make-second.ts';
import { rasterOf } from './tape/canvas.ts';

const usage = 'node test/truth/main.ts make --out DIR, score DIR, or delays DIR…: see test/truth/README.md';

/** Makes tapes whose faults are known, and scores what is said about them. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      only: { type: 'string' },
      kinds: { type: 'string', default: 'fault,clean,hard-negative' },
      strengths: { type: 'string', default: '123' },
      system: { type: 'string', default: 'PAL' },
      bits: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '12' },
      seed: { type: 'string', default: '1' },
      size: { type: 'string' },
      'first-way': { type: 'boolean', default: false },
      stock: { type: 'boolean', default: false },
      stored: { type: 'boolean', default: false },
      measured: { type: 'boolean', default: false },
      generator: { type: 'string', default: 'first' },
    },
  });
  const [verb, folder] = positionals;
  const ffmpeg = await locateFfmpeg();
  const only = values.only?.split(',');
  if (verb === 'score' && folder) {
    await score(folder, only, values, ffmpeg);
    return;
  }
  if (verb === 'page') {
    const { writePage } = await import('./made-tapes-page.ts');
    await writePage(positionals.slice(1), values.measured, ffmpeg);
    return;
  }
  if (verb === 'measure' && folder) {
    const { judgedProfile } = await import('./judge-tapes.ts');
    const { storeSamples } = await import('./stored-samples.ts');
    await storeSamples(folder, judgedProfile, ffmpeg);
    return;
  }
  if (verb === 'delays') {
    await delays(positionals.slice(1));
    return;
  }
  if (verb !== 'make' || !values.out) throw new Error(usage);
  mkdirSync(values.out, { recursive: true });
  const bits = values.bits === '8' ? 8 : 10;
  const system = values.system === 'NTSC' ? 'NTSC' : 'PAL';
  const order = { seconds: Number(values.seconds), seed: mixSeeds(Number(values.seed)) };
  const kinds = values.kinds.split(',');
  const size = sizeOf(values.size);
  const place = { folder: values.out, bits, ffmpegPath: ffmpeg.ffmpegPath } as const;
  if (values.generator === 'second') {
    for (const make of secondTapes({ ...order, ...place, system, size }, only, kinds)) await timed(make);
    return;
  }
  const recipes = recipesFor({
    order: { ...order, raster: rasterOf(system, size) },
    only,
    kinds,
    strengths: [...values.strengths].map(Number),
    bits,
    turn: values['first-way'] ? 0 : undefined,
  });
  for (const makeRecipe of recipes) await timed(() => makeTape(makeRecipe(), place));
}

/** How soon the faults of tapes that were measured before are told while they play. */
async function delays(folders: readonly string[]): Promise<void> {
  const { judgedProfile, labelsIn } = await import('./judge-tapes.ts');
  const { MissingColumn, samplesBeside } = await import('./stored-samples.ts');
  const { formatDelays, liveDelays } = await import('./live-delay.ts');
  const all = folders.flatMap((folder) =>
    labelsIn(folder).flatMap((label) => {
      const series = samplesBeside(folder, label);
      if (!series || label.events.length === 0) return [];
      try {
        return liveDelays(label, series, judgedProfile);
      } catch (error) {
        if (!(error instanceof MissingColumn)) throw error;
        process.stderr.write(`${label.file}: ${error.message}: measure it again\n`);
        return [];
      }
    }),
  );
  process.stdout.write(`${formatDelays(all)}\n`);
}

/** `180x144`: a small picture costs little where only the sound matters. */
function sizeOf(text: string | undefined): { width: number; height: number } | undefined {
  const [width, height] = (text ?? '').split('x').map(Number);
  return width && height ? { width, height } : undefined;
}

async function timed(make: () => Promise<string>): Promise<void> {
  const startedAtMs = performance.now();
  const path = await make();
  process.stderr.write(`${path} ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s\n`);
}

async function score(
  folder: string,
  only: readonly string[] | undefined,
  how: { stock: boolean; stored: boolean; measured: boolean },
  ffmpeg: Ffmpeg,
): Promise<void> {
  // Loaded only here: tapes can be made while somebody takes the engine apart.
  const { engineJudge, judgedProfile, labelsIn, stockJudge } = await import('./judge-tapes.ts');
  const { hasSamples, storedJudge } = await import('./stored-samples.ts');
  const judge = how.stock
    ? stockJudge(ffmpeg)
    : how.stored || how.measured
      ? storedJudge(judgedProfile)
      : engineJudge(ffmpeg);
  const judged: JudgedTape[] = [];
  for (const label of labelsIn(folder)) {
    if (only && !only.some((prefix) => label.file.startsWith(prefix))) continue;
    if (how.measured && !hasSamples(folder, label)) continue;
    const startedAtMs = performance.now();
    judged.push(await judge(folder, label));
    process.stderr.write(`${label.file} ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s\n`);
  }
  const scored = scoreTapes(judged);
  process.stdout.write(`${formatScore(scored)}\n\n${formatMistakes(scored)}\n`);
}

await main();
