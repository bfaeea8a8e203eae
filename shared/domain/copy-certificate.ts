import { z } from 'zod';
import { alignmentSchema } from './alignment.ts';
import { softwareSchema } from './formats.ts';
import { copyCertificateIdSchema, fileIdSchema, passIdSchema } from './ids.ts';
import { rational } from './rational.ts';
import { formatTimecode } from './timecode.ts';

/** What is looked at where a copy is held against what it was made from, in the order in which it is told. */
export const copyChecks = [
  'master',
  'decode',
  'start',
  'length',
  'continuity',
  'rate',
  'fields',
  'raster',
  'geometry',
  'levels',
  'colour',
  'chroma-place',
  'tags',
  'picture',
  'worst-frame',
  'sound',
  'polarity',
  'sync',
  'drift',
] as const;
export type CopyCheck = (typeof copyChecks)[number];

/** A number as it is said: its unit, and how many digits behind the point. */
export const figureSchema = z.object({
  value: z.number(),
  /** Empty: none. Those that are counted have their words in `compare.unit` of shared/i18n. */
  unit: z.enum([
    '',
    'dB',
    'ms',
    's',
    'ppm',
    '%',
    'frames',
    'codes',
    'channels',
    'jumps',
    'places',
    'complaints',
    'points',
    'lines',
  ]),
  digits: z.int().min(0).max(6),
});
export type Figure = z.infer<typeof figureSchema>;

/** A sentence by its key in `compare.said` of shared/i18n, with the figures and the names that stand in it. */
export const phraseSchema = z.object({
  key: z.string(),
  figures: z.record(z.string(), figureSchema).optional(),
  texts: z.record(z.string(), z.string()).optional(),
});
export type Phrase = z.infer<typeof phraseSchema>;

/** One line of a certificate: what was asked, what was found, and where the limit comes from. */
export const copyLineSchema = z.object({
  id: z.enum(copyChecks),
  /** `not-told`: there is nothing to tell it by, such as sync in silence. It counts against nothing, and for nothing. */
  state: z.enum(['ok', 'failed', 'not-told']),
  /** In English words; the numbers are in `values`. */
  expected: z.string(),
  measured: z.string(),
  values: z.record(z.string(), z.number()),
  /** Where the limit comes from. `Own:` before what nobody has published. */
  source: z.string(),
  /** The three of them as sentences with figures, to be said in any language; certificates from before there were any have none. */
  said: z
    .object({
      expected: z.array(phraseSchema),
      measured: z.array(phraseSchema),
      source: z.array(phraseSchema),
    })
    .optional(),
});
export type CopyLine = z.infer<typeof copyLineSchema>;

/** A picture that is among the worst: its number among those made of the copy, and among those that the recipe makes of the master. */
export const worstFrameSchema = z.object({
  frame: z.int().nonnegative(),
  frameOfMaster: z.int().nonnegative(),
  measure: z.enum(['psnr', 'ssim']),
  /** dB, or 0 to 1; of luma. */
  value: z.number(),
});
export type WorstFrame = z.infer<typeof worstFrameSchema>;

/** Sound against picture at one place: how much later it comes in the copy. */
export const syncWindowSchema = z.object({ atS: z.number(), lagMs: z.number(), likeness: z.number() });
export type SyncWindow = z.infer<typeof syncWindowSchema>;

/** A copy held against what it should be, frame by frame. Frames are those of the copy unless they say otherwise. */
export const copyComparisonSchema = z.object({
  ok: z.boolean(),
  lines: z.array(copyLineSchema),
  /** Frames that the recipe makes of the master, frames that the copy has, and pairs of them that were compared. */
  framesExpected: z.int().nonnegative(),
  framesOfCopy: z.int().nonnegative(),
  framesCompared: z.int().nonnegative(),
  /** From a picture made of the master to the copy's; null where nothing in the picture tells it. */
  offsetFrames: z.int().nullable(),
  alignment: alignmentSchema,
  /** Frames a second of the copy. */
  frameRate: z.object({ num: z.int().positive(), den: z.int().positive() }),
  picture: z.object({
    /** 100 stands for frames that are the same to the last bit. */
    psnrMeanDb: z.number(),
    psnrLeastDb: z.number(),
    ssimMean: z.number(),
    ssimLeast: z.number(),
  }),
  /** The largest lag of all windows, with its sign; null where nothing could be told. */
  syncMs: z.number().nullable(),
  /** How much faster the copy's sound runs than its picture, in millionths; null where it cannot be told. */
  driftPpm: z.number().nullable(),
  syncWindows: z.array(syncWindowSchema),
  worst: z.array(worstFrameSchema),
  /** Pictures that were made of each frame of either: 2 where its fields became pictures. Older certificates do not say. */
  picturesPerFrame: z.object({ master: z.int().positive(), copy: z.int().positive() }).optional(),
});
export type CopyComparison = z.infer<typeof copyComparisonSchema>;

/** `partly-told`: nothing wrong was found, but not everything could be told, so that it is not called good either. */
export type CopyVerdict = 'good' | 'partly-told' | 'wrong';

/** What the lines come to, and which of them could not be told. */
export function verdictOnCopy(lines: readonly Pick<CopyLine, 'id' | 'state'>[]): {
  verdict: CopyVerdict;
  notTold: CopyCheck[];
} {
  const notTold = lines.filter(({ state }) => state === 'not-told').map(({ id }) => id);
  if (lines.some(({ state }) => state === 'failed')) return { verdict: 'wrong', notTold };
  return { verdict: notTold.length === 0 ? 'good' : 'partly-told', notTold };
}

/** Where one of the worst pictures lies: the frame of the master it was made of, its timecode from the first frame on, and the copy's own frame. */
export function placeOfWorst(
  { frame, frameOfMaster }: Pick<WorstFrame, 'frame' | 'frameOfMaster'>,
  { frameRate: { num, den }, picturesPerFrame }: Pick<CopyComparison, 'frameRate' | 'picturesPerFrame'>,
): { masterFrame: number; masterTimecode: string; copyFrame: number } {
  const { master, copy } = picturesPerFrame ?? { master: 1, copy: 1 };
  const masterFrame = Math.floor(frameOfMaster / master);
  return {
    masterFrame,
    masterTimecode: formatTimecode(masterFrame, rational(num, den * master)),
    copyFrame: Math.floor(frame / copy),
  };
}

/** What the log keeps of a master and its access copy: bound to both files by their digests. */
export const copyCertificateSchema = copyComparisonSchema.extend({
  id: copyCertificateIdSchema,
  passId: passIdSchema,
  certifiedAt: z.iso.datetime(),
  masterFileId: fileIdSchema,
  masterSha256: z.string(),
  accessFileId: fileIdSchema,
  accessSha256: z.string(),
  /** What it was made with; certificates of before November 2026 do not say. */
  software: z.array(softwareSchema).optional(),
});
export type CopyCertificate = z.infer<typeof copyCertificateSchema>;
