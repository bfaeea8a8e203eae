import { v7 as newId } from 'uuid';
import type { NewEvent } from '#shared/domain/events.ts';
import {
  batchIdSchema,
  certificateIdSchema,
  copyCertificateIdSchema,
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
} from '#shared/domain/ids.ts';
import { preparedPass } from './prepared-pass.testbed.ts';

type Payload = NewEvent['payload'];

/** Everything that happens to one tape: a pass that is sealed, one that a crash interrupts, a package read back. */
export function oneTape(identifier: string) {
  const ids = {
    tapeId: tapeIdSchema.parse(newId()),
    passId: passIdSchema.parse(newId()),
    crashedPassId: passIdSchema.parse(newId()),
    personId: personIdSchema.parse(newId()),
    batchId: batchIdSchema.parse(newId()),
    packageId: packageIdSchema.parse(newId()),
    masterId: fileIdSchema.parse(newId()),
    certificateId: certificateIdSchema.parse(newId()),
    intentionId: intentionIdSchema.parse(newId()),
    qcRunId: qcRunIdSchema.parse(newId()),
    otherPersonId: personIdSchema.parse(newId()),
    noteId: noteIdSchema.parse(newId()),
    opinionId: opinionIdSchema.parse(newId()),
  };
  const { tapeId, passId, crashedPassId, personId, batchId, packageId, certificateId, qcRunId } = ids;
  const { otherPersonId, noteId, opinionId } = ids;
  const event = (type: NewEvent['type'], payload: Payload, actorId = personId): NewEvent =>
    ({ type, payload, actorId }) as NewEvent;
  const digests = { md5: 'a'.repeat(32), sha256: 'b'.repeat(64), sha512: 'c'.repeat(128) };
  const prepared = (id: typeof passId, passNumber: number) =>
    event(
      'pass.prepared',
      preparedPass(
        { passId: id, tapeId, operatorId: personId },
        {
          ...{ passNumber, sourceDescription: 'Simulated deck', chainName: 'BVU-950, TBC' },
          ...(passNumber === 1 ? {} : { audio: null }),
        },
      ),
    );
  const file = (role: 'master' | 'access' | 'samples', name: string, fileId = fileIdSchema.parse(newId())) =>
    event('file.registered', { fileId, passId, tapeId, role, name, sizeBytes: 1234, digests });
  const check = { id: 'frame-hashes', ok: true, expected: '250 equal', measured: '250 equal', message: '' };

  const events = {
    person: [event('person.added', { personId, role: 'technician' })],
    registered: [
      event('tape.registered', {
        tapeId,
        description: {
          identifier,
          format: 'umatic',
          title: 'Eau chaude',
          artist: 'Krüger & Müller',
          standard: 'PAL',
          durationMin: 62.5,
          generation: 'master',
          condition: 'fair',
          location: 'Vault 3',
          notes: 'sticky',
        },
      }),
    ],
    certified: [
      event('station.certified', {
        certificate: {
          id: certificateId,
          testedAt: '2026-11-22T09:00:00.000Z',
          ok: true,
          sourceId: 'simulator',
          profileId: 'ffv1-10bit',
          chainName: 'BVU-950, TBC',
          frames: 250,
          droppedFrames: 0,
          figures: [{ id: 'luma-white', value: 940, unit: 'code', least: 936, most: 944, source: 'BT.601' }],
          checks: [check],
        },
      }),
    ],
    captured: [
      prepared(passId, 1),
      event('pass.planned', {
        passId,
        plan: { start: { on: 'signal' }, stop: { tapeEndS: 5 }, segment: 2, certificateId },
      }),
      event('pass.recording-started', { passId, argv: ['ffmpeg', '-i', 'tcp://x'], pid: 41 }),
      event('pass.marked', { passId, frame: 25, label: 'begin' }),
      event('pass.programme-started', { passId, on: 'signal', frame: 12 }),
      event('pass.alarm-raised', { passId, kind: 'lag', frame: 60, message: 'The recorder is behind.' }),
      event('pass.derived-gave-way', { passId, frame: 61, work: 'access', reason: 'The machine is busy.' }),
      event('pass.derived-gave-way', {
        passId,
        frame: 62,
        work: 'thumbnails',
        reason: 'The machine is busy.',
      }),
      event('pass.derived-resumed', { passId, frame: 70, work: 'thumbnails' }),
      event('pass.alarm-cleared', { passId, kind: 'lag', frame: 75 }),
      event('pass.alarm-raised', { passId, kind: 'lag', frame: 80, message: 'The recorder is behind.' }),
      event('pass.timecode-broken', {
        passId,
        frame: 90,
        source: 'card',
        kind: 'lost',
        before: '01:00:03:15',
        after: null,
      }),
      event('pass.timecode-broken', {
        passId,
        frame: 95,
        source: 'card',
        kind: 'returned',
        before: null,
        after: '01:00:03:20',
      }),
      event('pass.recorder-adopted', { passId, pid: 41, frames: 100 }),
      event('pass.stop-requested', { passId, reason: 'operator' }),
      event('pass.recording-ended', { passId, reason: 'operator', frames: 250, droppedFrames: 3 }),
    ],
    sealed: [
      event('pass.followed', { passId, frames: 250 }),
      file('master', `${identifier}_p1.mkv`, ids.masterId),
      file('access', `${identifier}_p1.mp4`),
      file('samples', `${identifier}_p1.samples.arrow`),
      event('qc.measured', {
        qcRunId,
        passId,
        profileId: 'analogue-sd',
        frames: 250,
        checks: ['black', 'clipping'],
        notJudged: [{ check: 'hum', reason: 'no-sound' }],
        events: [
          {
            check: 'clipping',
            startFrame: 10,
            endFrame: 12,
            severity: 'warn',
            confidence: 0.9,
            channels: [1],
            evidence: { peakDbfs: 0, limit: '-0.1 dBFS' },
            message: 'Clipped.',
          },
          {
            check: 'black',
            startFrame: 0,
            endFrame: 9,
            severity: 'info',
            confidence: 1,
            evidence: {},
            message: 'Black.',
          },
        ],
      }),
      event('pass.sealed', { passId, frames: 250, checks: [check] }),
    ],
    copyCertified: [
      event('access.certified', {
        passId,
        tapeId,
        certificate: {
          id: copyCertificateIdSchema.parse(newId()),
          ...{ passId, certifiedAt: '2026-11-23T06:00:00.000Z', ok: false },
          ...{ masterFileId: ids.masterId, masterSha256: 'b'.repeat(64) },
          ...{ accessFileId: fileIdSchema.parse(newId()), accessSha256: 'b'.repeat(64) },
          lines: [
            {
              ...{ id: 'sync', state: 'failed', expected: 'at most 11 ms', measured: '80 ms late' },
              ...{ values: { syncMs: 80 }, source: 'Own.' },
            },
          ],
          ...{ framesExpected: 500, framesOfCopy: 500, framesCompared: 500, offsetFrames: 0 },
          alignment: { stretches: [], soundOffsetMs: null, confidence: 0 },
          frameRate: { num: 50, den: 1 },
          picture: { psnrMeanDb: 42, psnrLeastDb: 36, ssimMean: 0.98, ssimLeast: 0.95 },
          ...{ syncMs: 80, driftPpm: null, syncWindows: [{ atS: 1, lagMs: 80, likeness: 0.9 }] },
          worst: [{ frame: 12, frameOfMaster: 12, measure: 'psnr', value: 36 }],
        },
      }),
    ],
    intended: [
      event('qc.intention-stated', {
        intentionId: ids.intentionId,
        tapeId,
        check: 'clipping',
        channels: [1],
        range: { passId, startFrame: 10, endFrame: 12 },
        reason: 'The shout is part of the work.',
      }),
      event('qc.intention-stated', {
        intentionId: intentionIdSchema.parse(newId()),
        tapeId,
        check: 'black',
        channels: null,
        range: null,
        reason: 'It begins in the dark.',
      }),
    ],
    reviewed: [
      event('review.taken', { passId, takenFrom: null, reason: '' }),
      event('review.event-decided', {
        decisionId: decisionIdSchema.parse(newId()),
        passId,
        qcRunId,
        check: 'clipping',
        channels: [1],
        startFrame: 10,
        endFrame: 12,
        judgement: 'accepted',
        origin: 'recorded-in',
        remark: '',
      }),
      event('review.noted', {
        noteId,
        passId,
        startFrame: 40,
        endFrame: 44,
        region: { x: 10, y: 20, width: 100, height: 8 },
        stillFrame: 41,
        term: 'video-dropout',
        medium: 'video',
        origin: 'tape',
        severity: 'warn',
        words: 'A streak.',
      }),
      event('review.note-withdrawn', { noteId, passId, reason: 'It is rain.' }),
      event('review.watched', {
        sittingId: sittingIdSchema.parse(newId()),
        passId,
        startedAt: '2026-11-22T10:00:00.000Z',
        endedAt: '2026-11-22T10:01:00.000Z',
        ranges: [{ startFrame: 0, endFrame: 99 }],
      }),
      event('review.verdict-given', {
        verdictId: verdictIdSchema.parse(newId()),
        passId,
        verdict: 'accept',
        reason: '',
        master: { fileId: ids.masterId, sha256: 'b'.repeat(64) },
        qcRunId,
        basis: {
          ...{ events: 2, judgedEvents: 1, planId: 'head-middle-tail', planFrames: 250 },
          ...{ watchedPlanFrames: 100, watchedFrames: 100 },
        },
        settles: false,
      }),
      event('review.opinion-asked', { opinionId, passId, personId: otherPersonId, question: 'Is it rain?' }),
      event('review.taken', { passId, takenFrom: null, reason: '' }, otherPersonId),
    ],
    chosen: [event('tape.pass-chosen', { tapeId, passId, reason: 'The only sealed one.' })],
    crashed: [
      prepared(crashedPassId, 2),
      event('pass.planned', {
        passId: crashedPassId,
        plan: { start: { on: 'operator' }, stop: {}, retakeOf: passId, segment: 2 },
      }),
      event('pass.recording-started', { passId: crashedPassId, argv: ['ffmpeg'], pid: 42 }),
      event('pass.interrupted', { passId: crashedPassId, reason: 'recorder-died', detail: 'SIGKILL' }),
      event('pass.recovered', {
        passId: crashedPassId,
        framesKept: 90,
        framesLost: 4,
        lossBasis: 'card',
        droppedFrames: 0,
      }),
      event('pass.failed', {
        passId: crashedPassId,
        reason: 'seal-check-failed',
        detail: 'frame 7',
        checks: [{ ...check, ok: false }],
      }),
    ],
    packaged: [
      event('batch.created', { batchId, name: `Batch ${identifier}`, tapeIds: [tapeId] }),
      event('package.written', {
        packageId,
        batchId,
        tapeId,
        passId,
        profileId: 'preservation-bag',
        name: `${identifier}_p1`,
        sizeBytes: 5000,
        manifestSha512: 'e'.repeat(128),
      }),
      event('package.verified', { packageId, batchId, tapeId, ok: true, problems: [] }),
    ],
    remeasured: [file('samples', `${identifier}_p1.samples.arrow`)],
    packageFoundBroken: [
      event('package.verified', { packageId, batchId, tapeId, ok: false, problems: ['A byte is wrong.'] }),
    ],
  };
  return { ids, events };
}
