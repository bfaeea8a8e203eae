import { create } from 'zustand';
import type { Tape, TapeStanding } from '#shared/domain/tape.ts';

export type SortKey = 'identifier' | 'title' | 'artist' | 'format' | 'state' | 'lastEventAt';

/** How the register is looked at: kept while one goes to a tape and comes back. */
export interface RegisterView {
  filter: string;
  states: TapeStanding[];
  sortBy: SortKey;
  descending: boolean;
  side: 'none' | 'register' | 'import';
}

export const useRegisterView = create<RegisterView>()(() => ({
  filter: '',
  states: [],
  sortBy: 'identifier',
  descending: false,
  side: 'none',
}));

/** Rows that are read at once. */
export const pageSize = 200;

/** Offsets of the pages that hold the rows from `first` to `last`. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / pageSize);
  const to = Math.floor(Math.max(first, last) / pageSize);
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) * pageSize);
}

/** The row at an index, out of the pages read so far. */
export function rowAt(pages: ReadonlyMap<number, readonly Tape[]>, index: number): Tape | undefined {
  const offset = Math.floor(index / pageSize) * pageSize;
  return pages.get(offset)?.[index - offset];
}
