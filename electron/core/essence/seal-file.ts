import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { HelicalError } from '#shared/domain/errors.ts';
import { endReasons } from '#shared/domain/pass.ts';

const digest = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const rationalSchema = z.object({ num: z.int(), den: z.int().positive() });
/** A file beside the master: a name, never a path, so that the folder may move. */
const siblingName = z
  .string()
  .min(1)
  .refine((name) => basename(name) === name && !name.includes('\\'), 'a name, not a path');
const hashListSchema = z.object({ name: siblingName, sha256: digest(64), algorithm: z.string() });

const expectationSchema = z.object({
  frameRate: rationalSchema,
  width: z.int().positive(),
  height: z.int().positive(),
  fieldOrder: z.enum(['tff', 'bff', 'progressive']).optional(),
  sar: rationalSchema.optional(),
  colour: z
    .object({ primaries: z.string(), transfer: z.string(), matrix: z.string(), range: z.enum(['tv', 'pc']) })
    .optional(),
  slices: z.int().positive().optional(),
  bitsPerSample: z.int().positive().optional(),
  audioTracks: z
    .array(
      z.object({
        channels: z.int().positive(),
        bitDepth: z.int().positive(),
        sampleRateHz: z.number().positive(),
      }),
    )
    .optional(),
  essence: z.enum(['ffv1', 'native']),
  stoppedInMidTape: z.boolean().optional(),
  heldBackFrames: z.int().nonnegative().optional(),
});

const checkSchema = z.object({
  id: z.string(),
  ok: z.boolean(),
  expected: z.string(),
  measured: z.string(),
  message: z.string(),
});

const sealFields = z.object({
  format: z.literal('helical-seal'),
  version: z.literal(1),
  passId: z.string().min(1),
  tapeIdentifier: z.string().min(1),
  master: z.object({
    name: siblingName,
    sizeBytes: z.int().nonnegative(),
    md5: digest(32),
    sha256: digest(64),
    sha512: digest(128),
  }),
  /** The list of frames taken at capture, itself fixed by its digest. */
  frameHashes: hashListSchema,
  audioHashes: hashListSchema.optional(),
  expectation: expectationSchema,
  checks: z.array(checkSchema),
  /** True when every check held. */
  sealed: z.boolean(),
  /** ISO 8601, UTC. */
  sealedAt: z.iso.datetime(),
  software: z.array(z.object({ name: z.string(), version: z.string() })),
  /** Head of the provenance log when the seal was made. */
  logHead: z.object({ seq: z.int().nonnegative(), hash: z.string() }).optional(),
  framesDropped: z.int().nonnegative().optional(),
  /** Why the recording ended: asked for, or not. */
  endReason: z.enum(endReasons).optional(),
  /** What was kept and lost where the recorder died, and how the loss is known. */
  recovery: z
    .object({
      framesKept: z.int().nonnegative(),
      framesLost: z.int().nonnegative(),
      basis: z.enum(['none', 'card', 'wall-clock']),
    })
    .optional(),
});

/**
 * What is kept beside a master as `<stem>.seal.json`: enough to prove it again from the files alone. A seal that
 * contradicts itself, or keeps quiet about what every master has, is none: a check nobody states would not be judged.
 */
export const sealFileSchema = sealFields.superRefine((seal, context) => {
  for (const message of contradictions(seal)) context.addIssue({ code: 'custom', message });
});

function contradictions({ master, expectation, audioHashes, checks, sealed }: SealFields): string[] {
  const said: string[] = [];
  if (checks.length === 0) said.push('It holds no check.');
  if (sealed !== (checks.length > 0 && checks.every(({ ok }) => ok)))
    said.push(`It says sealed: ${sealed}, but its checks say otherwise.`);
  if (expectation.essence === 'ffv1') {
    const stated = isCompanion(master.name) ? companionStates : masterStates;
    const silent = stated.filter((name) => expectation[name] === undefined);
    if (silent.length > 0) said.push(`It does not say what was expected of: ${silent.join(', ')}.`);
  }
  if (audioHashes === undefined && (expectation.audioTracks?.length ?? 0) > 0)
    said.push('It expects sound, and names no list of its hashes.');
  return said;
}

const companionStates = ['fieldOrder', 'bitsPerSample'] as const;
const masterStates = [...companionStates, 'slices', 'colour', 'sar', 'audioTracks'] as const;

/** The FFV1 beside a tape's own stream has that stream's shape and colours, which no profile states. */
function isCompanion(name: string): boolean {
  return name.endsWith('.ffv1.mkv');
}

type SealFields = z.infer<typeof sealFields>;
export type SealFile = z.infer<typeof sealFileSchema>;

/** Where the seal of a master is: `tape.mkv` has `tape.seal.json` beside it. */
export function sealPathOf(masterPath: string): string {
  return join(dirname(masterPath), `${basename(masterPath, extname(masterPath))}.seal.json`);
}

/**
 * Writes the seal beside its master, whole or not at all. A seal of the same pass is renewed; anything else that has
 * the name is left alone: HelicalError FILE_EXISTS.
 */
export async function writeSealFile(masterPath: string, seal: SealFile): Promise<string> {
  const path = sealPathOf(masterPath);
  const text = `${JSON.stringify(sealFileSchema.parse(seal), undefined, 2)}\n`;
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(temporary, text, { flag: 'wx', flush: true });
    await refuseForeign(masterPath, path, seal);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  return path;
}

async function refuseForeign(masterPath: string, path: string, seal: SealFile): Promise<void> {
  const existing = await readSealFile(masterPath);
  if (existing && existing.passId !== seal.passId) {
    throw new HelicalError('FILE_EXISTS', {
      problem: `${path} is the seal of another pass.`,
      safe: 'It was left as it is.',
      remedy: 'Give the master a name of its own.',
    });
  }
}

/** The seal beside a master; undefined when there is none. Throws HelicalError FILE_UNREADABLE for one that is broken. */
export async function readSealFile(masterPath: string): Promise<SealFile | undefined> {
  const path = sealPathOf(masterPath);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw brokenSeal(path, error.message, error);
  });
  if (text === undefined) return undefined;
  try {
    return sealFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw brokenSeal(path, cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause), cause);
  }
}

function brokenSeal(path: string, why: string, cause: unknown): HelicalError {
  const sentence = {
    problem: `${path} is not a seal that can be read: ${why}`,
    safe: 'The master was not touched.',
    remedy: 'Take the seal from a copy, or seal the pass again.',
  };
  return new HelicalError('FILE_UNREADABLE', sentence, { cause });
}
