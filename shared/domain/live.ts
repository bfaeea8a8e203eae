import { z } from 'zod';
import { capturePlanSchema } from './capture-plan.ts';
import { audioFormatSchema, videoFormatSchema } from './formats.ts';
import { passIdSchema, tapeIdSchema } from './ids.ts';
import {
  alarmSchema,
  derivedWorks,
  endReasons,
  markSchema,
  passStates,
  sealCheckSchema,
  timecodeSources,
} from './pass.ts';
import { shownEventSchema } from './qc.ts';

/** How the follower is doing: how much of the master is decoded and proved. */
export const followerProgressSchema = z.object({
  state: z.enum(['waiting', 'running', 'stalled', 'restarting', 'finished']),
  /** Frames decoded so far. */
  frames: z.int().nonnegative(),
  /** Frames whose decoded hash has been compared and is equal. */
  provedFrames: z.int().nonnegative(),
  restarts: z.int().nonnegative(),
});

/** What a seal still waits for beside the proof of the frames. */
const sealingWorks = ['making-up', 'judging', 'files'] as const;
const sealingProgressSchema = z.object({
  /** Bytes of the master that were read for its digests and its structure. */
  readBytes: z.int().nonnegative(),
  /** Null while the last frames are decoded. */
  work: z.enum(sealingWorks).nullable(),
  /** Frames for which what gave way while the tape played has been made. */
  madeUpFrames: z.int().nonnegative(),
});
export type SealingProgress = z.infer<typeof sealingProgressSchema>;

/** One disk that a recording needs: the rate at which its room goes, whoever writes, and how long it lasts at that rate. */
export const diskGaugeSchema = z.object({
  /** What lies on it, the most precious first; a disk is named once. */
  role: z.enum(['masters', 'derived', 'log']),
  freeBytes: z.number().nonnegative(),
  bitsPerSecond: z.number().nonnegative(),
  /** Null where nothing is being written. */
  leftS: z.number().nonnegative().nullable(),
});
export type DiskGauge = z.infer<typeof diskGaugeSchema>;

