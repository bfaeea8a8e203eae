import { open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { parseDocument } from '#shared/domain/document.ts';
import { audioFormatSchema, videoFormatSchema } from '#shared/domain/formats.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { timecodeSources } from '#shared/domain/pass.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';

/**
 * All that an engine must know to take a recorder back, in one small file beside the master. It is written before the
 * recorder starts and again when its pid is known, each time as a whole.
 */
export const recorderRecordSchema = z.object({
  version: z.literal(1),
  passId: passIdSchema,
  base: z.string(),
  /** Name of the master in this folder; another one after a recovery. The hash lists go by the same stem. */
  masterName: z.string(),
  frameHashesName: z.string(),
  audioHashesName: z.string().nullable(),
  video: videoFormatSchema,
  audio: audioFormatSchema.nullable(),
  essence: z.enum(['encode', 'copy']),
  live: z.boolean(),
  /** The profile as it was when the pass was armed. */
  profile: masterProfileSchema,
  /** Where the recording ends by itself, in frames; null: with the source. */
  frames: z.int().positive().nullable(),
  cardReportPath: z.string().nullable(),
  /** What the source said it can hold while nobody reads, in seconds. */
  queueS: z.number().positive().nullable().default(null),
  /**
   * The timecode that the source offers: the list of it, by its name in this folder or (a card's own list) by its whole path,
   * and the first frame's where that was known before the start. Null for sources that were asked for none.
   */
  timecode: z
    .object({
      source: z.enum(timecodeSources),
      list: z.string().nullable(),
      first: z.string().nullable(),
    })
    .nullable()
    .default(null),
  /** The process that writes what the recorder reads, by its pid and start, and the file; null where the source has none. */
  writer: z.object({ pid: z.int().positive(), start: z.string(), path: z.string() }).nullable().default(null),
  argv: z.array(z.string()),
  process: z.object({ pid: z.int().positive(), start: z.string(), startedAtMs: z.number() }).nullable(),
  /** What a recovery made, and from what. */
  recovery: z
    .object({
      crashedMasterName: z.string(),
      crashedFrameHashesName: z.string(),
      crashedAudioHashesName: z.string().nullable(),
      framesKept: z.int(),
      framesLost: z.int(),
      lossBasis: z.enum(['none', 'card', 'wall-clock']),
      droppedFrames: z.int(),
    })
    .nullable(),
});
export type RecorderRecord = z.infer<typeof recorderRecordSchema>;

/** Replaces the record in one step, and waits until it is on the disk. */
export async function writeRecorderRecord(path: string, record: RecorderRecord): Promise<void> {
  const partialPath = `${path}.new`;
  {
    await using file = await open(partialPath, 'w');
    await file.writeFile(`${JSON.stringify(recorderRecordSchema.parse(record), null, 2)}\n`);
    await file.sync();
  }
  await rename(partialPath, path);
}

/**
 * The record of a pass among those in a tape's folder, and where it lies; undefined when there is none. HelicalError
 * FILE_UNREADABLE where the pass's record is broken.
 */
export async function findRecorderRecord(
  folder: string,
  passId: string,
): Promise<{ record: RecorderRecord; path: string } | undefined> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  for (const name of names.filter((candidate) => candidate.endsWith('.recorder.json'))) {
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    // Reserved, and the engine ended before it had written more: nothing was started.
    if (text === '' || !text.includes(passId)) continue;
    const record = parseDocument(text, recorderRecordSchema, {
      name: `The recorder's record ${path}`,
      code: 'FILE_UNREADABLE',
      safe: 'The master beside it is untouched.',
    });
    if (record.passId === passId) return { record, path };
  }
  return undefined;
}

/** Paths of the files that a record names. */
export function recordedPaths(record: RecorderRecord, recordPath: string) {
  const folder = dirname(recordPath);
  return {
    masterPath: join(folder, record.masterName),
    frameHashesPath: join(folder, record.frameHashesName),
    audioHashesPath: record.audioHashesName === null ? undefined : join(folder, record.audioHashesName),
    timecodeListPath: record.timecode?.list ? resolve(folder, record.timecode.list) : undefined,
  };
}
