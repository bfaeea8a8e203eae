import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSource } from '#core/devices/device.ts';
import type { BenchContext } from './bench.ts';
import { ourRecorder, recorded } from './recorders.ts';
import { playRecipe, writeRecipe } from './simulated-source.ts';
import { timedFfmpeg } from './timed-ffmpeg.ts';

export interface RecordedMaster {
  path: string;
  video: OpenSource['video'];
  audio: NonNullable<OpenSource['audio']>;
}

/** A master of the full raster, four seconds of programme and one of noise, as Helical's recorder writes it. */
export async function recordMaster(context: BenchContext): Promise<RecordedMaster> {
  const segments = [
    { content: 'scene' as const, seconds: 4 },
    { content: 'noise' as const, seconds: 1 },
  ];
  const source = await playRecipe(context, await writeRecipe(context.folder, { segments, pace: 'unpaced' }));
  const folder = await mkdtemp(join(context.folder, 'master-'));
  try {
    await timedFfmpeg(context.ffmpeg.ffmpegPath, ourRecorder(source, folder));
    if (!source.audio) throw new Error('the simulated tape has no sound');
    return { path: join(folder, recorded.master), video: source.video, audio: source.audio };
  } finally {
    await source.close();
  }
}