/** One running capture as screens see it: rebuilt from the engine's state, at most ten times a second. */
export const sessionSchema = z.object({
  passId: passIdSchema,
  passNumber: z.int().positive(),
  tapeId: tapeIdSchema,
  tapeIdentifier: z.string(),
  tapeTitle: z.string(),
  state: z.enum(passStates),
  sourceId: z.string(),
  profileId: z.string(),
  chainName: z.string(),
  video: videoFormatSchema,
  audio: audioFormatSchema.nullable(),
  startedAt: z.iso.datetime().nullable(),
  /** Frames the recorder has taken in. */
  frames: z.int().nonnegative(),
  droppedFrames: z.int().nonnegative(),
  duplicatedFrames: z.int().nonnegative(),
  /** Frames waiting in the card, and how many it can hold; null where the card does not say. */
  queuedFrames: z.int().nonnegative().nullable(),
  queueCapacityFrames: z.int().positive().nullable(),
  /** How far the recorder is behind the tape, in seconds; null before the first report. */
  lagS: z.number().nullable(),
  /** Seconds until the card must throw frames away if the lag keeps growing as it does; null: not growing. */
  untilLossS: z.number().nullable(),
  masterBytes: z.int().nonnegative(),
  masterBitsPerSecond: z.number().nonnegative(),
  diskFreeBytes: z.number().nonnegative(),
  /** Seconds of recording that still fit on the master's disk at the present rate. */
  diskLeftS: z.number().nullable(),
  /** Every disk that this recording needs. */
  disks: z.array(diskGaugeSchema),
  /** How long the masters' disk takes to write down what was written: the last time, and the worst within a minute. */
  writeLatencyMs: z.object({ last: z.number(), worst: z.number() }).nullable(),
  /** Frames the card has taken in, lost ones included; null where it does not say. */
  capturedFrames: z.int().nonnegative().nullable(),
  /** What the card can hold while nobody reads, in seconds; assumed where nobody knows, null where the source can wait. */
  queueS: z.number().nullable(),
  /** How fast frames come against the standard's rate, in parts of a million; null where it is not known (yet). */
  frameRatePpm: z.number().nullable(),
  /** Sound minus picture in milliseconds; null where there is no sound or not known yet. */
  audioVideoDriftMs: z.number().nullable(),
  /** The rate of that drift, in parts of a million of the time played. */
  audioVideoDriftPpm: z.number().nullable(),
  /** How much later the sound begins than the picture; where both ended, known when the recording is over. */
  audioVideoStartOffsetMs: z.number().nullable(),
  audioVideoEndOffsetMs: z.number().nullable(),
  signal: z.enum(['present', 'lost', 'unknown']),
  /** The tape's timecode at the latest frame, who says so, and how often it has broken; null where there is none yet. */
  timecode: z
    .object({ value: z.string(), source: z.enum(timecodeSources), breaks: z.int().nonnegative() })
    .nullable(),
  /** Changes whenever a new live picture can be fetched. */
  pictureVersion: z.int().nonnegative(),
  /** Frame of the master that the live picture shows, as nearly as the decode's progress tells (a fifth of a second). */
  pictureFrame: z.int().nonnegative(),
  /** Peak of each channel in dBFS over the last half second, from the recorded sound; -Infinity is sent as -200. */
  audioPeaksDbfs: z.array(z.number()),
  /** Frames of the master up to which the sound of these peaks goes. */
  meteredFrames: z.int().nonnegative(),
  /** For how many seconds each channel has been silent, as far as it is decoded. */
  audioSilentS: z.array(z.number().nonnegative()),
  /** Derived work that gives way to the recorder now, in the order in which it did. */
  gaveWay: z.array(z.enum(derivedWorks)),
  follower: followerProgressSchema,
  /** What goes on once the recorder has closed the master; null before. */
  sealing: sealingProgressSchema.nullable(),
  sealChecks: z.array(sealCheckSchema),
  marks: z.array(markSchema),
  alarms: z.array(alarmSchema),
  qcEvents: z.array(shownEventSchema),
  /** What the operator set beside source and profile; null where nothing was. */
  plan: capturePlanSchema.nullable(),
  /** Frame from which the programme counts, where the pass was to start on a condition; null before it came true. */
  programmeStartFrame: z.int().nonnegative().nullable(),
  /** Frames that the plan's conditions were looked for in so far; null where it asks for no picture and no timecode. */
  judgedFrames: z.int().nonnegative().nullable(),
  endReason: z.enum(endReasons).nullable(),
  durationS: z.number().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

/** A piece of long work that is not a capture: an export, a verification, a measurement. */
export const workSchema = z.object({
  id: z.string(),
  kind: z.enum(['export', 'verify', 'measure', 'rebuild']),
  label: z.string(),
  done: z.number().nonnegative(),
  total: z.number().nonnegative().nullable(),
  unit: z.enum(['bytes', 'frames', 'events']),
});
export type Work = z.infer<typeof workSchema>;

export const liveStateSchema = z.object({
  sessions: z.array(sessionSchema),
  work: z.array(workSchema),
  log: z.object({ seq: z.int(), verifiedSeq: z.int(), ok: z.boolean() }),
});
export type LiveState = z.infer<typeof liveStateSchema>;

/** The first message is a snapshot; deltas carry what changed, numbered without a gap. A gap means: ask again. */
export const liveMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), seq: z.int(), state: liveStateSchema }),
  z.object({
    kind: z.literal('delta'),
    seq: z.int(),
    sessions: z.array(sessionSchema),
    goneSessions: z.array(passIdSchema),
    work: z.array(workSchema).nullable(),
    log: liveStateSchema.shape.log.nullable(),
  }),
]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;
