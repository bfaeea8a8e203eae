import { z } from 'zod';
import { audioFormatSchema, softwareSchema, videoFormatSchema } from './formats.ts';
import { fileIdSchema, passIdSchema, personIdSchema, tapeIdSchema } from './ids.ts';

/**
 * A pass is one playing of one tape.
 * `prepared -> recording -> stopping -> following -> sealed`; `interrupted` when the recorder died (then recovered and
 * followed like the others); `failed` with a reason.
 */
export const passStates = [
  'prepared',
  'recording',
  'stopping',
  'following',
  'interrupted',
  'sealed',
  'failed',
] as const;
export type PassState = (typeof passStates)[number];

/** Why a recording came to its end. */
export const endReasons = [
  'operator',
  'duration',
  'source-ended',
  'disk-nearly-full',
  'recorder-died',
  'recorder-failed',
] as const;
export type EndReason = (typeof endReasons)[number];

/** Why a pass is failed. Whatever was recorded stays on disk all the same. */
export const failReasons = [
  'source-not-opened',
  'recorder-not-started',
  'nothing-recorded',
  'seal-check-failed',
  'unreadable',
  'disarmed',
] as const;
export type FailReason = (typeof failReasons)[number];

/** One of the seal's checks: what was expected, what was measured. */
export const sealCheckSchema = z.object({
  id: z.string(),
  ok: z.boolean(),
  expected: z.string(),
  measured: z.string(),
  message: z.string().default(''),
});
export type SealCheck = z.infer<typeof sealCheckSchema>;

export const markSchema = z.object({ frame: z.int().nonnegative(), label: z.string(), at: z.iso.datetime() });
export const alarmKinds = [
  'frames-dropped',
  'lag',
  'disk',
  'signal-lost',
  'recorder-died',
  'follower-restarted',
  'recorder-adopted',
] as const;
export const alarmSchema = z.object({
  kind: z.enum(alarmKinds),
  frame: z.int().nonnegative(),
  message: z.string(),
  at: z.iso.datetime(),
});

export const fileRoles = [
  'master',
  'master-as-crashed',
  'frame-hashes',
  'audio-hashes',
  /** The recorder's lists as the crash left them: a recovery makes shorter ones beside them. */
  'frame-hashes-as-crashed',
  'audio-hashes-as-crashed',
  'decoded-frame-hashes',
  'decoded-audio-hashes',
  'seal',
  'access',
  'samples',
  'qc-events',
  'recorder-log',
  'native-companion',
] as const;
export type FileRole = (typeof fileRoles)[number];

export const passFileSchema = z.object({
  id: fileIdSchema,
  passId: passIdSchema,
  role: z.enum(fileRoles),
  /** Name inside the pass's folder. */
  name: z.string(),
  sizeBytes: z.int().nonnegative(),
  md5: z.string(),
  sha256: z.string(),
  sha512: z.string(),
});
export type PassFile = z.infer<typeof passFileSchema>;

export const passSchema = z.object({
  id: passIdSchema,
  tapeId: tapeIdSchema,
  tapeIdentifier: z.string(),
  /** 1 for the first playing of the tape. */
  passNumber: z.int().positive(),
  state: z.enum(passStates),
  sourceId: z.string(),
  sourceDescription: z.string(),
  profileId: z.string(),
  chainName: z.string(),
  operatorId: personIdSchema,
  video: videoFormatSchema,
  audio: audioFormatSchema.nullable(),
  software: z.array(softwareSchema),
  preparedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  sealedAt: z.iso.datetime().nullable(),
  endReason: z.enum(endReasons).nullable(),
  failReason: z.enum(failReasons).nullable(),
  /** Frames in the master. */
  frames: z.int().nonnegative(),
  /** Frames the card threw away before the recorder could take them. */
  droppedFrames: z.int().nonnegative(),
  /** Frames that a crash of the recorder cost, as stated by the recovery. */
  lostFrames: z.int().nonnegative(),
  /** Says whether lostFrames was counted by the card or reckoned from the wall clock. */
  lossBasis: z.enum(['none', 'card', 'wall-clock']),
  sealChecks: z.array(sealCheckSchema),
  marks: z.array(markSchema),
  alarms: z.array(alarmSchema),
});
export type Pass = z.infer<typeof passSchema>;
