import { create } from 'zustand';
import { type FrameRange, holding, panned, zoomed } from '../../../ui/graph/scale.ts';

/** What of the pass is in sight; the graphs, their keys and the wheel share it. */
interface TimeView {
  range: FrameRange;
  /** Of the pass; 0 while none is open. */
  frames: number;
}

export const useTimeView = create<TimeView>()(() => ({ range: { from: 0, to: 1 }, frames: 0 }));

const { getState: get, setState: set } = useTimeView;

/** What keys, wheel and hand do to it. */
export const timeView = {
  isOpen: () => get().frames > 0,
  /** A pass of so many frames, all of it in sight. */
  open(frames: number): void {
    set({ frames, range: { from: 0, to: Math.max(1, frames) } });
  },
  close(): void {
    set({ frames: 0 });
  },
  whole(): void {
    timeView.open(get().frames);
  },
  /** Factor below 1: nearer. `at`: the frame that stays where it is. */
  zoom(factor: number, at: number): void {
    set(({ range, frames }) => ({ range: zoomed(range, at, factor, Math.max(1, frames)) }));
  },
  /** The cursor stays where it is, where it is in sight; else the middle. */
  zoomAtCursor(factor: number, frame: number): void {
    const { from, to } = get().range;
    timeView.zoom(factor, frame >= from && frame < to ? frame + 0.5 : (from + to) / 2);
  },
  pan(frames: number): void {
    set((before) => ({ range: panned(before.range, frames, Math.max(1, before.frames)) }));
  },
  /** Moves on by so large a share of what is in sight. */
  panByShare(share: number): void {
    const { from, to } = get().range;
    timeView.pan(share * (to - from));
  },
  /** Brings a frame into sight. */
  hold(frame: number): void {
    set((before) => ({ range: holding(before.range, frame, Math.max(1, before.frames)) }));
  },
};
