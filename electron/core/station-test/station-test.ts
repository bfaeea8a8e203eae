import { stat } from 'node:fs/promises';
import type { Capture } from '#core/capture/capture.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { sampleAspectOf } from '#core/ffmpeg/recorder-arguments.ts';
import type { Certificate } from '#shared/domain/certificate.ts';
import { driftBetween, type FigureDrift, isOutdated, isSameChain } from '#shared/domain/certificate-drift.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { NewEvent } from '#shared/domain/events.ts';
import { certificateIdSchema, type PassId, type PersonId } from '#shared/domain/ids.ts';
import type { Work } from '#shared/domain/live.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { Selection } from '#shared/domain/selection.ts';
import { selfTestGivenUp, stationTestTape } from '#shared/domain/station-test.ts';
import type { Tape, TapeDescription } from '#shared/domain/tape.ts';
import { certify } from './certify.ts';
import { decodeSection } from './decode-section.ts';
import { measureRecording } from './measure-recording.ts';
import { testSections } from './test-sections.ts';

export interface StationTestRequest {
  /** As the operator chose it: `simulator:station-test-pal`. */
  source: string;
  selection: Selection;
  profileId?: string | undefined;
  chainName: string;
  seconds: number;
  /** The generator gives bars and tone only: offset and field order are then not asked for. */
  barsOnly: boolean;
  /** Peak of the tone that is played; left out: -18 dBFS, in NTSC -20. */
  toneDbfs?: number | undefined;
}

export interface StationTestResult {
  ok: boolean;
  certificate: Certificate;
  /** Against the last test of the same chain; empty for the first. */
  drift: FigureDrift[];
}

export interface StationTest {
  /**
   * Records the test signal as a pass of its own, measures it and writes the certificate into the log. WRONG_STATE while
   * something is being recorded or tested; DEVICE_*, FILE_UNREADABLE, DISK_FULL as a capture has them.
   */
  run(request: StationTestRequest, actorId: PersonId, signal?: AbortSignal): Promise<StationTestResult>;
  /** All tests, newest first, each held against the one before it of the same chain. */
  certificates(): (StationTestResult & { inForce: boolean; outdated: boolean })[];
}

export interface StationTestOptions {
  capture: Pick<Capture, 'arm' | 'record' | 'stop' | 'sessions' | 'whenSettled' | 'onDidChange'>;
  log: { append(events: readonly NewEvent[]): unknown };
  /** Newest first. */
  certificates(): Certificate[];
  /** The one that a pass of this source and chain cites. */
  certificateInForce(sourceId: string, chainName: string): string | undefined;
  findTape(identifier: string): Tape | undefined;
  registerTape(description: TapeDescription, actorId: string): Tape;
  filesOfPass(passId: PassId): PassFile[];
  pathOf(file: PassFile): string;
  profile(profileId: string): MasterProfile;
  /** Bytes a second that the masters' disk takes, with sync. */
  writeSpeed(): Promise<number>;
  beginWork(work: Omit<Work, 'done'>): { progress(done: number): void; end(): void };
  ffmpeg: { ffmpegPath: string; ffprobePath: string };
  now(): Date;
  newId(): string;
}

