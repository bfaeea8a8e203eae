import type { PassId } from '#shared/domain/ids.ts';
import type { LiveMessage, Session } from '#shared/domain/live.ts';
import { formatClock } from '#shared/domain/timecode.ts';
import { counted, fixed } from '#shared/i18n/counted.ts';
import type { HelicalClient } from '../attach.ts';
import { bar } from './output.ts';

/** The session as it changes, until nothing more will happen to it by itself. */
export async function* sessionsOf(client: HelicalClient, passId: PassId): AsyncGenerator<Session> {
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

/** One line of counters. */
export function wordSession(session: Session): string {
  const { frames, droppedFrames, follower, lagS, timecode, durationS, video } = session;
  const total =
    durationS === null ? undefined : Math.round((durationS * video.frameRate.num) / video.frameRate.den);
  const isRecording = session.state === 'recording' || session.state === 'stopping';
  const share = isRecording ? total && frames / total : frames && follower.provedFrames / frames;
  return [
    session.state.padEnd(10),
    ...(share === undefined ? [] : [bar(share)]),
    formatClock(frames, video.frameRate),
    ...(isRecording && timecode ? [`timecode ${timecode.value}`] : []),
    counted(frames, 'frame'),
    `${droppedFrames} dropped`,
    ...(isRecording && lagS !== null ? [wordLag(session.state, lagS)] : []),
    `${follower.provedFrames} proved`,
    ...(isRecording ? wordPlan(session) : []),
  ].join('  ');
}

/** A recording that was asked to end waits until the recorder has taken in what the tape had given by then. */
function wordLag(state: Session['state'], lagS: number): string {
  const seconds = `${fixed(lagS, 1)} s`;
  return state === 'stopping' ? `${seconds} are still on their way` : `lag ${seconds}`;
}

/** What the plan waits for, and that it is judged late where the follower is behind. */
function wordPlan({ plan, programmeStartFrame, judgedFrames, frames, video }: Session): string[] {
  const waits = plan !== null && plan.start.on !== 'operator' && programmeStartFrame === null;
  const lateFrames = judgedFrames === null ? 0 : frames - judgedFrames;
  const isLate = lateFrames * video.frameRate.den > 2 * video.frameRate.num;
  return [
    ...(waits ? [`waiting for ${plan.start.on}`] : []),
    ...(isLate ? [`conditions judged up to ${formatClock(judgedFrames ?? 0, video.frameRate)}`] : []),
  ];
}
