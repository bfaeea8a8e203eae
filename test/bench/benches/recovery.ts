import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { putBackAsCrashed } from '#core/capture/as-crashed.ts';
import { recoverMaster } from '#core/capture/recovery.ts';
import { scanMaster } from '#core/essence/scan-master.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { seeded } from '../../capture-faults/seeded.ts';
import { type Bench, type BenchContext, pairedRow } from '../bench.ts';
import { crashRecording } from '../faults/crashed-recording.ts';
import { alternate } from '../figures.ts';
import { buildPartialMaster, type PartialMaster } from '../partial-master.ts';

const twoHoursFrames = 180_000;
const largeBytes = 6e9;
const defaultSeed = 20261122;
const runs = 5;

/**
 * Mending the master of a long tape whose recorder died, against one read of the same file with nothing done to it, from the same state of
 * the system's cache. Of two hours (what counts frames), and of the full raster with noise (what counts bytes).
 */
export const recovery: Bench = {
  name: 'recovery',
  async run(context) {
    const random = seeded(context.seed ?? defaultSeed);
    const small = { raster: { width: 192, height: 144 }, segments: [{ content: 'scene', seconds: 60 }] };
    const long = await build(context, 'long', small, 250, () => twoHoursFrames, random);
    const twoHours = await measure(context, 'two-hours', 'a 2 h tape, 192x144', long);
    await rm(long.files.folder, { recursive: true });
    const full = { segments: [{ content: 'noise', seconds: 60 }] };
    const large = await build(
      context,
      'large',
      full,
      60,
      (frameBytes) => Math.ceil(largeBytes / frameBytes),
      random,
    );
    return [twoHours, await measure(context, 'full-raster', 'noise in 720x576', large)];
  },
};

async function build(
  { folder, say }: BenchContext,
  name: string,
  recipe: object,
  recorded: number,
  framesFor: (frameBytes: number) => number,
  random: () => number,
): Promise<PartialMaster> {
  say(`recording what ${name} is made of`);
  const whole = {
    name,
    description: 'A tape for measuring',
    seed: 1972,
    standard: 'PAL',
    channels: 4,
    pace: 'unpaced',
    ...recipe,
  };
  const crashed = await crashRecording(join(folder, `${name}-recording`), whole, recorded);
  await using master = await open(crashed.masterPath, 'r');
  const frameBytes = (await master.stat()).size / recorded;
  const partial = await buildPartialMaster(
    join(folder, name),
    crashed,
    framesFor(frameBytes),
    Math.floor(random() * frameBytes * 25),
  );
  say(`${partial.frames} frames, ${(partial.sizeBytes / 2 ** 30).toFixed(1)} GiB`);
  return partial;
}

async function measure({ ffmpeg, say }: BenchContext, name: string, what: string, partial: PartialMaster) {
  const { files, record, sizeBytes } = partial;
  const crashedPath = files.masterPath;
  let keptFrames = 0;
  const recover = async (): Promise<number> => {
    const startedAtMs = performance.now();
    const done = await recoverMaster(record, files, ffmpeg);
    const seconds = (performance.now() - startedAtMs) / 1000;
    keptFrames = done.framesKept;
    if (!done.record || keptFrames < partial.frames - 100)
      throw new Error(`only ${keptFrames} frames were kept`);
    await makeCrashedAgain(partial, done.record.masterName);
    return seconds;
  };
  // Nobody has a tape of two hours in memory when its recorder dies: both sides begin with nothing of the file in the cache.
  const timed = (side: string, work: () => Promise<number>) => async () => {
    await dropFromCache(crashedPath);
    const seconds = await work();
    say(`${name}: ${side} ${seconds.toFixed(2)} s`);
    return seconds;
  };
  const read = timed('one read', () => readThrough(crashedPath));
  // Who is the first to fill so much cache pays for the memory too (a guest gets it from its host, in seconds): nobody is timed for that.
  await dropFromCache(crashedPath);
  await readThrough(crashedPath);
  const pairs = await alternate(runs, timed('mending', recover), read);
  return pairedRow(
    {
      name: `recovery/${name}`,
      what: `Time to mend the master of ${what} whose recorder died (${(sizeBytes / 2 ** 30).toFixed(1)} GiB, ${partial.frames} frames)`,
      unit: 's',
      budget: { of: 'ratio', limit: 'at-most', value: 1.2 },
      referenceName: `one read of the same file, neither with anything of it in the system's cache`,
      notes: [`${keptFrames} frames kept.`, await proof(partial, ffmpeg)],
    },
    pairs,
  );
}

/** What was measured is worth something only if a whole master came out of it. */
async function proof(partial: PartialMaster, ffmpeg: BenchContext['ffmpeg']): Promise<string> {
  const { record } = await recoverMaster(partial.record, partial.files, ffmpeg);
  if (!record) throw new Error('nothing was kept');
  const { facts } = await scanMaster(join(partial.files.folder, record.masterName));
  const { cues, clusters, damageCount, truncatedAtByte } = facts;
  const isWhole =
    damageCount === 0 &&
    truncatedAtByte === undefined &&
    clusters.crcRight === clusters.count &&
    cues.clustersWithoutCue === 0;
  if (!isWhole)
    throw new Error(`the mended master is not whole: ${JSON.stringify(facts.damage.slice(0, 3))}`);
  return `The mended master was read: ${cues.videoCount} Cues, every CRC-32 right, Duration ${facts.info.durationMs} ms.`;
}

async function makeCrashedAgain({ files }: PartialMaster, masterName: string): Promise<void> {
  const asidePath = join(files.folder, `${files.base}.as-crashed`);
  const mendedPath = join(files.folder, masterName);
  await putBackAsCrashed(asidePath, mendedPath);
  await rename(mendedPath, files.masterPath);
  const stem = mendedPath.slice(0, -'.mkv'.length);
  for (const path of [asidePath, `${stem}.framemd5`, `${stem}.audiomd5`]) await rm(path);
}

/** Reads a file and does nothing with it. @returns seconds */
async function readThrough(path: string): Promise<number> {
  const memory = Buffer.allocUnsafe(2 << 20);
  await using file = await open(path, 'r');
  const startedAtMs = performance.now();
  for (let offset = 0; ; ) {
    const { bytesRead } = await file.read(memory, 0, memory.length, offset);
    if (bytesRead === 0) return (performance.now() - startedAtMs) / 1000;
    offset += bytesRead;
  }
}

/** posix_fadvise(DONTNEED), which coreutils' dd gives to everybody; only for this file, and only what is on the disk. */
async function dropFromCache(path: string): Promise<void> {
  await using file = await open(path, 'r');
  await file.sync();
  const end = await runTool('dd', [`if=${path}`, 'iflag=nocache', 'count=0']);
  if (end.reason !== 'finished') throw new Error('dd cannot drop a file from the cache here');
}
