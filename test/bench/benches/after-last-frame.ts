import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import type { HelicalClient } from '#hosts/attach.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { absoluteRow, type Bench, type BenchContext, pairedRow } from '../bench.ts';
import { alternate, median } from '../figures.ts';
import { masterProfile } from '../master-profile.ts';
import { ownEngine } from '../own-engine.ts';
import { bareRecorder, recorded } from '../recorders.ts';
import { chooseTapes, closedAtMs, type PacedTape, startRecording, untilSealed } from '../recording.ts';
import { playRecipe } from '../simulated-source.ts';
import { accessCopy, decodeAndHash, plainAnalysis, qctoolsAnalysis } from '../stock-tools.ts';
import { timedFfmpeg } from '../timed-ffmpeg.ts';

const defaultSeconds = 20;
const digestTools = ['md5sum', 'sha256sum', 'sha512sum'];

/**
 * From the end of the recording (the master is closed) to a sealed master with samples, access copy and a bag: Helical, which
 * follows while the tape plays, beside stock tools, one after the other, on the same machine and the same tape.
 */
export const afterLastFrame: Bench = {
  name: 'after-last-frame',
  async run(context) {
    await requireDigestTools();
    await using engine = await ownEngine(join(context.folder, 'data'));
    const { client } = engine;
    const seconds = context.seconds ?? defaultSeconds;
    const { comfortable, full, preflight } = await chooseTapes(client, context, seconds);
    context.say(preflight);
    const conditions = [preflight];
    if (!full) conditions.push('The full raster was left out: this machine did not hold it just now.');
    const rows = await measureTape({
      context,
      client,
      tape: comfortable,
      runs: 3,
      name: 'after-last-frame',
      conditions,
      sealBudget: true,
    });
    if (full && full.raster !== comfortable.raster) {
      const name = 'after-last-frame/full-raster';
      rows.push(
        ...(await measureTape({
          context,
          client,
          tape: full,
          runs: 2,
          name,
          conditions: [],
          sealBudget: false,
        })),
      );
    }
    return rows;
  },
};

async function measureTape(options: {
  context: BenchContext;
  client: HelicalClient;
  tape: PacedTape;
  runs: number;
  name: string;
  conditions: string[];
  /** The plan's budget in seconds holds where the machine keeps up. */
  sealBudget: boolean;
}) {
  const { context, client, tape, runs, name, conditions, sealBudget } = options;
  const pairs = await alternate(
    runs,
    (run) => withHelical(client, context, tape.recipePath, `BENCH-${tape.raster}-${run}`),
    () => withStockTools(context, tape.recipePath),
  );
  const middle = (of: (pair: (typeof pairs)[number]) => number): string => median(pairs.map(of)).toFixed(1);
  const ours =
    `Helical: sealed with samples and access copy after ${middle((pair) => pair.ours.sealedS)} s, ` +
    `then ${middle((pair) => pair.ours.bagS)} s for the bag, written and read back; when the recorder had ended, ` +
    `the follower had ${middle((pair) => pair.ours.behindFrames)} frames to go.`;
  const steps = (names: (keyof StockTimes)[]): string =>
    `Stock tools: ${names.map((step) => `${step} ${middle((pair) => pair.reference[step])} s`).join(', ')}.`;
  const rowOf = (rowName: string, names: (keyof StockTimes)[], referenceName: string) =>
    pairedRow(
      {
        name: rowName,
        what: `Time from the end of a recording in real time (${tape.raster}) to a verified bag`,
        unit: 's',
        budget: { of: 'ratio', limit: 'at-most', value: 0.5 },
        referenceName,
        notes: [...conditions, ours, steps(names)],
      },
      pairs.map((pair) => ({
        ours: pair.ours.sealedS + pair.ours.bagS,
        reference: names.reduce((total, step) => total + pair.reference[step], 0),
      })),
    );
  return [
    rowOf(
      name,
      ['hashes', 'qctools', 'access', 'digests', 'bag'],
      'stock tools in turn, with a QCTools-style analysis, to an unverified bag',
    ),
    rowOf(
      `${name}/same-measures`,
      ['hashes', 'measures', 'access', 'digests', 'bag'],
      'the same, but measuring only what Helical measures today',
    ),
    ...(sealBudget ? [sealedRow(name, tape.raster, pairs)] : []),
  ];
}

function sealedRow(name: string, raster: string, pairs: { ours: { sealedS: number; readS: number } }[]) {
  const readS = Math.max(...pairs.map(({ ours }) => ours.readS));
  return absoluteRow(
    {
      name: `${name}/sealed`,
      what: `Time from the end of a recording in real time (${raster}) to seal, samples and access copy`,
      unit: 's',
      budget: { of: 'value', limit: 'at-most', value: 5 + readS },
      notes: [`The budget is 5 s and one read of the master (${readS.toFixed(2)} s).`],
    },
    pairs.map(({ ours }) => ours.sealedS),
  );
}

