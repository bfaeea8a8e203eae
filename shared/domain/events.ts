import { z } from 'zod';
import { type CapturePlan, capturePlanSchema } from './capture-plan.ts';
import { certificateSchema } from './certificate.ts';
import { copyCertificateSchema } from './copy-certificate.ts';
import { decidedSchema } from './decision.ts';
import { audioFormatSchema, digestsSchema, softwareSchema, videoFormatSchema } from './formats.ts';
import { frameRangeSchema } from './frame-ranges.ts';
import {
  batchIdSchema,
  decisionIdSchema,
  fileIdSchema,
  intentionIdSchema,
  noteIdSchema,
  opinionIdSchema,
  packageIdSchema,
  passIdSchema,
  personIdSchema,
  qcRunIdSchema,
  sittingIdSchema,
  tapeIdSchema,
  verdictIdSchema,
} from './ids.ts';
import { intentionRangeSchema } from './intention.ts';
import { noteMedia, pictureRegionSchema } from './note.ts';
import { origins } from './origin.ts';
import {
  alarmKinds,
  derivedWorks,
  endReasons,
  failReasons,
  fileRoles,
  sealCheckSchema,
  timecodeBreaks,
  timecodeSources,
} from './pass.ts';
import { notJudgedSchema, qcEventSchema, severities } from './qc.ts';
import { tapeDescriptionSchema } from './tape.ts';
import { verdictBasisSchema, verdicts } from './verdict.ts';

/** What one person says and another writes down: who wrote it. Left out: whoever the event names said it themselves. */
const dictated = { writtenBy: personIdSchema.optional() };

/**
 * Every change of state, by name. An event says what happened in the past tense and carries ids, never names of people
 * and never absolute paths: files are named by their id, their role and their name inside the pass's folder.
 * A payload's shape is never changed: a new meaning gets a new type. What older ones do not say is optional.
 */
