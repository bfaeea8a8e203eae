import { create } from 'zustand';
import type { PassId } from '#shared/domain/ids.ts';
import type { Session } from '#shared/domain/live.ts';
import { engine } from '../../api/client.ts';
import { useLive } from '../../state/live.ts';

interface Transport {
  /** What the screen shows: a pass that was chosen, the choices for a new one, or (null) whatever runs. */
  chosen: PassId | 'setup' | null;
  /** The step that was asked for and has not answered yet. */
  pending: 'arm' | 'record' | 'stop' | 'disarm' | null;
  /** What the last step failed with. */
  error: unknown;
}

export const useTransport = create<Transport>()(() => ({ chosen: null, pending: null, error: null }));

/** The session the capture screen shows: the chosen one, else the one that records, else the newest that is not over. */
export function shownSession(sessions: readonly Session[], chosen: Transport['chosen']): Session | undefined {
  if (chosen === 'setup') return undefined;
  const running = sessions.filter((session) => session.state !== 'sealed' && session.state !== 'failed');
  return (
    sessions.find((session) => session.passId === chosen) ??
    running.find((session) => session.state === 'recording') ??
    running.at(-1)
  );
}

const shown = () => shownSession(useLive.getState().state.sessions, useTransport.getState().chosen);

async function ask<T>(
  step: NonNullable<Transport['pending']>,
  call: () => Promise<T>,
): Promise<T | undefined> {
  if (useTransport.getState().pending) return undefined;
  useTransport.setState({ pending: step, error: null });
  try {
    return await call();
  } catch (error) {
    useTransport.setState({ error });
    return undefined;
  } finally {
    useTransport.setState({ pending: null });
  }
}

/** What the buttons and keys of the transport do. Each acts on the session shown, and only in its proper state. */
export const capture = {
  canRecord: () => shown()?.state === 'prepared',
  canMark: () => shown()?.state === 'recording',
  async arm(input: Parameters<typeof engine.capture.arm>[0]): Promise<void> {
    const session = await ask('arm', () => engine.capture.arm(input));
    if (session) useTransport.setState({ chosen: session.passId });
  },
  /** Leaves this pass to itself and offers the choices for the next. */
  next(): void {
    useTransport.setState({ chosen: 'setup', error: null });
  },
  show(passId: PassId): void {
    useTransport.setState({ chosen: passId, error: null });
  },
  record(): void {
    const session = shown();
    if (session?.state === 'prepared')
      void ask('record', () => engine.capture.record({ passId: session.passId }));
  },
  disarm(): void {
    const session = shown();
    if (session?.state === 'prepared')
      void ask('disarm', () => engine.capture.disarm({ passId: session.passId }));
  },
  stop(): void {
    const session = shown();
    if (session?.state === 'recording')
      void ask('stop', () => engine.capture.stop({ passId: session.passId }));
  },
  /** Marks the frame of this moment. Never waits for another step: a mark is of now. */
  mark(label = ''): void {
    const session = shown();
    if (session?.state !== 'recording') return;
    engine.capture
      .mark({ passId: session.passId, label })
      .catch((error: unknown) => useTransport.setState({ error }));
  },
};