async function withHelical(
  client: HelicalClient,
  context: BenchContext,
  recipePath: string,
  identifier: string,
) {
  const passId = await startRecording(client, identifier, recipePath);
  let behindFrames: number | undefined;
  await untilSealed(client, passId, ({ state, frames, follower }) => {
    if (state === 'following' || state === 'sealed') behindFrames ??= frames - follower.frames;
  });
  const sealedAtMs = Date.now();
  const files = await client.passes.locate({ passId });
  const missing = ['master', 'seal', 'access', 'samples'].filter((role) =>
    files.every((file) => file.role !== role),
  );
  if (missing.length > 0) throw new Error(`the pass is sealed without ${missing.join(', ')}`);
  const masterPath = files.find(({ role }) => role === 'master')?.path ?? '';
  const endedAtMs = await closedAtMs(masterPath);

  const bagFromMs = performance.now();
  await client.batches.create({ name: identifier, tapes: [identifier] });
  const to = join(context.folder, `delivery-${identifier}`);
  const { packages, problems } = await client.batches.exportTo({ batch: identifier, to });
  if (packages[0]?.ok !== true) throw new Error(`no good bag: ${JSON.stringify(problems)}`);
  const bagS = (performance.now() - bagFromMs) / 1000;
  const readS = await timed(async () => {
    for await (const _ of createReadStream(masterPath, { highWaterMark: 1 << 20 }));
  });
  await rm(to, { recursive: true });
  return { sealedS: (sealedAtMs - endedAtMs) / 1000, bagS, behindFrames: behindFrames ?? 0, readS };
}

interface StockTimes {
  hashes: number;
  qctools: number;
  measures: number;
  access: number;
  digests: number;
  bag: number;
}

async function withStockTools(context: BenchContext, recipePath: string): Promise<StockTimes> {
  const folder = await mkdtemp(join(context.folder, 'stock-'));
  const at = (name: string): string => join(folder, name);
  const { ffmpegPath } = context.ffmpeg;
  const source = await playRecipe(context, recipePath);
  const { video } = source;
  try {
    await timedFfmpeg(ffmpegPath, bareRecorder(source, folder));
  } finally {
    await source.close();
  }
  const master = at(recorded.master);
  const ffmpeg = (args: string[]): Promise<number> => timed(() => timedFfmpeg(ffmpegPath, args));
  const access = { video, profile: masterProfile, essence: 'encode' } as const;
  const hashes = await timed(async () => {
    await timedFfmpeg(ffmpegPath, decodeAndHash(master, at('decoded.framemd5'), at('decoded.audiomd5')));
    await requireEqual(at(recorded.frameHashes), at('decoded.framemd5'));
  });
  const times = {
    hashes,
    qctools: await ffmpeg(qctoolsAnalysis(master, at('qctools-video.txt'), at('qctools-audio.txt'))),
    measures: await ffmpeg(plainAnalysis(master, at('plain-video.txt'), at('plain-audio.txt'))),
    access: await ffmpeg(accessCopy(master, access, at('access.mp4'))),
    digests: await timed(async () => {
      for (const tool of digestTools) await ran(tool, [master]);
    }),
    bag: await timed(() =>
      writeBag(folder, [recorded.master, recorded.frameHashes, 'access.mp4', 'video.txt']),
    ),
  };
  await rm(folder, { recursive: true });
  return times;
}

/** A bag by hand: the files copied, and a manifest of each kind over the copies. */
async function writeBag(folder: string, names: string[]): Promise<void> {
  const bag = join(folder, 'bag');
  await mkdir(join(bag, 'data'), { recursive: true });
  for (const name of names) await copyFile(join(folder, name), join(bag, 'data', name));
  for (const [tool, algorithm] of [
    ['md5sum', 'md5'],
    ['sha512sum', 'sha512'],
  ] as const) {
    const manifest = await ran(
      tool,
      names.map((name) => join('data', name)),
      bag,
    );
    await writeFile(join(bag, `manifest-${algorithm}.txt`), manifest);
  }
  await writeFile(join(bag, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
}

async function requireEqual(captured: string, decoded: string): Promise<void> {
  const hashesOf = async (path: string): Promise<string> => {
    const hashes: string[] = [];
    for await (const row of readFrameHashFile(path).rows()) hashes.push(row.hash);
    return hashes.join('\n');
  };
  if ((await hashesOf(captured)) !== (await hashesOf(decoded))) throw new Error('the reference lost a frame');
}

async function requireDigestTools(): Promise<void> {
  for (const tool of digestTools) {
    const { reason } = await runTool(tool, ['--version']);
    if (reason === 'finished') continue;
    throw new HelicalError('INVALID_INPUT', {
      problem: `This bench needs ${tool} (GNU coreutils) for its reference, and it does not run here.`,
      remedy: 'Run the other benches by their names.',
    });
  }
}

async function ran(tool: string, args: string[], cwd?: string): Promise<Buffer> {
  const end = await runTool(tool, args, { cwd });
  if (end.reason !== 'finished') throw new Error(`${tool} ${end.reason}`);
  return end.stdout;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return (performance.now() - startedAtMs) / 1000;
}