export const eventPayloads = {
  'station.opened': z.object({ software: z.array(softwareSchema), platform: z.string() }),
  /** The name itself lies in a side table outside the log, so that it can be erased. */
  'person.added': z.object({ personId: personIdSchema, role: z.enum(['reviewer', 'technician', 'manager']) }),
  /** Sat down before the station's own window, in the place of the event's actor: what is signed there from now on is theirs. */
  'person.seated': z.object({ personId: personIdSchema }),

  /** The station's self-test, whole: later passes cite it by its id. */
  'station.certified': z.object({ certificate: certificateSchema }),

  'tape.registered': z.object({ tapeId: tapeIdSchema, description: tapeDescriptionSchema }),
  /** Which of a tape's passes is its master from now on; the others are kept. */
  'tape.pass-chosen': z.object({ tapeId: tapeIdSchema, passId: passIdSchema, reason: z.string() }),

  'pass.prepared': z.object({
    passId: passIdSchema,
    tapeId: tapeIdSchema,
    passNumber: z.int().positive(),
    sourceId: z.string(),
    sourceDescription: z.string(),
    profileId: z.string(),
    /** SHA-256 of the profile as it was, canonical JSON: a profile may change later. */
    profileSha256: z.string(),
    chainName: z.string(),
    operatorId: personIdSchema,
    video: videoFormatSchema,
    audio: audioFormatSchema.nullable(),
    software: z.array(softwareSchema),
    durationS: z.number().positive().optional(),
  }),
  /** Follows `pass.prepared` in the same transaction where the operator set anything beyond source and profile. */
  'pass.planned': z.object({ passId: passIdSchema, plan: capturePlanSchema }),
  'pass.recording-started': z.object({
    passId: passIdSchema,
    /** The recorder's exact command, program first. */
    argv: z.array(z.string()),
    pid: z.int(),
  }),
  'pass.recorder-adopted': z.object({ passId: passIdSchema, pid: z.int(), frames: z.int() }),
  'pass.marked': z.object({ passId: passIdSchema, frame: z.int().nonnegative(), label: z.string() }),
  'pass.alarm-raised': z.object({
    passId: passIdSchema,
    kind: z.enum(alarmKinds),
    frame: z.int().nonnegative(),
    message: z.string(),
  }),
  'pass.alarm-cleared': z.object({
    passId: passIdSchema,
    kind: z.enum(alarmKinds),
    frame: z.int().nonnegative(),
  }),
  /** The condition that the pass was to start on came true at this frame: the programme counts from here. */
  'pass.programme-started': z.object({
    passId: passIdSchema,
    on: z.enum(['signal', 'timecode']),
    frame: z.int().nonnegative(),
  }),
  /** Derived work gave way, or came back; the recorder is never among it. */
  'pass.derived-gave-way': z.object({
    passId: passIdSchema,
    frame: z.int().nonnegative(),
    work: z.enum(derivedWorks),
    reason: z.string(),
  }),
  'pass.derived-resumed': z.object({
    passId: passIdSchema,
    frame: z.int().nonnegative(),
    work: z.enum(derivedWorks),
  }),
  /** A tape may have thousands of breaks: the first ones are events, all of them are in the pass's timecode file. */
  'pass.timecode-broken': z.object({
    passId: passIdSchema,
    frame: z.int().nonnegative(),
    source: z.enum(timecodeSources),
    kind: z.enum(timecodeBreaks),
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  'pass.stop-requested': z.object({ passId: passIdSchema, reason: z.enum(endReasons) }),
  'pass.recording-ended': z.object({
    passId: passIdSchema,
    reason: z.enum(endReasons),
    frames: z.int().nonnegative(),
    droppedFrames: z.int().nonnegative(),
  }),
  'pass.interrupted': z.object({ passId: passIdSchema, reason: z.enum(endReasons), detail: z.string() }),
  'pass.recovered': z.object({
    passId: passIdSchema,
    framesKept: z.int().nonnegative(),
    framesLost: z.int().nonnegative(),
    lossBasis: z.enum(['none', 'card', 'wall-clock']),
    droppedFrames: z.int().nonnegative(),
  }),
  'pass.followed': z.object({ passId: passIdSchema, frames: z.int().nonnegative() }),
  'pass.sealed': z.object({ passId: passIdSchema, frames: z.int(), checks: z.array(sealCheckSchema) }),
  'pass.failed': z.object({
    passId: passIdSchema,
    reason: z.enum(failReasons),
    detail: z.string(),
    checks: z.array(sealCheckSchema).default([]),
  }),

  'file.registered': z.object({
    fileId: fileIdSchema,
    passId: passIdSchema,
    tapeId: tapeIdSchema,
    role: z.enum(fileRoles),
    name: z.string(),
    sizeBytes: z.int().nonnegative(),
    digests: digestsSchema,
  }),

  'qc.measured': z.object({
    qcRunId: qcRunIdSchema,
    passId: passIdSchema,
    profileId: z.string(),
    frames: z.int().nonnegative(),
    checks: z.array(z.string()),
    /** Absent in events of days when it was not said. */
    notJudged: z.array(notJudgedSchema).optional(),
    events: z.array(qcEventSchema),
  }),

  /** What a check finds is part of the work: it holds for each pass of the tape. */
  'qc.intention-stated': z.object({
    intentionId: intentionIdSchema,
    tapeId: tapeIdSchema,
    check: z.string(),
    /** Audio channels, from 1; null: whichever. */
    channels: z.array(z.int().positive()).nullable(),
    /** Null: the whole work. */
    range: intentionRangeSchema.nullable(),
    reason: z.string(),
  }),
  'qc.intention-withdrawn': z.object({
    intentionId: intentionIdSchema,
    tapeId: tapeIdSchema,
    reason: z.string(),
  }),

  /** Somebody has a pass on their desk; `takenFrom` had it before, and `reason` says why it changed hands. */
  'review.taken': z.object({
    passId: passIdSchema,
    takenFrom: personIdSchema.nullable(),
    reason: z.string(),
    ...dictated,
  }),
  'review.released': z.object({ passId: passIdSchema, ...dictated }),
  /** A word on one finding. A later one stands in its place; `reopened` takes it back. */
  'review.event-decided': decidedSchema.extend({ decisionId: decisionIdSchema, ...dictated }),
  'review.noted': z.object({
    noteId: noteIdSchema,
    passId: passIdSchema,
    startFrame: z.int().nonnegative(),
    endFrame: z.int().nonnegative(),
    region: pictureRegionSchema.nullable(),
    stillFrame: z.int().nonnegative().nullable(),
    term: z.string().nullable(),
    medium: z.enum(noteMedia).nullable(),
    origin: z.enum(origins).nullable(),
    severity: z.enum(severities).nullable(),
    words: z.string(),
    ...dictated,
  }),
  'review.note-withdrawn': z.object({
    noteId: noteIdSchema,
    passId: passIdSchema,
    reason: z.string(),
    ...dictated,
  }),
  /** One sitting of one person before one pass: what was played at twice the speed at most, in a visible window. */
  'review.watched': z.object({
    sittingId: sittingIdSchema,
    passId: passIdSchema,
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    ranges: z.array(frameRangeSchema),
    /** Of them what was seen as pictures of the master itself, not as its access copy. Older events do not say. */
    masterRanges: z.array(frameRangeSchema).optional(),
  }),
  /** A further verdict is asked for: of this person, or of anyone else. */
  'review.opinion-asked': z.object({
    opinionId: opinionIdSchema,
    passId: passIdSchema,
    personId: personIdSchema.nullable(),
    question: z.string(),
    ...dictated,
  }),
  'review.opinion-withdrawn': z.object({
    opinionId: opinionIdSchema,
    passId: passIdSchema,
    reason: z.string(),
    ...dictated,
  }),
  /** Signed by the event's actor, and bound to the master's bytes and to the measurement that was in force. */
  'review.verdict-given': z.object({
    verdictId: verdictIdSchema,
    passId: passIdSchema,
    verdict: z.enum(verdicts),
    reason: z.string(),
    master: z.object({ fileId: fileIdSchema, sha256: z.string() }).nullable(),
    qcRunId: qcRunIdSchema.nullable(),
    basis: verdictBasisSchema,
    settles: z.boolean(),
    ...dictated,
  }),

  /** A pass's access copy was held against its master, frame by frame. */
  'access.certified': z.object({
    passId: passIdSchema,
    tapeId: tapeIdSchema,
    certificate: copyCertificateSchema,
  }),

  'batch.created': z.object({ batchId: batchIdSchema, name: z.string(), tapeIds: z.array(tapeIdSchema) }),
  'package.written': z.object({
    packageId: packageIdSchema,
    batchId: batchIdSchema,
    tapeId: tapeIdSchema,
    passId: passIdSchema,
    profileId: z.string(),
    /** Name of the package's folder. */
    name: z.string(),
    sizeBytes: z.int().nonnegative(),
    manifestSha512: z.string(),
  }),
  'package.verified': z.object({
    packageId: packageIdSchema,
    batchId: batchIdSchema,
    tapeId: tapeIdSchema,
    ok: z.boolean(),
    problems: z.array(z.string()),
  }),
} as const satisfies Record<string, z.ZodObject>;

export type EventType = keyof typeof eventPayloads;
export type EventPayload<Type extends EventType> = z.infer<(typeof eventPayloads)[Type]>;

/** An event about to be written: its type, its payload, and who did it. */
export type NewEvent = {
  [Type in EventType]: {
    type: Type;
    payload: EventPayload<Type>;
    actorId: string;
    /** When it happened, where that is not now. */
    occurredAt?: string;
  };
}[EventType];

/** Parses a payload by its type. Throws ZodError, and RangeError on a type that does not exist. */
export function parsePayload(type: string, payload: unknown): unknown {
  const schema = (eventPayloads as Record<string, z.ZodObject>)[type];
  if (!schema) throw new RangeError(`no such event type: ${type}`);
  return schema.parse(payload);
}

/** What an event is about, for filters: every id its payload names, also those of a pass's plan and of a self-test. */
export function linksOf(payload: Record<string, unknown>): { kind: LinkKind; objectId: string }[] {
  const links: { kind: LinkKind; objectId: string }[] = [];
  const link = (kind: LinkKind, value: unknown) => {
    if (typeof value === 'string') links.push({ kind, objectId: value });
  };
  for (const [field, kind] of linkFields) link(kind, payload[field]);
  const plan = payload['plan'] as Partial<CapturePlan> | undefined;
  link('pass', plan?.retakeOf);
  link('certificate', plan?.certificateId);
  link('certificate', (payload['certificate'] as { id?: unknown } | undefined)?.id);
  const tapeIds = payload['tapeIds'];
  if (Array.isArray(tapeIds))
    for (const tapeId of tapeIds) links.push({ kind: 'tape', objectId: String(tapeId) });
  return links;
}

export type LinkKind = 'tape' | 'pass' | 'file' | 'batch' | 'package' | 'person' | 'certificate';

const linkFields: readonly [string, LinkKind][] = [
  ['tapeId', 'tape'],
  ['passId', 'pass'],
  ['fileId', 'file'],
  ['batchId', 'batch'],
  ['packageId', 'package'],
  ['personId', 'person'],
  ['operatorId', 'person'],
  ['writtenBy', 'person'],
];
