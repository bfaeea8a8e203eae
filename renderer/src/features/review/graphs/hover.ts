import { create } from 'zustand';

/** Where the pointer is over the lanes; null: elsewhere. */
interface Hover {
  at: {
    frame: number;
    key: string /** 0 at the lane's bottom, 1 at its top. */;
    height: number;
    left: number;
    top: number;
  } | null;
}

export const useHover = create<Hover>()(() => ({ at: null }));
