import { create } from 'zustand';
import type { PassId } from '#shared/domain/ids.ts';
import { engine } from '../../../api/client.ts';
import { review, useCursor } from '../cursor.ts';

/** The value that the reviewer has set on one lane, to go from one excursion to the next. */
interface Threshold {
  passId: PassId | null;
  /** Column of the sample store; null: no lane is chosen. */
  column: string | null;
  side: 'above' | 'below';
  value: number;
  /** The way in which there was nothing more. */
  nothingMore: 1 | -1 | null;
  error: unknown;
}

const none: Omit<Threshold, 'passId'> = {
  column: null,
  side: 'above',
  value: 0,
  nothingMore: null,
  error: null,
};

export const useThreshold = create<Threshold>()(() => ({ passId: null, ...none }));

const { getState: get, setState: set } = useThreshold;

/** What a click on a lane, the line on it and the keys do. */
export const threshold = {
  isSet: () => get().column !== null,
  open(passId: PassId): void {
    if (get().passId !== passId) set({ passId, ...none });
  },
  close(): void {
    set({ passId: null, ...none });
  },
  /** Chooses a lane with a value to begin with; the lane that is chosen already: chooses none. */
  choose(column: string, begin: { side: Threshold['side']; value: number }): void {
    set(get().column === column ? none : { ...none, column, ...begin });
  },
  setValue(value: number): void {
    if (Number.isFinite(value)) set({ value, nothingMore: null });
  },
  turn(): void {
    set(({ side }) => ({ side: side === 'above' ? 'below' : 'above', nothingMore: null }));
  },
  /** Takes the cursor to where the measure next leaves the value; the engine looks at every frame. */
  async step(direction: 1 | -1): Promise<void> {
    const { passId, column, side, value } = get();
    if (!passId || column === null) return;
    const fromFrame = useCursor.getState().frame;
    try {
      const request = { passId, measure: column, side, value, fromFrame, direction };
      const { frame } = await engine.qc.excursion(request);
      // Another pass, another lane or another place by now: the answer is of no use.
      if (get().passId !== passId || get().column !== column) return;
      if (useCursor.getState().frame !== fromFrame) return;
      set({ nothingMore: frame === null ? direction : null, error: null });
      if (frame !== null) review.goTo(frame);
    } catch (error) {
      set({ error });
    }
  },
};
