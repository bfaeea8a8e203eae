import { isGoodEnd } from '#shared/domain/good-end.ts';
import type { AlarmKind } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { fateOfDisk } from './disk-fate.ts';
import { fillFirstTimecode } from './first-timecode.ts';
import { framesLost, isLengthOver, lastLostInWords, shortOfLength, thrownPackets } from './frames-lost.ts';
import type { PassSession, Recording } from './pass-session.ts';
import { recordedFrames } from './recorded-frames.ts';
import { readRecorder } from './recorder.ts';
import { recordedPaths } from './recorder-record.ts';
import { brokenInWords, endReasonOf, missingFrames } from './recording-end.ts';
import { recoverMaster } from './recovery.ts';
import { finalCardReport, lossInWords } from './recovery-loss.ts';
import type { SessionState } from './session-state.ts';
import { fateOfSource, wasSignalled } from './source-fate.ts';
import { logLineReader } from './source-watch.ts';
import { leftInWords } from './stop-hold.ts';

/** Mending writes, and keeps the undo on the same disk: neither may be the last thing that a dying disk does. */
const copyFirst =
  'Nothing more is written to it: copy this disk first. Mending waits for helical passes recover.';

/** The part of a session that takes in how a recorder ended, and mends what a dead one left. */
export function sessionEnd(
  state: SessionState,
  follow: (recording: Recording) => void,
): Pick<PassSession, 'takeEnd' | 'recover'> {
  const { capture, passId, pass } = state;
  const { append } = state.journal;
  const readLine = logLineReader(capture, pass().sourceId);
  let recovering: Promise<void> | undefined;

  const takeEnd: PassSession['takeEnd'] = async (taken, end) => {
    state.recording = taken;
    const { record: plan, files } = taken;
    if (end.reason === 'let-go') return;
    const diskFate = end.reason === 'died' ? await fateOfDisk(files) : undefined;
    if (end.reason === 'died' && (diskFate?.kind === 'away' || diskFate?.kind === 'failed')) {
      const detail = `${diskFate.message} ${end.detail}`;
      append([{ type: 'pass.interrupted', payload: { passId, reason: 'recorder-failed', detail } }]);
      raiseOnce('disk-failed', diskFate.kind === 'failed' ? `${detail} ${copyFirst}` : detail);
      await state.following?.stop();
      await state.source?.close();
      return;
    }
    const card = await finalCardReport(plan, files);
    // A disk that fails ends the recorder with the same words as a card that does.
    const fate = diskFate === undefined ? await fateOfSource(files, card, readLine) : undefined;
    const asked = state.stopReason ?? (pass().state === 'stopping' ? pass().endReason : null);
    const { masterBytes } = await readRecorder(files);
    if (end.reason === 'died') {
      // A source that gave nothing, ended by whoever waited for it, is no crash of the recorder.
      if (asked && masterBytes === 0) return failWithoutFrame();
      const isFailure = diskFate !== undefined || /with code/.test(end.detail);
      const reason = fate?.reason ?? (isFailure ? 'recorder-failed' : 'recorder-died');
      const befell = diskFate?.message ?? fate?.message;
      const detail = befell === undefined ? end.detail : `${befell} ${end.detail}`;
      append([{ type: 'pass.interrupted', payload: { passId, reason, detail } }]);
      raiseOnce(diskFate === undefined ? (fate?.reason ?? 'recorder-died') : 'disk-failed', detail);
      await recover(taken);
      return;
    }
    const frames = await recordedFrames(taken);
    if (frames === 0) return failWithoutFrame();
    await state.source?.close();
    const gaps = plan.live
      ? await missingFrames(recordedPaths(plan, files.recordPath).frameHashesPath, plan.video.frameRate)
      : [];
    const missing = gaps.reduce((sum, gap) => sum + gap.frames, 0);
    const reason =
      asked ??
      fate?.reason ??
      endReasonOf({
        exitCode: end.exitCode,
        frames,
        planned: plan.frames,
        wasSignalled: await wasSignalled(files, end.exitCode),
        isSourceAtEnd:
          card?.state === 'ended' && card.capturedFrames - card.droppedFrames <= frames + missing,
        isLengthOver: isLengthOver(plan, card),
      });
    const lost = framesLost({
      ...{ reason, frames, missingFrames: missing, asked: state.asked, card },
      shortFrames: reason === 'duration' && plan.live ? await shortOfLength(plan, files) : 0,
      thrownPackets: card ? 0 : await thrownPackets(files, readLine),
      hasSound: plan.audio !== null,
    });
    if (state.asked && lost.left > 0) {
      const { basis } = state.asked;
      const message = leftInWords(lost.left, basis, toNumber(plan.video.frameRate));
      state.raise(basis === 'card' ? 'frames-dropped' : 'lag', message);
    }
    // An end that nobody wanted says by its own name that what came last is missing.
    if (lost.last > 0 && isGoodEnd(reason)) state.raise('frames-dropped', lastLostInWords(lost.last));
    if (missing > (card?.droppedFrames ?? 0)) state.raise('frames-unreadable', brokenInWords(gaps));
    if (fate && !asked) {
      raiseOnce(fate.reason, `${frames} frames are in the master. ${fate.message}`);
    }
    if (reason === 'ended-from-outside') {
      raiseOnce(reason, `${frames} frames are in the master; a signal ended the recorder there.`);
    }
    await tagTimecode(taken);
    append([
      { type: 'pass.recording-ended', payload: { passId, reason, frames, droppedFrames: lost.frames } },
    ]);
    if (state.following === undefined) follow(taken);
    state.complete.resolve();
  };

  /** Whoever watched the source may have told of it already. */
  function raiseOnce(kind: AlarmKind, message: string): void {
    const isRaised = pass().alarms.some((alarm) => alarm.kind === kind && alarm.clearedFrame === null);
    if (!isRaised) state.raise(kind, message);
  }

  /** A tag is no reason to stop for: the timecode is in a file of its own too. */
  async function tagTimecode({ record, files }: Recording): Promise<void> {
    try {
      await fillFirstTimecode(record, files.recordPath);
    } catch (error) {
      capture.logger.error({ err: error, passId }, 'the first timecode could not be put into its tag');
    }
  }

  async function failWithoutFrame(): Promise<void> {
    await state.source?.close();
    await state.following?.stop();
    await state.fail('nothing-recorded', 'The source was opened and gave no frame.');
  }

  /** One recovery at a time; one that failed (a full disk) leaves the pass interrupted, and may be tried again. */
  const recover: PassSession['recover'] = (taken) => {
    recovering ??= mend(taken)
      .catch((error: unknown) => {
        state.raise('disk', `The interrupted master could not be mended yet: ${(error as Error).message}`);
        throw error;
      })
      .finally(() => {
        recovering = undefined;
      });
    return recovering;
  };

  async function mend(taken: Recording): Promise<void> {
    state.recording = taken;
    // What follows the broken file ends here; another one follows the mended one.
    await state.following?.stop();
    state.following = undefined;
    state.complete = Promise.withResolvers<void>();
    const already = taken.record.recovery;
    const done = already
      ? { ...already, record: taken.record }
      : await recoverMaster(taken.record, taken.files, capture.ffmpeg);
    await state.source?.close();
    const { record: mended, framesKept, framesLost, lossBasis, droppedFrames } = done;
    const recovered = {
      type: 'pass.recovered' as const,
      payload: { passId, framesKept, framesLost, lossBasis, droppedFrames },
    };
    if (!mended) {
      const detail = `Not one whole frame was on the disk when the recorder ended. ${lossInWords(done)}`;
      await state.clear();
      append([recovered, state.failed('nothing-recorded', detail)]);
      return;
    }
    await tagTimecode({ ...taken, record: mended });
    append([recovered]);
    follow({ ...taken, record: mended });
    state.complete.resolve();
  }

  return { takeEnd, recover };
}
