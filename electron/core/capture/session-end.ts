import type { PassSession, Recording } from './pass-session.ts';
import { readRecorder } from './recorder.ts';
import { recordedPaths } from './recorder-record.ts';
import { endReasonOf, missingFrames } from './recording-end.ts';
import { recoverMaster } from './recovery.ts';
import { finalCardReport, lossInWords } from './recovery-loss.ts';
import type { SessionState } from './session-state.ts';

/** The part of a session that takes in how a recorder ended, and mends what a dead one left. */
export function sessionEnd(
  state: SessionState,
  follow: (recording: Recording) => void,
): Pick<PassSession, 'takeEnd' | 'recover'> {
  const { capture, passId, pass } = state;
  const { append } = state.journal;
  let recovering: Promise<void> | undefined;

  const takeEnd: PassSession['takeEnd'] = async (taken, end) => {
    state.recording = taken;
    const { record: plan, files } = taken;
    if (end.reason === 'let-go') return;
    if (end.reason === 'died') {
      const reason = /with code/.test(end.detail) ? 'recorder-failed' : 'recorder-died';
      append([{ type: 'pass.interrupted', payload: { passId, reason, detail: end.detail } }]);
      state.raise('recorder-died', end.detail);
      await recover(taken);
      return;
    }
    const { frames } = await readRecorder(files);
    const card = await finalCardReport(plan, files);
    await state.source?.close();
    if (frames === 0) {
      await state.following?.stop();
      return state.fail('nothing-recorded', 'The source gave no frame.');
    }
    const droppedFrames =
      card?.droppedFrames ??
      (plan.live ? await missingFrames(recordedPaths(plan, files.recordPath).frameHashesPath) : 0);
    const asked = state.stopReason ?? (pass().state === 'stopping' ? pass().endReason : null);
    const reason = asked ?? endReasonOf(end.exitCode, frames, plan.frames);
    append([{ type: 'pass.recording-ended', payload: { passId, reason, frames, droppedFrames } }]);
    if (state.following === undefined) follow(taken);
    state.complete.resolve();
  };

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
      const detail = `The recorder died before a whole frame was on the disk. ${lossInWords(done)}`;
      await state.clear();
      append([recovered, state.failed('nothing-recorded', detail)]);
      return;
    }
    append([recovered]);
    follow({ ...taken, record: mended });
    state.complete.resolve();
  }

  return { takeEnd, recover };
}
