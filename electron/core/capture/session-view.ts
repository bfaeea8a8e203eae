import type { Session } from '#shared/domain/live.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { DeviceSignal } from './device-signal.ts';
import type { FollowState } from './follow-pass.ts';
import type { SoundReading } from './recorder-watching.ts';
import type { RecordingReading } from './recording-watch.ts';
import type { SessionTimecode } from './session-timecode.ts';

/** All that a session's picture of itself is made of. */
export interface SessionFacts {
  pass: Pass;
  tapeTitle: string;
  reading: RecordingReading | undefined;
  sound: SoundReading | undefined;
  deviceSignal: DeviceSignal;
  follow: FollowState | undefined;
  /** When the follower last came on, in milliseconds of a monotonic clock. */
  followedAtMs: number;
  timecode: Pick<SessionTimecode, 'view'>;
  /** What the plan's conditions were looked for in. */
  judgedFrames: number | null;
  durationS: number | null;
  nowMs: number;
}

const stalledAfterMs = 3_000;
const silenceDbfs = -200;

/** A session as screens see it. Pure. */
export function sessionView(facts: SessionFacts): Session {
  const { pass, reading, sound, follow } = facts;
  const masters = reading?.disks.find(({ role }) => role === 'masters');
  const taps = follow?.tap?.latest();
  const ofCard = facts.deviceSignal === 'unknown' ? undefined : facts.deviceSignal;
  const isLive = pass.state === 'recording' || pass.state === 'stopping';
  // The recorder tells its count twice a second; a frame that is proved meanwhile is recorded too.
  const running = Math.max(reading?.frames ?? 0, follow?.provedFrames ?? 0);
  const frames = isLive || pass.state === 'prepared' ? running : pass.frames;
  return {
    passId: pass.id,
    passNumber: pass.passNumber,
    tapeId: pass.tapeId,
    tapeIdentifier: pass.tapeIdentifier,
    tapeTitle: facts.tapeTitle,
    state: pass.state,
    sourceId: pass.sourceId,
    profileId: pass.profileId,
    chainName: pass.chainName,
    video: pass.video,
    audio: pass.audio,
    startedAt: pass.startedAt,
    frames,
    droppedFrames: isLive ? (reading?.card?.droppedFrames ?? 0) : pass.droppedFrames,
    duplicatedFrames: reading?.duplicatedFrames ?? 0,
    queuedFrames: reading?.card?.queuedFrames ?? null,
    queueCapacityFrames: reading?.card?.queueCapacityFrames ?? null,
    lagS: isLive ? (reading?.lagS ?? null) : null,
    untilLossS: isLive ? (reading?.untilLossS ?? null) : null,
    masterBytes: reading?.masterBytes ?? 0,
    masterBitsPerSecond: isLive ? (reading?.masterBitsPerSecond ?? 0) : 0,
    diskFreeBytes: masters?.freeBytes ?? 0,
    diskLeftS: isLive ? (masters?.leftS ?? null) : null,
    disks: isLive ? [...(reading?.disks ?? [])] : [],
    writeLatencyMs:
      isLive && reading?.writeLatency
        ? { last: reading.writeLatency.lastMs, worst: reading.writeLatency.worstMs }
        : null,
    capturedFrames: reading?.card?.capturedFrames ?? null,
    queueS: reading?.queueS ?? null,
    frameRatePpm: isLive ? (reading?.framePace?.ppm ?? null) : null,
    audioVideoDriftMs: sound?.drift?.driftMs ?? null,
    audioVideoDriftPpm: sound?.drift?.ppm ?? null,
    audioVideoStartOffsetMs: sound?.drift?.startOffsetMs ?? null,
    audioVideoEndOffsetMs: sound?.drift?.endOffsetMs ?? null,
    signal: reading?.card?.signal ?? ofCard ?? taps?.signal ?? 'unknown',
    timecode: facts.timecode.view(frames),
    pictureVersion: follow?.pictureVersion ?? 0,
    pictureFrame: follow?.pictureFrame ?? 0,
    audioPeaksDbfs: (taps?.audioPeaksDbfs ?? []).map((peak) => Math.max(silenceDbfs, peak)),
    meteredFrames: taps?.frames ?? 0,
    audioSilentS: (sound?.silence?.silentS ?? []).map((seconds) => Math.floor(seconds)),
    gaveWay: pass.gaveWay,
    follower: {
      state: followerState(facts, frames),
      frames: follow?.frames ?? 0,
      provedFrames: pass.state === 'sealed' ? pass.frames : (follow?.provedFrames ?? 0),
      restarts: follow?.restarts ?? 0,
    },
    sealing: follow?.sealing ?? null,
    sealChecks: pass.sealChecks,
    marks: pass.marks,
    alarms: pass.alarms,
    qcEvents: taps?.events ?? [],
    plan: pass.plan,
    programmeStartFrame: pass.programmeStartFrame,
    judgedFrames: facts.judgedFrames,
    endReason: pass.endReason,
    durationS: facts.durationS ?? pass.plan?.stop.durationS ?? null,
  };
}

function followerState({ pass, follow, followedAtMs, nowMs }: SessionFacts, frames: number) {
  if (pass.state === 'sealed') return 'finished' as const;
  if (follow === undefined) return 'waiting' as const;
  const isBehind = follow.frames < frames - toNumber(pass.video.frameRate);
  if (follow.state === 'running' && isBehind && nowMs - followedAtMs > stalledAfterMs)
    return 'stalled' as const;
  return follow.state;
}
