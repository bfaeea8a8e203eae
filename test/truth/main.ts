import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mixSeeds } from '#core/devices/simulator/random.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import type { Strength } from './label.ts';
import { makeTape } from './make-tape.ts';
import { cleanRecipes, faultyRecipes, hardRecipes } from './recipes.ts';
import { formatMistakes, formatScore, type JudgedTape, scoreTapes } from './score.ts';
import { secondTapes } from './second/make-second.ts';
import { rasterOf } from './tape/canvas.ts';
import { type SetTape, wholeSet } from './whole-set.ts';

const usage =
  'node test/truth/main.ts make --out DIR, set DIR, survey DIR, score DIR, or delays DIR…: see test/truth/README.md';

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
      seconds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      size: { type: 'string' },
      stock: { type: 'boolean', default: false },
      stored: { type: 'boolean', default: false },
      measured: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      generator: { type: 'string', default: 'first' },
    },
  });
  const [verb, folder] = positionals;
  const ffmpeg = await locateFfmpeg();
  const only = values.only?.split(',');
  if ((verb === 'set' || verb === 'survey') && folder) {
    const tapes = wholeSet({
      ...{ folder, ffmpegPath: ffmpeg.ffmpegPath },
      ...{ seed: Number(values.seed), pictureSeconds: Number(values.seconds ?? 6) },
    });
    const { makeTapes } = await import('./survey.ts');
    await (verb === 'set' ? makeTapes(tapes, say) : surveyAll({ tapes, folder, ffmpeg }, values.write));
    return;
  }
  if (verb === 'score' && folder) {
    await score(folder, only, values, ffmpeg);
    return;
  }
  if (verb === 'measure' && folder) {
    const { storeSamples } = await import('./stored-samples.ts');
    await storeSamples(folder, ffmpeg);
    return;
  }
  if (verb === 'delays') {
    const { writeDelays } = await import('./write-delays.ts');
    await writeDelays(positionals.slice(1), values.write);
    return;
  }
  if (verb !== 'make' || !values.out) throw new Error(usage);
  mkdirSync(values.out, { recursive: true });
  const bits = values.bits === '8' ? 8 : 10;
  const system = values.system === 'NTSC' ? 'NTSC' : 'PAL';
  const order = { seconds: Number(values.seconds ?? 12), seed: mixSeeds(Number(values.seed)) };
  const kinds = values.kinds.split(',');
  const isWanted = ({ name, kind }: { name: string; kind: string }) =>
    kinds.includes(kind) && (only?.some((prefix) => name.startsWith(prefix)) ?? true);
  const size = sizeOf(values.size);
  const place = { folder: values.out, bits, ffmpegPath: ffmpeg.ffmpegPath } as const;
  if (values.generator === 'second') {
    for (const tape of secondTapes({ ...order, ...place, system, size }).filter(isWanted)) {
      await timed(() => tape.make());
    }
    return;
  }
  const first = { ...order, raster: rasterOf(system, size) };
  const recipes = [
    ...faultyRecipes(first, strengthsOf(values.strengths), bits),
    ...cleanRecipes(first),
    ...hardRecipes(first),
  ];
  for (const recipe of recipes.filter(isWanted)) await timed(() => makeTape(recipe.make(), place));
}

// What works with the engine is loaded only where it is asked for: tapes can be made while somebody takes it apart.

async function surveyAll(
  order: { tapes: readonly SetTape[]; folder: string; ffmpeg: Ffmpeg },
  isWritten: boolean,
): Promise<void> {
  const { survey } = await import('./survey.ts');
  const { engineHere } = await import('./run-record.ts');
  const found = await survey({ ...order, engine: await engineHere(), keepsTapes: true, say });
  const scored = scoreTapes(found.engine);
  const stock = formatScore(scoreTapes(found.stock));
  process.stdout.write(`${formatScore(scored)}\n\nstock filters\n${stock}\n\n${formatMistakes(scored)}\n`);
  if (!isWritten) return;
  const { writeTruthPage } = await import('./write-truth-page.ts');
  writeTruthPage(found, order.ffmpeg);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function strengthsOf(text: string): Strength[] {
  return ([1, 2, 3] as const).filter((one) => text.includes(String(one)));
}

/** `180x144`: a small picture costs little where only the sound matters. */
function sizeOf(text: string | undefined): { width: number; height: number } | undefined {
  const [width, height] = (text ?? '').split('x').map(Number);
  return width && height ? { width, height } : undefined;
}

async function timed(make: () => Promise<string>): Promise<void> {
  const startedAtMs = performance.now();
  const path = await make();
  say(`${path} ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
}

async function score(
  folder: string,
  only: readonly string[] | undefined,
  how: { stock: boolean; stored: boolean; measured: boolean },
  ffmpeg: Ffmpeg,
): Promise<void> {
  const { engineJudge, labelsIn, stockJudge } = await import('./judge-tapes.ts');
  const { hasSamples, storedJudge } = await import('./stored-samples.ts');
  const judge = how.stock
    ? stockJudge(ffmpeg)
    : how.stored || how.measured
      ? storedJudge
      : engineJudge(ffmpeg);
  const judged: JudgedTape[] = [];
  for (const label of labelsIn(folder)) {
    if (only && !only.some((prefix) => label.file.startsWith(prefix))) continue;
    if (how.measured && !hasSamples(folder, label)) continue;
    const startedAtMs = performance.now();
    judged.push(await judge(folder, label));
    say(`${label.file} ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
  }
  const scored = scoreTapes(judged);
  process.stdout.write(`${formatScore(scored)}\n\n${formatMistakes(scored)}\n`);
}

await main();
