import { z } from 'zod';
import { capturePlanSchema } from './capture-plan.ts';
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
  /** The timecode that the operator set was reached. */
  'timecode',
  /** No signal for as long as the operator allowed. */
  'signal-lost',
  /** Noise, a blue field, or black with silence for as long as the operator allowed. */
  'tape-end',
  /** The condition that the pass was to start on did not come in time. */
  'start-not-seen',
  /** The card went away while it was recorded from. */
  'device-gone',
  /** The picture's raster or rate changed in mid tape: one master holds one standard. */
  'standard-changed',
  /** Sound was announced and had not begun long after the picture: until it does nothing of the picture reaches the disk. */
  'audio-missing',
  /** The source gave nothing for as long as it is waited for. */
  'source-stalled',
  /** Somebody else than this engine ended the recorder, by a signal. */
  'ended-from-outside',
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
  /** Frames came that cannot be read: cut, of a wrong size, or lost in a broken stream. */
  'frames-unreadable',
  'lag',
  'disk',
  /** Writing to the masters' disk fails, or the folder of the master is not there any more. */
  'disk-failed',
  'signal-lost',
  'recorder-died',
  'follower-restarted',
  'recorder-adopted',
  /** A write to the masters' disk took so long that the card's queue had to bridge it. */
  'write-slow',
  /** Sound and picture run apart. */
  'drift',
  /** A channel that had sound has none, or none has come yet. */
  'silence',
  /** Sound that was announced does not arrive. */
  'audio-missing',
  /** The source gives no frames. */
  'source-stalled',
  'device-gone',
  'standard-changed',
  /** Frames come faster or slower than the standard's rate. */
  'rate-off',
  'timecode-break',
  /** The machine is too busy: derived work gives way. */
  'under-pressure',
  /** The wall clock was set while a tape played. */
  'clock-changed',
  /** What the operator set for the end is coming true: the recording ends soon by itself. */
  'end-near',
  /** The recorder was ended by a signal that this engine did not send. */
  'ended-from-outside',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];
export const alarmSchema = z.object({
  kind: z.enum(alarmKinds),
  frame: z.int().nonnegative(),
  message: z.string(),
  at: z.iso.datetime(),
  /** Frame at which the condition was over; null as long as it lasts, or where it is not watched any more. */
  clearedFrame: z.int().nonnegative().nullable().default(null),
});

/** Derived work that gives way while the machine is too busy, in this order; it comes back in the opposite one. */
export const derivedWorks = ['access', 'thumbnails', 'samples', 'live-picture'] as const;
export type DerivedWork = (typeof derivedWorks)[number];

/** Who offers a timecode: the card (VITC, RP 188, its serial port), the picture's lines, DV's subcode, the container. */
export const timecodeSources = ['card', 'vitc-picture', 'dv-subcode', 'container'] as const;
export type TimecodeSource = (typeof timecodeSources)[number];
/** What can happen to a timecode from one frame to the next. */
export const timecodeBreaks = ['gap', 'jump-back', 'repeat', 'lost', 'returned'] as const;
export const timecodeBreakSchema = z.object({
  /** Frame of the master at which the timecode is not what the one before asks for. */
  frame: z.int().nonnegative(),
  source: z.enum(timecodeSources),
  kind: z.enum(timecodeBreaks),
  before: z.string().nullable(),
  after: z.string().nullable(),
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
  /** Every timecode that the source offered, frame by frame. */
  'timecode',
  /** What a DV transport or its reader said of each frame. */
  'dv-report',
  /** What MediaConch says of the master: its own report. */
  'mediaconch-report',
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
  /** What the operator set beside source and profile; null where nothing was. Packages of earlier versions lack it. */
  plan: capturePlanSchema.nullable().default(null),
  /** Frame from which the programme counts, where the pass was to start on a condition; null before it came true. */
  programmeStartFrame: z.int().nonnegative().nullable().default(null),
  /** Derived work that gives way to the recorder now. */
  gaveWay: z.array(z.enum(derivedWorks)).default([]),
  /** The first breaks of the tape's timecode; all of them are in the pass's timecode file. */
  timecodeBreaks: z.array(timecodeBreakSchema).default([]),
  /** Somebody chose this pass as the tape's master, or as the master of its segment. */
  chosen: z.boolean().default(false),
});
export type Pass = z.infer<typeof passSchema>;
