import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { PassId } from '#shared/domain/ids.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import type { noteBeginning } from './note-beginning.ts';

/** A note that is being written, as its form holds it. */
export interface NoteDraft {
  /** The cursor's frame when it was begun. */
  at: number;
  begun: ReturnType<typeof noteBeginning<QcEvent>>;
  startFrame: string;
  endFrame: string;
  region: string;
  hasStill: boolean;
  /** Null: nobody has chosen one yet. */
  term: string | null;
  origin: string;
  severity: string;
  words: string;
}

/** By pass; they go with the window. */
const useDrafts = create<{ drafts: Readonly<Record<string, NoteDraft>> }>()(
  persist(() => ({ drafts: {} }), {
    name: 'helical.note-drafts',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

/** What was being written of a pass when its screen was left. */
export function draftOf(passId: PassId): NoteDraft | undefined {
  return useDrafts.getState().drafts[passId];
}

/** Keeps a note that has words until it is written down or left; one without has nothing to lose. */
export function keepDraft(passId: PassId, draft: NoteDraft): void {
  if (draft.words.trim() === '') dropDraft(passId);
  else useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [passId]: draft } }));
}

/** It is written down, or nobody wants it. */
export function dropDraft(passId: PassId): void {
  if (draftOf(passId) === undefined) return;
  useDrafts.setState(({ drafts: { [passId]: _, ...others } }) => ({ drafts: others }));
}
