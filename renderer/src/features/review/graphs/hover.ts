import { create } from 'zustand';

interface Place {
  key: string;
  /** 0 at the lane's bottom, 1 at its top. */
  height: number;
  /** Of the lane, in pixels of the page from the top of all lanes. */
  top: number;
  bottom: number;
}

/** What of the lanes is told in words. */
interface Hover {
  /** Under the pointer; null: it is elsewhere. */
  at: (Place & { frame: number; left: number }) | null;
  /** Chosen by keys, at the cursor; null: none. Whichever of the two has moved last is told. */
  kept: Place | null;
}

export const useHover = create<Hover>()(() => ({ at: null, kept: null }));
