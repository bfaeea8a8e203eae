import { useLive } from './live.ts';

/** True while a tape is being recorded: nothing that only measures this machine may take its time then. */
export function useIsRecording(): boolean {
  return useLive((live) =>
    live.state.sessions.some((session) => session.state === 'recording' || session.state === 'stopping'),
  );
}
