import { hash } from 'node:crypto';
import { access, constants, mkdir, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenContext, OpenSource, Selection } from '#core/devices/device.ts';
import { isKeptExactly } from '#core/ffmpeg/recorder-arguments.ts';
import { canonicalJson } from '#core/log/chain.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { isSettled } from '#shared/domain/pass-machine.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { planOf } from './arm-plan.ts';
import { createBudgetBook } from './budget-book.ts';
import type { ArmRequest, Capture, RecoveryWord } from './capture.ts';
import { createDeviceUse } from './device-use.ts';
import { createDiskReserves } from './disk-reserves.ts';
import { masterFolder, passFiles } from './pass-files.ts';
import { sourceFolder } from './pass-leftovers.ts';
import type { PassSession } from './pass-session.ts';
import { type CaptureOptions, defaultLimits } from './ports.ts';
import { sweepPreflightFolders } from './preflight-folder.ts';
import { createPublisher } from './publisher.ts';
import { queueInWords } from './queue-words.ts';
import { findRecorderRecord } from './recorder-record.ts';
import { recoverPass } from './recover-pass.ts';
import { createSession } from './session.ts';
import { createTakeover } from './takeover.ts';
import { wrongState } from './wrong-state.ts';

/** The capture room: arms sources, runs passes through the machine, takes recorders back. */
export function createCapture(options: CaptureOptions): Capture {
  const { folders, logger, reads } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const reserves = createDiskReserves();
  const sessions = new Map<PassId, PassSession>();
  const devicesInUse = createDeviceUse({
    keyOf: (sourceId) => options.devices.deviceKeyOf(sourceId),
    unfinishedPasses: () => reads.unfinishedPasses(),
    isOpenHere: (passId) => sessions.has(passId),
  });
  const views = () => [...sessions.values()].map((session) => session.view());
  const budgets = createBudgetBook({
    ffmpegPath: options.ffmpeg.ffmpegPath,
    mastersDir: folders.mastersDir,
    reserve: { seconds: limits.reserveS, floorBytes: limits.reserveFloorBytes },
    sessions: views,
  });
  const publisher = createPublisher((passId) => sessions.get(passId)?.view());
  const takeover = createTakeover();
  let isClosed = false;
  let untold: Awaited<ReturnType<Capture['recover']>> = { adopted: [], recovered: [], followed: [] };
  let recovering: { word: RecoveryWord; done: ReturnType<Capture['recover']> } | undefined;

  function sessionOf(passId: PassId): PassSession {
    const session = sessions.get(passId);
    if (session) return session;
    const pass = reads.pass(passId);
    if (!pass) throw new HelicalError('NOT_FOUND', { problem: `There is no pass ${passId}.` });
    throw wrongState(`The pass is ${pass.state}: it is not being captured.`);
  }

  function open(passId: PassId, source?: OpenSource, durationS?: number): PassSession {
    const session = createSession({
      capture: options,
      limits,
      reserves,
      passId,
      source,
      durationS,
      onChange: () => publisher.changed(passId),
    });
    sessions.set(passId, session);
    return session;
  }

  /** Screens keep what has just ended until something new begins. */
  function forgetSettled(): void {
    for (const [passId, session] of sessions) {
      const pass = reads.pass(passId);
      if (!pass || !isSettled(pass.state)) continue;
      publisher.gone(session.view());
      sessions.delete(passId);
    }
  }

  async function openSource(selection: Selection, workDir: string): Promise<OpenSource> {
    await mkdir(workDir, { recursive: true });
    await mkdir(folders.cacheDir, { recursive: true });
    const { ffmpegPath, ffprobePath } = options.ffmpeg;
    const context: OpenContext = {
      workDir,
      cacheDir: folders.cacheDir,
      ffmpegPath,
      ffprobePath,
      ...options.openContext,
    };
    return options.devices.openSource(selection, context);
  }

  async function arm(request: ArmRequest): ReturnType<Capture['arm']> {
    if (isClosed) throw wrongState('The engine is being closed.');
    const tape = reads.tape(request.tapeId);
    if (!tape) throw new HelicalError('NOT_FOUND', { problem: `There is no tape ${request.tapeId}.` });
    const profile = options.profile(request.profileId);
    await refuseFullDisk();
    using _ = await devicesInUse.reserve(request.sourceId, tape.identifier);
    const passId = options.newId() as PassId;
    const { durationS, plan: wanted = {} } = request;
    // A length from a condition on is counted here: neither the source nor the recorder knows where it begins.
    const cutS = wanted.start === undefined || wanted.start.on === 'operator' ? durationS : undefined;
    const selection = { ...request.selection, ...(cutS === undefined ? {} : { durationS: cutS }) };
    const source = await openSource(selection, sourceFolder(folders, tape.identifier, passId));
    try {
      refuseConversion(source, profile);
      const plan = planOf(
        { ...wanted, durationS },
        {
          tapeId: tape.id,
          frameRate: source.video.frameRate,
          pass: reads.pass,
          certificateId: options.certificateInForce(request.sourceId, request.chainName),
          overruled: await refuseBusyMachine(request, source, profile),
        },
      );
      const prepared = {
        passId,
        tapeId: tape.id,
        passNumber: reads.nextPassNumber(tape.id),
        sourceId: request.sourceId,
        sourceDescription: source.description,
        profileId: profile.id,
        profileSha256: hash('sha256', canonicalJson(profile)),
        chainName: request.chainName,
        operatorId: request.operatorId,
        video: source.video,
        audio: source.audio ?? null,
        software: options.software,
        ...(durationS === undefined ? {} : { durationS }),
      };
      const actorId = request.operatorId;
      options.log.append([
        { type: 'pass.prepared', actorId, payload: prepared },
        ...(plan ? [{ type: 'pass.planned' as const, actorId, payload: { passId, plan } }] : []),
      ]);
    } catch (error) {
      await source.close();
      throw error;
    }
    forgetSettled();
    const session = open(passId, source, cutS);
    publisher.changed(passId);
    return session.view();
  }

  /** A master holds what came, bit for bit; a picture that would have to be converted is no essence of this profile. */
  function refuseConversion({ essence, video }: OpenSource, profile: MasterProfile): void {
    if (essence === 'copy' || isKeptExactly(profile.master, video)) return;
    throw new HelicalError('INVALID_INPUT', {
      problem: `The picture comes as ${video.pixelFormat}; profile ${profile.id} writes ${profile.master.pixelFormat}, which would be a conversion.`,
      safe: 'Nothing was recorded.',
      remedy: 'Keep the file as it is, or choose a profile in its own pixel format.',
    });
  }

  /**
   * Captures that run already are not put in danger, as far as the last budget tells; what was insisted on all the same comes
   * back in words. Alone, a slow machine is the operator's own risk, and the recording guards its disk by itself.
   */
  async function refuseBusyMachine(
    { durationS, anyway }: ArmRequest,
    { video, audio }: OpenSource,
    profile: MasterProfile,
  ): Promise<string | undefined> {
    const budget = await budgets.reckon({ video, audio, profile, durationS });
    if (!budget || budget.fits || budget.captures === 1) return undefined;
    if (anyway) return budget.message;
    throw new HelicalError(budget.bottleneck === 'room' ? 'DISK_FULL' : 'MACHINE_BUSY', {
      problem: budget.message,
      safe: 'Nothing was begun; what runs goes on.',
      remedy: 'Wait until a capture is over, or insist on it (--anyway), which is logged.',
    });
  }

  async function refuseFullDisk(): Promise<void> {
    await mkdir(folders.mastersDir, { recursive: true });
    await access(folders.mastersDir, constants.W_OK).catch((cause: Error) => {
      throw new HelicalError(
        'NOT_ALLOWED',
        {
          problem: `The folder of the masters cannot be written to: ${cause.message}.`,
          safe: 'Nothing was recorded.',
          remedy: 'Make its disk writable, or set another folder for the masters.',
        },
        { cause },
      );
    });
    const disk = await statfs(folders.mastersDir);
    if (disk.bavail * disk.bsize > limits.reserveFloorBytes) return;
    throw new HelicalError('DISK_FULL', {
      problem: 'The disk of the masters has no room for a recording.',
      safe: 'Nothing was recorded.',
      remedy: 'Make room on it, or set another folder for the masters.',
    });
  }

  /** What a measurement left on the disk of the masters is in nobody's way but the next tape's. */
  async function sweepPreflights(): Promise<void> {
    await sweepPreflightFolders(folders.mastersDir, Date.now()).catch((err: unknown) => {
      logger.warn({ err }, 'what a measurement left could not be cleared away');
    });
  }

  /** What an earlier engine left. A pass of this one goes on by itself, but for a recovery that failed. */
  function leftPasses(): Pass[] {
    return reads.unfinishedPasses().filter(({ id, state }) => !sessions.has(id) || state === 'interrupted');
  }

  async function recover(word: RecoveryWord): ReturnType<Capture['recover']> {
    // What an engine did by itself when it started nobody was told of: it is told with the first word of somebody.
    const result: Awaited<ReturnType<Capture['recover']>> =
      word === 'engine' ? { adopted: [], recovered: [], followed: [] } : untold;
    if (word !== 'engine') untold = { adopted: [], recovered: [], followed: [] };
    const passes = takeover.expect(leftPasses());
    try {
      if (await isFolderThere(folders.mastersDir)) await sweepPreflights();
      for (const pass of passes) {
        if (!isClosed) await takeUp(pass, word, result);
        takeover.over(pass.id);
      }
    } finally {
      takeover.end();
    }
    if (word === 'engine') {
      untold.adopted.push(...result.adopted);
      untold.recovered.push(...result.recovered);
      untold.followed.push(...result.followed);
    }
    return result;
  }

  async function takeUp(
    pass: Pass,
    word: RecoveryWord,
    result: Awaited<ReturnType<Capture['recover']>>,
  ): Promise<void> {
    const folder = masterFolder(folders, pass.tapeIdentifier);
    const found = await findRecorderRecord(folder, pass.id).catch((error: unknown) => {
      if (!(error instanceof HelicalError)) throw error;
      // A record that cannot be read keeps its own pass waiting, and no other.
      logger.error({ err: error, passId: pass.id }, 'a pass cannot be taken up');
      return 'broken' as const;
    });
    if (found === 'broken') return;
    const session = sessions.get(pass.id) ?? open(pass.id);
    const recording = found && {
      record: found.record,
      files: passFiles(dirname(found.path), found.record.base),
    };
    const outcome = await recoverPass(
      pass,
      session,
      recording,
      await isFolderThere(folder),
      word,
      () => reads.pass(pass.id) as Pass,
    );
    const now = reads.pass(pass.id) as Pass;
    if (outcome === 'adopted') result.adopted.push(pass.id);
    if (outcome === 'ended' || outcome === 'followed') result.followed.push(pass.id);
    if (outcome === 'recovered') {
      result.recovered.push({ passId: pass.id, framesKept: now.frames, framesLost: now.lostFrames });
    }
    if (outcome === 'away')
      logger.warn({ passId: pass.id, folder }, 'a pass waits for the disk of its master');
    else if (outcome === 'waits')
      logger.warn({ passId: pass.id, folder }, 'a pass whose disk failed waits for the word to mend it');
    else logger.info({ passId: pass.id, outcome }, 'an unfinished pass was taken up');
  }

  return {
    arm,
    async record(passId, actorId) {
      const session = sessionOf(passId);
      await session.record(actorId);
      return session.view();
    },
    mark: (passId, label, actorId) => sessionOf(passId).mark(label, actorId),
    async stop(passId, actorId) {
      // An engine that has just started may not have come to this pass yet: the operator's word waits for it.
      await takeover.turnOf(passId);
      const session = sessionOf(passId);
      await session.stop(actorId);
      return session.view();
    },
    async disarm(passId, actorId) {
      const session = sessionOf(passId);
      await session.disarm(actorId);
      sessions.delete(passId);
      publisher.gone(session.view());
    },
    sessions: views,
    masterOnTheWay: (passId) => sessions.get(passId)?.masterOnTheWay(),
    recover(word = 'operator') {
      // What an engine does by itself leaves something for the operator's word to do.
      if (recovering && (recovering.word === word || word === 'engine')) return recovering.done;
      takeover.expect(leftPasses());
      const before =
        recovering?.done.then(
          () => {},
          () => {},
        ) ?? Promise.resolve();
      const mine = {
        word,
        done: before
          .then(() => recover(word))
          .finally(() => {
            if (recovering === mine) recovering = undefined;
          }),
      };
      recovering = mine;
      return mine.done;
    },
    async budget({ selection, sourceId, profileId, durationS }) {
      const profile = options.profile(profileId);
      const workDir = join(folders.cacheDir, `preflight-${options.newId()}`);
      const { video, audio, queue } = await devicesInUse.ask(sourceId, async () => {
        const source = await openSource(selection, workDir);
        await source.close();
        return source;
      });
      await rm(workDir, { recursive: true, force: true });
      if (await isFolderThere(folders.mastersDir)) await sweepPreflights();
      const judged = await budgets.measure({ video, audio, profile, durationS });
      return { ...judged, message: judged.message + queueInWords(queue?.seconds) };
    },
    onDidChange: (listener) => publisher.add(listener),
    async whenSettled(passId) {
      const pass = reads.pass(passId);
      if (pass && isSettled(pass.state)) return pass;
      return sessionOf(passId).settled;
    },
    async close() {
      isClosed = true;
      await recovering?.done.catch(() => {});
      await Promise.all([...sessions.values()].map((session) => session.close()));
      publisher.close();
    },
  };
}

async function isFolderThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}
