import { create } from 'zustand';
import type { Rational } from '#shared/domain/rational.ts';
import { parseTimecode } from '#shared/domain/timecode.ts';

/** What is reviewed: the pass, the one cursor that picture, graphs and events share, and what is being typed. */
export interface Cursor {
  passId: string | null;
  /** Frames of the master; the cursor stays below. */
  frames: number;
  rate: Rational;
  frame: number;
  /** First frames of the events, in order. */
  eventFrames: readonly number[];
  typed: string;
  /** True while the access copy plays. */
  playing: boolean;
}

export const useCursor = create<Cursor>()(() => ({
  passId: null,
  frames: 0,
  rate: { num: 25, den: 1 },
  frame: 0,
  eventFrames: [],
  typed: '',
  playing: false,
}));

const { getState: get, setState: set } = useCursor;

/** The nearest frame that exists. */
export function clampFrame(frame: number, frames: number): number {
  return Math.max(0, Math.min(frames - 1, Math.round(Math.min(frame, frames))));
}

/** The event's frame before or after `frame`, if there is one. */
export function neighbourEvent(
  frames: readonly number[],
  frame: number,
  direction: 1 | -1,
): number | undefined {
  return direction > 0 ? frames.find((start) => start > frame) : frames.findLast((start) => start < frame);
}

/** Reads what was typed: a frame number, or figures as a timecode when a colon is among them. Undefined: neither. */
export function frameOfTyped(typed: string, rate: Rational): number | undefined {
  if (typed === '') return undefined;
  if (/^\d+$/.test(typed)) return Number(typed);
  const parts = typed.split(':');
  if (parts.length > 4) return undefined;
  const padded = [...Array(4 - parts.length).fill('00'), ...parts].map((part) =>
    String(part).padStart(2, '0'),
  );
  return parseTimecode(padded.join(':'), rate);
}

/** What the keys and the mouse do to the cursor. */
export const review = {
  isOpen: () => get().passId !== null,
  open(
    pass: { id: string; frames: number; rate: Rational; eventFrames: readonly number[] },
    frame: number,
  ): void {
    const same = get().passId === pass.id;
    set({
      passId: pass.id,
      frames: pass.frames,
      rate: pass.rate,
      eventFrames: [...new Set(pass.eventFrames)].sort((a, b) => a - b),
      ...(same ? {} : { frame: clampFrame(frame, pass.frames), typed: '', playing: false }),
    });
  },
  goTo(frame: number): void {
    if (get().passId) set({ frame: clampFrame(frame, get().frames), playing: false });
  },
  /** The frame that the playing access copy shows. */
  playedTo(frame: number): void {
    set({ frame: clampFrame(frame, get().frames) });
  },
  step(by: number): void {
    review.goTo(get().frame + by);
  },
  stepEvent(direction: 1 | -1): void {
    const next = neighbourEvent(get().eventFrames, get().frame, direction);
    if (next !== undefined) review.goTo(next);
  },
  togglePlay(): void {
    if (get().passId) set((before) => ({ playing: !before.playing }));
  },
  type(character: string): void {
    set((before) => ({ typed: (before.typed + character).slice(0, 11) }));
  },
  erase(): void {
    set((before) => ({ typed: before.typed.slice(0, -1) }));
  },
  goToTyped(): void {
    const frame = frameOfTyped(get().typed, get().rate);
    set({ typed: '' });
    if (frame !== undefined) review.goTo(frame);
  },
};
