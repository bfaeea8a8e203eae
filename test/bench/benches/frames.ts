import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openProcessOutlet } from '#core/compare/frames/process-outlet.ts';
import { dataFolder } from '#core/config.ts';
import { readFrameNumber } from '#core/devices/simulator/frame-number.ts';
import { readServiceFile } from '#core/service-file.ts';
import { planesOf } from '#shared/domain/picture-planes.ts';
import { absoluteRow, type Bench, type BenchContext, pairedRow } from '../bench.ts';
import { alternate, percentile } from '../figures.ts';
import { openPictureClient } from '../picture-client.ts';
import { untilSealed } from '../recording.ts';
import { startServedEngine } from '../served-engine.ts';
import { playRecipe, writeRecipe } from '../simulated-source.ts';
import { timedFfmpeg } from '../timed-ffmpeg.ts';

const seconds = 16;
/** Each frame is asked for once: none comes out of what was kept. */
const forward = range(1, 60);
const backward = range(61, 120).reverse();
const hurried = range(121, 160);
/**
 * From one part of the tape to the other and back, so far that it is no step that could go on; three apart: what is decoded beside a
 * jump is no other one.
 */
const jumped = byTurns(...[range(161, 247), range(312, 398)].map((part) => shuffled(everyThird(part))));
const stepsPerSecond = 10;
const stills = 12;
/** Whatever the engine decodes ahead is done by then, so that it slows no still down. */
const restMs = 400;
/** More than a frame of SD in ten bits. */
const longestStillBytes = 4e6;

const againstStills = {
  unit: 'ms',
  referenceName: 'ffmpeg -ss … -frames:v 1',
  budget: { of: 'ratio', limit: 'at-most', value: 1 / 6 },
} as const;

/** What a reviewer waits for: frames of a master over HTTP from an engine of its own, each with the number in it checked. */
export const frames: Bench = {
  name: 'frames',
  async run(context) {
    const { ffmpeg, say } = context;
    const dataDir = join(context.folder, 'data');
    await using engine = await startServedEngine(dataDir);
    say(`recording ${seconds} s`);
    const { client } = engine;
    const { path: tapePath, frames: length } = await noisyTape(context);
    await client.tapes.register({
      identifier: 'FRAMES',
      format: 'betacamsp',
      title: 'Bench',
      standard: 'PAL',
    });
    const { passId } = await client.capture.arm({ tape: 'FRAMES', source: `file:${tapePath}` });
    await client.capture.record({ passId });
    const pass = await untilSealed(client, passId);
    if (pass.frames !== length) throw new Error(`${pass.frames} of ${length} frames were recorded`);
    const master = (await client.passes.locate({ passId })).find(({ role }) => role === 'master');
    if (!master) throw new Error('the pass has no master');
    const service = readServiceFile(dataFolder(dataDir).servicePath);
    if (!service) throw new Error('the engine has no service file');

    using pictures = await openPictureClient(service, passId);
    const fetched = async (frame: number): Promise<number> => {
      const { header, bytes, tookMs } = await pictures.ask(frame);
      const { y } = planesOf(header, bytes);
      const number = readFrameNumber(y, header.width, header.height);
      if (number !== frame || header.damaged) throw new Error(`frame ${frame} came as ${number}`);
      return tookMs;
    };
    const paced = async (wanted: readonly number[]): Promise<number[]> => {
      const times: number[] = [];
      for (const frame of wanted) {
        const next = wait(1000 / stepsPerSecond);
        times.push(await fetched(frame));
        await next;
      }
      return times;
    };

    const firstMs = await fetched(0);
    say('stepping');
    const stepsForward = await paced(forward);
    // The way there is no step.
    await fetched(backward[0] ?? 0);
    const stepsBackward = await paced(backward.slice(1));
    await fetched(hurried[0] ?? 0);
    const stepsHurried: number[] = [];
    for (const frame of hurried.slice(1)) stepsHurried.push(await fetched(frame));
    say('jumping');
    const still = stillReader(ffmpeg, master.path);
    const stillPairs = await alternate(
      stills,
      async (run) => {
        await wait(restMs);
        return await fetched(jumped[run] ?? 0);
      },
      async (run) => {
        await wait(restMs);
        return await still(jumped[run] ?? 0);
      },
    );
    const jumps = stillPairs.map(({ ours }) => ours);
    for (const frame of jumped.slice(stills)) jumps.push(await fetched(frame));
    const stepPairs = stillPairs.map(({ reference }, at) => ({
      ours: stepsForward[at] ?? Number.NaN,
      reference,
    }));
    const p95 = (times: readonly number[]) => percentile(times, 0.95);
    const spread = (times: readonly number[]) =>
      `p50 ${percentile(times, 0.5).toFixed(1)}, p95 ${p95(times).toFixed(1)}, worst ${Math.max(...times).toFixed(1)} ms`;
    return [
      absoluteRow(
        {
          name: 'frames/step',
          what: `Frame step in an SD 10-bit FFV1 master over HTTP, ${stepsPerSecond} steps a second, p95 of both ways`,
          unit: 'ms',
          budget: { of: 'value', limit: 'at-most', value: 40 },
          notes: [
            `Forward ${spread(stepsForward)}; backward ${spread(stepsBackward)}.`,
            `As fast as they come: ${spread(stepsHurried)}. The first frame, with opening the file: ${firstMs.toFixed(0)} ms.`,
            `${(master.bytes / pass.frames / 1000).toFixed(0)} kB a frame; the number in each picture was read.`,
          ],
        },
        [p95([...stepsForward, ...stepsBackward])],
      ),
      absoluteRow(
        {
          name: 'frames/seek',
          what: 'Random seek in the same master, p95',
          unit: 'ms',
          budget: { of: 'value', limit: 'at-most', value: 120 },
          notes: [`${jumps.length} seeks: ${spread(jumps)}.`],
        },
        [p95(jumps)],
      ),
      pairedRow(
        {
          ...againstStills,
          name: 'frames/against-stills',
          what: 'A step, against starting ffmpeg for that still (raw planes, found by the index)',
        },
        stepPairs,
      ),
      pairedRow(
        {
          ...againstStills,
          name: 'frames/seek-against-stills',
          what: 'A random seek, against the same, by turns',
        },
        stillPairs,
      ),
    ];
  },
};

