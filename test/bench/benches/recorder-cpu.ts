import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSource } from '#core/devices/device.ts';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import type { Bench, BenchContext } from '../bench.ts';
import { pairedRow } from '../bench.ts';
import { countedFfmpeg } from '../counted-ffmpeg.ts';
import { alternate } from '../figures.ts';
import { bareRecorder, ourRecorder, recorded } from '../recorders.ts';
import { playRecipe, writeRecipe } from '../simulated-source.ts';
import { timedFfmpeg } from '../timed-ffmpeg.ts';

const contents = [
  { name: 'recorder-cpu/noise', segments: [{ content: 'noise' as const, seconds: 4 }], runs: 6 },
  {
    name: 'recorder-cpu/programme',
    segments: [
      { content: 'bars' as const, seconds: 1 },
      { content: 'scene' as const, seconds: 4 },
      { content: 'black' as const, seconds: 1 },
    ],
    // Twice as many: a run is short, and times on a shared machine differ by a tenth.
    runs: 12,
  },
];

/** Enough pictures for the encoder to be nearly all that is counted; valgrind takes fifty times as long. */
const countedSegments = [
  { content: 'bars' as const, seconds: 0.4 },
  { content: 'scene' as const, seconds: 1.2 },
];

/**
 * The recorder beside a bare ffmpeg: the whole raster, from a card that waits for its reader, so that neither side is held up by
 * the clock. Both must have hashed the same pictures, else their times are not of the same work.
 */
export const recorderCpu: Bench = {
  name: 'recorder-cpu',
  async run(context) {
    const rows = [];
    for (const { name, segments, runs } of contents) {
      const recipePath = await writeRecipe(context.folder, { segments, pace: 'unpaced' });
      // Draws the tape, and warms up programs and disk.
      await recordOnce(context, recipePath, bareRecorder);
      const pairs = await alternate(
        runs,
        () => recordOnce(context, recipePath, ourRecorder),
        () => recordOnce(context, recipePath, bareRecorder),
      );
      for (const { ours, reference } of pairs) {
        if (ours.hashes !== reference.hashes)
          throw new Error(`${name}: the two sides recorded other pictures`);
      }
      const [first] = pairs;
      rows.push(
        pairedRow(
          {
            name,
            what: `CPU time of the recorder for ${first?.ours.frames} frames 720x576, 10 bit, FFV1 with its hashes`,
            unit: 's',
            budget: { of: 'ratio', limit: 'at-most', value: 1.02 },
            referenceName: 'bare ffmpeg, the same master and hashes from the same source',
            notes: [
              `Master: ours ${first?.ours.masterBytes} bytes, reference ${first?.reference.masterBytes} bytes.`,
            ],
          },
          pairs.map(({ ours, reference }) => ({ ours: ours.cpuS, reference: reference.cpuS })),
        ),
      );
    }
    const counted = await countInstructions(context);
    return counted ? [...rows, counted] : rows;
  },
};

/** The same comparison without the clock: times differ by more than the budget allows from one run to the next, instructions do not. */
async function countInstructions(context: BenchContext) {
  const recipePath = await writeRecipe(context.folder, { segments: countedSegments, pace: 'unpaced' });
  const ours = await countOnce(context, recipePath, ourRecorder);
  const reference = await countOnce(context, recipePath, bareRecorder);
  if (ours === undefined || reference === undefined) {
    context.say('valgrind is not installed: instructions are not counted');
    return undefined;
  }
  return pairedRow(
    {
      name: 'recorder-cpu/instructions',
      what: 'Instructions of the recorder for 40 frames 720x576 of programme, in valgrind',
      unit: 'thousand million',
      budget: { of: 'ratio', limit: 'at-most', value: 1.02 },
      referenceName: 'bare ffmpeg, the same master and hashes from the same source',
      notes: ['What the kernel does for either (reading, writing) is not counted.'],
    },
    [{ ours: ours / 1e9, reference: reference / 1e9 }],
  );
}

async function countOnce(
  context: BenchContext,
  recipePath: string,
  recorder: (source: OpenSource, folder: string) => string[],
): Promise<number | undefined> {
  const folder = await mkdtemp(join(context.folder, 'counted-'));
  const source = await playRecipe(context, recipePath);
  try {
    return await countedFfmpeg(context.ffmpeg.ffmpegPath, recorder(source, folder));
  } finally {
    await source.close();
    await rm(folder, { recursive: true });
  }
}

async function recordOnce(
  context: BenchContext,
  recipePath: string,
  recorder: (source: OpenSource, folder: string) => string[],
) {
  const folder = await mkdtemp(join(context.folder, 'recording-'));
  const source = await playRecipe(context, recipePath);
  try {
    const { cpuS } = await timedFfmpeg(context.ffmpeg.ffmpegPath, recorder(source, folder));
    const hashes: string[] = [];
    for await (const row of readFrameHashFile(join(folder, recorded.frameHashes)).rows())
      hashes.push(row.hash);
    const { size: masterBytes } = await stat(join(folder, recorded.master));
    return { cpuS, hashes: hashes.join(), frames: hashes.length, masterBytes };
  } finally {
    await source.close();
    await rm(folder, { recursive: true });
  }
}
