import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { followerArguments, followerFiles, followerOutputs } from '#core/ffmpeg/follower-arguments.ts';
import { openTap } from '#core/qc/measure-tap.ts';
import { type Bench, type BenchContext, pairedRow } from '../bench.ts';
import { alternate, median } from '../figures.ts';
import { masterProfile } from '../master-profile.ts';
import { type RecordedMaster, recordMaster } from '../recorded-master.ts';
import { accessCopy, decodeAndHash, qctoolsAnalysis } from '../stock-tools.ts';
import { timedFfmpeg } from '../timed-ffmpeg.ts';

/** What is measured is compared here, not what is judged. */
const noChecks = { id: 'none', name: '', description: '', checks: {} };

/** One decode that makes everything, against one tool after the other, by the processor time that each takes. */
export const oneDecode: Bench = {
  name: 'one-decode',
  async run(context) {
    const master = await recordMaster(context);
    await inTurn(context, master);
    const pairs = await alternate(
      3,
      () => together(context, master),
      () => inTurn(context, master),
    );
    const budget = { of: 'ratio', limit: 'at-most', value: 0.65 } as const;
    const step = (name: keyof (typeof pairs)[number]['reference']): string =>
      `${name} ${median(pairs.map(({ reference }) => reference[name])).toFixed(2)} s`;
    const what = 'CPU time of one decode that gives hashes, measures, access copy and pictures';
    return [
      pairedRow(
        {
          name: 'one-decode',
          what,
          unit: 's',
          budget,
          referenceName: 'decode and hash, a QCTools-style analysis, the access copy, in turn',
          notes: [`In turn: ${[step('hashes'), step('qctools'), step('access')].join(', ')}.`],
        },
        pairs.map(({ ours, reference }) => ({
          ours,
          reference: reference.hashes + reference.qctools + reference.access,
        })),
      ),
    ];
  },
};

async function together(context: BenchContext, { path, video, audio }: RecordedMaster): Promise<number> {
  const folder = await mkdtemp(join(context.folder, 'together-'));
  await mkdir(join(folder, followerFiles.thumbnails));
  const tap = await openTap({ samplesPath: join(folder, 'samples.arrows'), video, audio, profile: noChecks });
  const { cpuS } = await timedFfmpeg(
    context.ffmpeg.ffmpegPath,
    followerArguments({
      input: `file:${path}`,
      video,
      profile: masterProfile,
      essence: 'encode',
      pixelFormat: masterProfile.master.pixelFormat,
      trackChannels: [audio.channels],
      measures: tap,
      outputs: new Set(followerOutputs),
      threads: availableParallelism(),
    }),
    folder,
  );
  const { costMs } = await tap.finish();
  await rm(folder, { recursive: true });
  // ffmpeg knows nothing of the thread that measures.
  return cpuS + costMs.reduce((sum, { ms }) => sum + ms, 0) / 1000;
}

async function inTurn(context: BenchContext, { path, video }: RecordedMaster) {
  const folder = await mkdtemp(join(context.folder, 'in-turn-'));
  const at = (name: string): string => join(folder, name);
  const cpuOf = async (args: string[]): Promise<number> =>
    (await timedFfmpeg(context.ffmpeg.ffmpegPath, args)).cpuS;
  const access = { video, profile: masterProfile, essence: 'encode' } as const;
  const costs = {
    hashes: await cpuOf(decodeAndHash(path, at('frames.md5'), at('audio.md5'))),
    qctools: await cpuOf(qctoolsAnalysis(path, at('video.txt'), at('audio.txt'))),
    access: await cpuOf(accessCopy(path, access, at('access.mp4'))),
  };
  await rm(folder, { recursive: true });
  return costs;
}