/** A played tape with noise as of a good deck: the simulator's scene with a little in every sample, some 35 GB an hour as a master. */
async function noisyTape(context: BenchContext): Promise<{ path: string; frames: number }> {
  const segments = [{ content: 'scene' as const, seconds }];
  const source = await playRecipe(context, await writeRecipe(context.folder, { segments, pace: 'unpaced' }));
  const path = join(context.folder, 'tape.mov');
  try {
    const filters = 'format=yuv422p,noise=alls=4:allf=t:all_seed=7,format=yuv422p10le,setfield=tff';
    await timedFfmpeg(context.ffmpeg.ffmpegPath, [
      ...[
        '-v',
        'error',
        '-nostdin',
        ...source.inputArgs,
        '-vf',
        filters,
        '-c:v',
        'v210',
        '-c:a',
        'pcm_s24le',
        path,
      ],
    ]);
    return { path, frames: seconds * 25 };
  } finally {
    await source.close();
  }
}

/**
 * Starts ffmpeg for one frame, and reads its planes into the same memory again and again, as the client of our own frames does: what has
 * to be collected afterwards would fall into either side's time.
 */
function stillReader({ ffmpegPath }: BenchContext['ffmpeg'], path: string) {
  const memory = new Uint8Array(longestStillBytes);
  return async (frame: number): Promise<number> => {
    let read = 0;
    const outlet = await openProcessOutlet((bytes) => {
      memory.set(bytes, read);
      read += bytes.length;
    });
    if (!outlet) throw new Error('stills cannot be read here without garbage');
    const seekS = Math.max(0, (frame - 0.5) / 25).toFixed(6);
    const startedAtMs = performance.now();
    const child = spawn(
      ffmpegPath,
      [
        ...['-nostdin', '-v', 'error', '-ss', seekS, '-i', path, '-map', '0:v:0', '-frames:v', '1'],
        ...['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
      ],
      { stdio: ['ignore', outlet.theirs, 'ignore'] },
    );
    outlet.theirs.destroy();
    const [[exitCode]] = await Promise.all([once(child, 'exit'), once(outlet.ours, 'close')]);
    if (exitCode !== 0 || read === 0) throw new Error(`no still of frame ${frame}`);
    return performance.now() - startedAtMs;
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

function everyThird(values: readonly number[]): number[] {
  return values.filter((value) => value % 3 === 0);
}

function byTurns(...parts: readonly number[][]): number[] {
  return (parts[0] ?? []).flatMap((_, at) => parts.flatMap((part) => part[at] ?? []));
}

/** The same order at every run. */
function shuffled(values: readonly number[]): number[] {
  return values.toSorted((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009));
}
