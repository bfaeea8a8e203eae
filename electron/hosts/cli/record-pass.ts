import type { PassId } from '#shared/domain/ids.ts';
import type { LiveMessage, Session } from '#shared/domain/live.ts';
import type { SealCheck } from '#shared/domain/pass.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import type { HelicalClient } from '../attach.ts';
import { operatorStop } from './operator-stop.ts';
import { bar, type Output } from './output.ts';

export interface RecordRequest {
  tape: string;
  source: string;
  profileId: string | undefined;
  chainName: string;
  durationS: number | undefined;
}

export interface RecordedPass {
  passId: PassId;
  state: string;
  frames: number;
  dropped: number;
  lost: number;
  sealed: boolean;
  seal: { checks: SealCheck[] };
  files: { role: string; path: string; bytes: number; sha256: string }[];
}

/**
 * Records one pass and follows it to the seal, with live counters. Ctrl-C stops in order; a second one leaves the recorder
 * running and ends the program.
 */
export async function recordPass(
  client: HelicalClient,
  request: RecordRequest,
  output: Output,
  onPhase: (phase: 'armed' | 'recording' | 'recorded' | 'settled') => void = () => {},
): Promise<RecordedPass> {
  const { passId } = await client.capture.arm({
    tape: request.tape,
    source: request.source,
    chainName: request.chainName,
    ...(request.profileId === undefined ? {} : { profileId: request.profileId }),
    ...(request.durationS === undefined ? {} : { durationS: request.durationS }),
  });
  onPhase('armed');
  using stop = operatorStop(output, () => client.capture.stop({ passId }).then(() => undefined));
  await client.capture.record({ passId });
  onPhase('recording');
  let isRecording = true;
  for await (const session of sessionsOf(client, passId)) {
    if (isRecording && !['prepared', 'recording', 'stopping'].includes(session.state)) {
      isRecording = false;
      onPhase('recorded');
    }
    output.progress(wordSession(session));
  }
  output.endProgress();
  stop.throwIfFailed();
  onPhase('settled');
  const pass = await client.passes.show({ passId });
  return {
    passId,
    state: pass.state,
    frames: pass.frames,
    dropped: pass.droppedFrames,
    lost: pass.lostFrames,
    sealed: pass.state === 'sealed',
    seal: { checks: pass.sealChecks },
    files: await client.passes.locate({ passId }),
  };
}

/** The session as it changes, until nothing more will happen to it by itself. */
async function* sessionsOf(client: HelicalClient, passId: PassId): AsyncGenerator<Session> {
  const isSettled = async (): Promise<boolean> =>
    ['sealed', 'failed'].includes((await client.passes.show({ passId })).state);
  const leaving = new AbortController();
  const messages = await client.live.subscribe(undefined, { signal: leaving.signal });
  try {
    for await (const message of messages) {
      const { sessions, isGone } = read(message, passId);
      yield* sessions;
      const mayBeOver = isGone || sessions.some(({ state }) => state === 'sealed' || state === 'failed');
      if (mayBeOver && (await isSettled())) return;
    }
  } finally {
    await messages.return?.(undefined);
    leaving.abort();
  }
}

function read(message: LiveMessage, passId: PassId): { sessions: Session[]; isGone: boolean } {
  const all = message.kind === 'snapshot' ? message.state.sessions : message.sessions;
  const sessions = all.filter((session) => session.passId === passId);
  const isGone = message.kind === 'snapshot' ? sessions.length === 0 : message.goneSessions.includes(passId);
  return { sessions, isGone };
}

function wordSession(session: Session): string {
  const { frames, droppedFrames, follower, lagS, durationS, video } = session;
  const total =
    durationS === null ? undefined : Math.round((durationS * video.frameRate.num) / video.frameRate.den);
  const isRecording = session.state === 'recording' || session.state === 'stopping';
  const share = isRecording ? total && frames / total : frames && follower.provedFrames / frames;
  return [
    session.state.padEnd(10),
    ...(share === undefined ? [] : [bar(share)]),
    formatClock(frames, video.frameRate),
    `${frames} frames`,
    `${droppedFrames} dropped`,
    ...(isRecording && lagS !== null ? [`lag ${lagS.toFixed(1)} s`] : []),
    `${follower.provedFrames} proved`,
  ].join('  ');
}