/** The self-test of the station: the test signal goes the way of every tape, and is measured at its end. */
export function createStationTest(options: StationTestOptions): StationTest {
  const { capture } = options;
  let isTesting = false;

  async function record(request: StationTestRequest, actorId: PersonId, signal?: AbortSignal): Promise<Pass> {
    const tape = options.findTape(stationTestTape) ?? options.registerTape(carrier, actorId);
    const { passId, video } = await capture.arm({
      tapeId: tape.id,
      selection: request.selection,
      sourceId: request.source,
      profileId: request.profileId,
      chainName: request.chainName,
      operatorId: actorId,
      durationS: request.seconds,
    });
    const work = options.beginWork({
      id: options.newId(),
      kind: 'measure',
      label: `self-test ${request.source}`,
      total: Math.round(request.seconds * toNumber(video.frameRate)),
      unit: 'frames',
    });
    using _progress = capture.onDidChange((session) => {
      if (session.passId === passId) work.progress(session.frames);
    });
    let stopping: Promise<unknown> | undefined;
    const stop = () => {
      stopping ??= capture.stop(passId, actorId).catch((error: unknown) => {
        // It had ended by itself.
        if (!(error instanceof HelicalError) || error.code !== 'WRONG_STATE') throw error;
      });
      // Awaited below; until then a failure must not count as nobody's.
      stopping.catch(() => {});
    };
    try {
      await capture.record(passId, actorId);
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted) stop();
      const pass = await capture.whenSettled(passId);
      await stopping;
      return pass;
    } finally {
      signal?.removeEventListener('abort', stop);
      work.end();
    }
  }

  async function measure(pass: Pass, master: PassFile, request: StationTestRequest, signal?: AbortSignal) {
    const path = options.pathOf(master);
    const described = await probe(options.ffmpeg.ffprobePath, path, { signal });
    const sampleRateHz = described.audio[0]?.sampleRateHz ?? 48_000;
    const framesPerS = toNumber(pass.video.frameRate);
    const sections = testSections(pass.frames, framesPerS);
    const total = sections.reduce((sum, { frames }) => sum + frames, 0);
    const work = options.beginWork({
      id: options.newId(),
      kind: 'measure',
      label: `self-test ${master.name}`,
      total,
      unit: 'frames',
    });
    try {
      const decoded = [];
      let done = 0;
      for (const section of sections) {
        const before = done;
        decoded.push(
          await decodeSection(path, section, {
            ffmpegPath: options.ffmpeg.ffmpegPath,
            video: pass.video,
            trackChannels: described.audio.map(({ channels }) => channels),
            sampleRateHz,
            signal,
            onFrames: (frames) => work.progress(before + frames),
          }),
        );
        done += section.frames;
      }
      return {
        pass,
        measures: measureRecording(decoded, framesPerS, sampleRateHz),
        sampleAspect: {
          measured: described.video[0]?.sampleAspect,
          expected: sampleAspectOf(options.profile(pass.profileId).master, pass.video),
        },
        channels: described.audio.reduce((sum, { channels }) => sum + channels, 0),
        askedS: request.seconds,
        masterBytes: (await stat(path)).size,
        writeBytesPerS: await options.writeSpeed(),
        isBarsOnly: request.barsOnly,
        toneDbfs: request.toneDbfs,
      };
    } finally {
      work.end();
    }
  }

  /** The latest of all tests before it of the same chain; `all` is newest first. */
  const before = (all: readonly Certificate[], at: number): Certificate | undefined => {
    const certificate = all[at] as Certificate;
    return all.slice(at + 1).find((other) => isSameChain(other, certificate));
  };
  const resultOf = (all: readonly Certificate[], at: number): StationTestResult => {
    const certificate = all[at] as Certificate;
    const earlier = before(all, at);
    return { ok: certificate.ok, certificate, drift: earlier ? driftBetween(earlier, certificate) : [] };
  };

  return {
    async run(request, actorId, signal) {
      refuseWhileBusy(isTesting, capture.sessions());
      isTesting = true;
      try {
        const pass = await record(request, actorId, signal);
        if (signal?.aborted) throw selfTestGivenUp();
        const master = options.filesOfPass(pass.id).find(({ role }) => role === 'master');
        if (!master || pass.frames === 0) throw nothingRecorded(pass);
        const evidence = await measure(pass, master, request, signal).catch((error: unknown) => {
          throw signal?.aborted ? selfTestGivenUp() : error;
        });
        const certificate = certify(
          evidence,
          certificateIdSchema.parse(options.newId()),
          options.now().toISOString(),
        );
        options.log.append([{ type: 'station.certified', actorId, payload: { certificate } }]);
        return resultOf(options.certificates(), 0);
      } finally {
        isTesting = false;
      }
    },
    certificates() {
      const all = options.certificates();
      const now = options.now();
      return all.map((certificate, at) => ({
        ...resultOf(all, at),
        inForce: options.certificateInForce(certificate.sourceId, certificate.chainName) === certificate.id,
        outdated: isOutdated(certificate, now),
      }));
    },
  };
}

const carrier: TapeDescription = {
  identifier: stationTestTape,
  format: 'other',
  title: 'Test signal of the station',
  artist: '',
  standard: 'unknown',
  generation: 'unknown',
  condition: 'unknown',
  location: '',
  notes: 'No tape of the collection: each pass is a self-test of the station. It cannot go into a batch.',
};

function refuseWhileBusy(isTesting: boolean, sessions: readonly { state: Pass['state'] }[]): void {
  const busy = sessions.some(({ state }) => state !== 'sealed' && state !== 'failed');
  if (!isTesting && !busy) return;
  throw new HelicalError('WRONG_STATE', {
    problem: isTesting ? 'A self-test is running.' : 'A pass is armed, being recorded or being proved.',
    safe: 'It goes on undisturbed.',
    remedy: 'Wait until it is sealed, then test the station.',
  });
}

function nothingRecorded({ failReason }: Pass): HelicalError {
  return new HelicalError('DEVICE_FAILED', {
    problem: `The test signal was not recorded (${failReason ?? 'no master'}).`,
    safe: 'No certificate was written; an earlier one stays as it is.',
    remedy: 'Check that the source gives a signal, and test again. `helical passes list` shows the pass.',
  });
}
