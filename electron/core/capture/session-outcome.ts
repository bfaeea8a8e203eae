import type { Pass } from '#shared/domain/pass.ts';
import { registered } from './derived-files.ts';
import type { FollowOutcome } from './follow-pass.ts';
import type { PassEvent } from './pass-journal.ts';

/** What the log says of a pass that was followed to its end: its files, its measures, and its seal or why there is none. */
export function eventsOfProof(
  { seal, files, measured }: Extract<FollowOutcome, { reason: 'proved' }>,
  { id: passId, tapeId }: Pass,
  newId: () => string,
): PassEvent[] {
  const { checks, frames } = seal;
  const broken = checks.find((check) => !check.ok)?.message ?? '';
  return [
    ...files.map((file) => ({
      type: 'file.registered' as const,
      payload: registered(file, { fileId: newId(), passId, tapeId }),
    })),
    ...(measured ? [{ type: 'qc.measured' as const, payload: measured }] : []),
    { type: 'pass.followed', payload: { passId, frames } },
    seal.ok
      ? { type: 'pass.sealed', payload: { passId, frames, checks } }
      : { type: 'pass.failed', payload: { passId, reason: 'seal-check-failed', detail: broken, checks } },
  ];
}
