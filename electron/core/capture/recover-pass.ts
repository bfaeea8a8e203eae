import type { Pass } from '#shared/domain/pass.ts';
import { workOf } from '#shared/domain/pass-machine.ts';
import type { RecoveryWord } from './capture.ts';
import { isMasterClosed } from './master-closed.ts';
import type { PassSession, Recording } from './pass-session.ts';
import { findProcessWithArgument, processStart } from './process-identity.ts';
import { adoptRecorder } from './recorder.ts';
import { recordedPaths, writeRecorderRecord } from './recorder-record.ts';

/** Takes up one pass that an earlier engine left. Says what had to be done. */
export async function recoverPass(
  pass: Pass,
  session: PassSession,
  recording: Recording | undefined,
  isDiskThere: boolean,
  word: RecoveryWord,
  passNow: () => Pass,
): Promise<'adopted' | 'ended' | 'recovered' | 'followed' | 'given-up' | 'away' | 'waits'> {
  // The disk of the masters is not connected: the pass waits for it.
  if (!recording && !isDiskThere && pass.state !== 'prepared') return 'away';
  if (recording?.record.process === null) await findLostProcess(recording);
  if (!recording || (pass.state === 'prepared' && recording.record.process === null)) {
    const isPrepared = pass.state === 'prepared';
    await session.fail(
      isPrepared ? 'disarmed' : 'nothing-recorded',
      isPrepared
        ? 'The engine ended before the recording was started.'
        : 'There is no record of a recorder beside the masters of this tape.',
    );
    return 'given-up';
  }
  const { record, files } = recording;
  const work = workOf(pass.state);
  if (work === 'follow-and-seal') {
    session.follow(recording);
    return 'followed';
  }
  if (work === 'recover') {
    // A disk that failed is copied before anything is written to it, which only the operator knows.
    if (word === 'engine' && hasDiskFailed(pass)) return 'waits';
    await session.recover(recording);
    return 'recovered';
  }
  // The recorder was started, and the engine died before it could say so.
  if (pass.state === 'prepared' && record.process) session.startedUnseen(recording);
  const recorder = record.process && (await adoptRecorder(record.process, files));
  if (recorder) {
    await session.resume(recording, recorder);
    return 'adopted';
  }
  if (await isMasterClosed(recordedPaths(record, files.recordPath).masterPath)) {
    await session.takeEnd(recording, { reason: 'closed', exitCode: null });
    return 'ended';
  }
  await session.takeEnd(recording, {
    reason: 'died',
    detail: 'The recorder ended while no engine was running.',
  });
  return passNow().state === 'interrupted' ? 'waits' : 'recovered';
}

/** The alarm is in the log, which is on another disk, or can be moved to one: it outlives engine and disk. */
function hasDiskFailed({ alarms }: Pass): boolean {
  return alarms.some(({ kind, clearedFrame }) => kind === 'disk-failed' && clearedFrame === null);
}

/** The engine died between the start of the recorder and the writing of its pid. */
async function findLostProcess(recording: Recording): Promise<void> {
  const { files } = recording;
  const pid = findProcessWithArgument(files.masterPath);
  const start = pid === undefined ? undefined : await processStart(pid);
  if (pid === undefined || start === undefined) return;
  recording.record = { ...recording.record, process: { pid, start, startedAtMs: Date.now() } };
  await writeRecorderRecord(files.recordPath, recording.record);
}
