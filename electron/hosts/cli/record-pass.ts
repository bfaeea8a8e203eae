import type { PassId } from '#shared/domain/ids.ts';
import type { EndReason, SealCheck } from '#shared/domain/pass.ts';
import type { HelicalClient } from '../attach.ts';
import { operatorStop } from './operator-stop.ts';
import type { Output } from './output.ts';
import { createAlarmTeller } from './tell-alarms.ts';
import { sessionsOf, wordSession } from './watch-session.ts';

export type RecordRequest = Parameters<HelicalClient['capture']['arm']>[0];

export interface RecordedPass {
  passId: PassId;
  state: string;
  endReason: EndReason | null;
  /** Where the programme counts from, for a pass that was to start on a condition. */
  programmeStartFrame: number | null;
  frames: number;
  dropped: number;
  lost: number;
  sealed: boolean;
  seal: { checks: SealCheck[] };
  files: { role: string; path: string; bytes: number; sha256: string }[];
}

/**
 * Records one pass and follows it to the seal, with live counters and alarms. Ctrl-C stops in order; a second one leaves the recorder
 * running and ends the program.
 */
export async function recordPass(
  client: HelicalClient,
  request: RecordRequest,
  output: Output,
  onPhase: (phase: 'armed' | 'recording' | 'recorded' | 'settled') => void = () => {},
): Promise<RecordedPass> {
  const { passId } = await client.capture.arm(request);
  onPhase('armed');
  using stop = operatorStop(output, () => client.capture.stop({ passId }).then(() => undefined));
  await client.capture.record({ passId });
  onPhase('recording');
  let isRecording = true;
  const tellAlarms = createAlarmTeller(output);
  for await (const session of sessionsOf(client, passId)) {
    if (isRecording && !['prepared', 'recording', 'stopping'].includes(session.state)) {
      isRecording = false;
      onPhase('recorded');
    }
    tellAlarms(session);
    output.progress(wordSession(session));
  }
  output.endProgress();
  stop.throwIfFailed();
  onPhase('settled');
  const pass = await client.passes.show({ passId });
  return {
    passId,
    state: pass.state,
    endReason: pass.endReason,
    programmeStartFrame: pass.programmeStartFrame,
    frames: pass.frames,
    dropped: pass.droppedFrames,
    lost: pass.lostFrames,
    sealed: pass.state === 'sealed',
    seal: { checks: pass.sealChecks },
    files: await client.passes.locate({ passId }),
  };
}
