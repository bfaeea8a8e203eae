import { existsSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { type PassId, qcRunIdSchema } from '#shared/domain/ids.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { isOfFile, type QcEvent, type QcResult, qcEventSchema, type ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import type { QcRoom } from './api/engine.ts';
import { findLostFrames } from './essence/capture-gaps.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import type { SampleRequest } from './media/media.ts';
import { keepMediaconchReport, withoutReport } from './mediaconch-report.ts';
import { createQc, type Qc } from './qc/create-qc.ts';
import { withFile } from './qc/file/judge-file.ts';
import type { ReportReview } from './qc/reports/report-review.ts';
import type { TimeGap } from './qc/series.ts';
import { reportDocument } from './report-document.ts';
import type { RoomOptions } from './rooms-options.ts';
import { eventsWithIntent } from './stores/intention-register.ts';
import { judgedEvents } from './stores/review-register.ts';

/** The qc room, for passes: finds their files, records what was judged, shows long work on the screens. */
export function createQcRoom(options: RoomOptions, ffmpeg: Ffmpeg) {
  const { log, stores, intentionRegister, profiles, publisher, newId, pathOf } = options;
  const qc = createQc({ profiles: profiles.qc, ffmpeg });

  const fileOf = (passId: string, role: PassFile['role']): PassFile | undefined =>
    stores.files.ofPass(passId).find((file) => file.role === role);
  const samplesPath = (passId: string): string | undefined => {
    const file = fileOf(passId, 'samples');
    return file && existsSync(pathOf(file)) ? pathOf(file) : undefined;
  };

  /** What is normal for the tape that a pass plays, by its format; undefined where no profile names it. */
  const profileByFormat = (passId: string): string | undefined => {
    const pass = stores.passes.find(passId);
    const tape = pass && stores.tapes.find(pass.tapeId);
    return profiles.qc.find(({ formats }) => tape !== undefined && formats?.includes(tape.format))?.id;
  };

  /** Where frames of the tape are missing in a pass, by the hash list of its capture, where that is at hand. */
  async function recordedGaps(passId: string): Promise<TimeGap[]> {
    const pass = stores.passes.find(passId);
    const list = fileOf(passId, 'frame-hashes');
    if (!pass || !list || !existsSync(pathOf(list))) return [];
    return findLostFrames(pathOf(list), pass.video.frameRate);
  }

  /** Puts a word on what was said to be meant by the artist. */
  const marking =
    (passId: string) =>
    (events: readonly QcEvent[]): ShownEvent[] => {
      const pass = stores.passes.find(passId);
      return pass ? eventsWithIntent(stores, pass, events) : [...events];
    };

  /** What people said of a pass, for a report that leaves the building. */
  const reviewOf = (pass: Pass): ReportReview => {
    const tape = stores.tapes.find(pass.tapeIdentifier);
    const said = [pass.tapeIdentifier, tape?.title, tape?.artist].filter(Boolean);
    return {
      subject: { tape: said.join(', '), passNumber: pass.passNumber },
      pass,
      said: options.reviewDesk.show(pass.id),
      terms: options.vocabulary.terms,
      nameOf: (personId) => stores.people.find(personId)?.name || personId,
    };
  };
  /** Puts on what was found also what reviewers decided of it. */
  const markingJudged =
    (passId: string) =>
    (events: readonly QcEvent[]): ShownEvent[] => {
      const pass = stores.passes.find(passId);
      return pass ? judgedEvents(stores, pass, events) : [...events];
    };

  async function judgePass(
    passId: string,
    profileId: string | undefined,
    channels: readonly number[] | undefined,
  ): Promise<QcResult> {
    const master = fileOf(passId, 'master');
    if (!master) throw notMeasurable(stores.passes.find(passId)?.state);
    const mark = marking(passId);
    const samples = samplesPath(passId);
    if (samples !== undefined) {
      const judged = await qc.judgeSamples(samples, master.name, profileId, {
        ...{ channels, mark, timeGaps: await recordedGaps(passId) },
      });
      // A master that is on another disk today is judged by its samples alone.
      if (!existsSync(pathOf(master))) return judged;
      const file = await showing(master, 'bytes', master.sizeBytes, (onBytes) =>
        qc.judgeFile(pathOf(master), { onBytes }),
      );
      return withFile(judged, file, mark);
    }
    return measuring(passId, master, (onFrames) =>
      qc.measureFile(pathOf(master), profileId, { ...(channels ? { channels } : {}), mark, onFrames }),
    );
  }

  /** Shows on the screens how far a decode of a master has come. */
  function measuring<T>(
    passId: string,
    master: PassFile,
    run: (onFrames: (frames: number) => void) => Promise<T>,
  ): Promise<T> {
    return showing(master, 'frames', stores.passes.find(passId)?.frames ?? 0, run);
  }

  async function showing<T>(
    master: PassFile,
    unit: 'frames' | 'bytes',
    total: number,
    run: (onProgress: (done: number) => void) => Promise<T>,
  ): Promise<T> {
    const work = publisher.beginWork({ id: newId(), kind: 'measure', label: master.name, total, unit });
    try {
      return await run((done) => work.progress(done));
    } finally {
      work.end();
    }
  }

  /** The marks in a tape's own stream. That they cannot be read takes nothing from what was measured. */
  async function dvOf(nativePath: string) {
    try {
      return await qc.judgeDvFile(nativePath);
    } catch (err) {
      options.config.logger.warn({ err, nativePath }, 'the marks of a DV stream were not read');
      return undefined;
    }
  }

  const room: QcRoom = {
    checks: () => qc.checks(),
    profiles: () => profiles.qc.map(({ id, name }) => ({ id, name })),
    async measures(passId) {
      const samples = samplesPath(passId);
      return samples === undefined ? [] : qc.measures(samples);
    },
    async limits(passId) {
      const samples = samplesPath(passId);
      const judgedBy = stores.qc.latest(passId)?.profileId ?? profileByFormat(passId);
      return samples === undefined ? [] : qc.limits(samples, judgedBy);
    },
    async excursion(passId, request) {
      const samples = samplesPath(passId);
      return samples === undefined ? undefined : qc.excursion(samples, request);
    },
    async measurePass(passId, profileId, actorId, channels) {
      const judgedBy = profileId ?? profileByFormat(passId) ?? stores.qc.latest(passId)?.profileId;
      const result = await judgePass(passId, judgedBy, channels);
      // What was found on some channels must not stand for the whole pass.
      if (channels) return { ...result, file: basename(result.file) };
      const report = await keepMediaconchReport(options, passId, result.media?.mediaconch.report, actorId);
      log.append([
        ...report,
        {
          type: 'qc.measured',
          payload: {
            qcRunId: qcRunIdSchema.parse(newId()),
            passId: passId as PassId,
            profileId: result.profile.id,
            frames: result.frames,
            checks: result.summary.checks,
            notJudged: result.summary.notJudged,
            // What the artist meant is an event of its own: this one keeps what was found.
            events: result.events.map((event) => qcEventSchema.parse(event)),
          },
          actorId,
        },
      ]);
      const isKept = report.length > 0 || fileOf(passId, 'mediaconch-report') !== undefined;
      return { ...(isKept ? withoutReport(result) : result), file: basename(result.file) };
    },
    intend(request, actorId) {
      const known = qc.checks().map(({ id }) => id);
      if (known.includes(request.check)) return intentionRegister.state(request, actorId);
      throw new HelicalError('INVALID_INPUT', {
        problem: `There is no check "${request.check}".`,
        safe: 'Nothing was changed.',
        remedy: `Name one of: ${known.join(', ')}.`,
      });
    },
    async reportPass(passId, profileId, request) {
      if (!isAbsolute(request.to)) {
        throw new HelicalError('INVALID_INPUT', 'A report is written to an absolute path.');
      }
      const [pass, master] = [stores.passes.find(passId), fileOf(passId, 'master')];
      if (!pass || !master) throw notMeasurable(pass?.state);
      // A report is of what was judged last, unless another profile is asked for.
      const latest = stores.qc.latest(passId);
      const judgedBy = profileId ?? latest?.profileId ?? profileByFormat(passId);
      const [mark, review] = [markingJudged(passId), reviewOf(pass)];
      const samples = samplesPath(passId);
      if (samples === undefined) {
        return measuring(passId, master, (onFrames) =>
          qc.reportFile(pathOf(master), judgedBy, request, { mark, review, onFrames }),
        );
      }
      // A master that is on another disk today takes the stills with it, not the figures.
      const mediaPath = existsSync(pathOf(master)) ? pathOf(master) : undefined;
      const fileFindings = (latest?.events ?? []).filter((event) => isOfFile(event) || isOfStream(event));
      const from = {
        ...{ samplesPath: samples, fileName: basename(master.name), mediaPath, fileFindings, mark, review },
        timeGaps: await recordedGaps(passId),
      };
      return qc.reportSamples(from, judgedBy, request);
    },
    measureFile: (path, profileId, signal) => qc.measureFile(path, profileId, signal ? { signal } : {}),
  };
  return {
    ...room,
    measurePort: {
      async open({
        passId,
        nativePath,
        ...input
      }: Parameters<Qc['open']>[0] & { passId: string; nativePath?: string }) {
        const qcProfileId = profileByFormat(passId) ?? input.qcProfileId;
        const tap = await qc.open({ ...input, qcProfileId });
        const mark = marking(passId);
        return {
          ...tap,
          latest() {
            const latest = tap.latest();
            return { ...latest, events: mark(latest.events) };
          },
          async finish(lost: Parameters<typeof tap.finish>[0]) {
            const done = await tap.finish(lost);
            const dv = nativePath === undefined ? undefined : await dvOf(nativePath);
            if (!dv) return done;
            return { ...done, checks: [...done.checks, 'dv-errors'], events: [...done.events, ...dv.events] };
          },
        };
      },
    },
    async window(passId: string, request: SampleRequest) {
      const samples = samplesPath(passId);
      return samples === undefined ? undefined : qc.window(samples, request);
    },
    reportDocument: (passId: string, language: ReportLanguage) =>
      reportDocument(stores, (request) => room.reportPass(passId, undefined, request), passId, language),
  };
}

/** Read from the marks in a DV stream, which the sample store does not hold. */
function isOfStream({ check }: QcEvent): boolean {
  return check === 'dv-errors';
}

function notMeasurable(state: string | undefined): HelicalError {
  return state === undefined
    ? new HelicalError('NOT_FOUND', 'There is no such pass.')
    : new HelicalError('WRONG_STATE', {
        problem: `This pass has no finished master to measure: it is ${state}.`,
        remedy: 'Wait until it is sealed.',
      });
}
