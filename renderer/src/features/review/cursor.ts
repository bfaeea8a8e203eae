import { create } from 'zustand';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { nominalFrameRate, parseTimecode } from '#shared/domain/timecode.ts';
import { comparison, useComparison, type ViewMode, viewModes } from './comparison.ts';
import { eventKey, neighbourEvent, useChosen } from './event-in-sight.ts';
import { type Stretch, shuttled } from './viewer/shuttle.ts';
import { afterEnter, afterErasing, afterTyping, nothingTyped, type Typed } from './viewer/typed.ts';

/** What is reviewed: the pass, the one cursor that picture, graphs and events share, how it moves, and what is being typed. */
export interface Cursor {
  passId: string | null;
  /** Frames of the master; the cursor stays below. */
  frames: number;
  rate: Rational;
  frame: number;
  /** What was found in the pass, in any order. */
  events: readonly ShownEvent[];
  typed: Typed<ViewMode>;
  /** How many times its own speed the tape runs; below 0 backwards, 0: it stands. */
  speed: number;
  /** True while the access copy plays, with its sound; otherwise what runs are pictures of the master. */
  playing: boolean;
  /** There is an access copy that can play. */
  hasAccess: boolean;
  /** First and last frame of the range that was marked; null: not marked. */
  inFrame: number | null;
  outFrame: number | null;
  /** What plays starts again at the range's end. */
  loops: boolean;
}

const atFirst = {
  frame: 0,
  typed: nothingTyped<ViewMode>(),
  speed: 0,
  playing: false,
  inFrame: null,
  outFrame: null,
  loops: false,
};

export const useCursor = create<Cursor>()(() => ({
  passId: null,
  frames: 0,
  rate: { num: 25, den: 1 },
  events: [],
  hasAccess: false,
  ...atFirst,
}));

const { getState: get, setState: set } = useCursor;

/** The nearest frame that exists. */
export function clampFrame(frame: number, frames: number): number {
  return Math.max(0, Math.min(frames - 1, Math.round(Math.min(frame, frames))));
}

/** Reads what was typed: a frame number, or figures as a timecode when a colon is among them. Undefined: neither. */
export function frameOfTyped(typed: string, rate: Rational): number | undefined {
  if (typed === '') return undefined;
  if (/^\d+$/.test(typed)) return Number(typed);
  const parts = typed.replace(';', ':').split(':');
  if (parts.length > 4) return undefined;
  const padded = [...Array(4 - parts.length).fill('00'), ...parts].map((part) =>
    String(part).padStart(2, '0'),
  );
  return parseTimecode(padded.join(':'), rate);
}

/** The frames that what runs goes through: the marked range where it loops, all of them otherwise. */
export function stretchOf({ loops, inFrame, outFrame, frames }: Cursor): Stretch {
  return loops ? { from: inFrame ?? 0, to: outFrame ?? frames - 1 } : { from: 0, to: frames - 1 };
}

/** The access copy plays forwards up to twice its speed; everything else is shown from the master. */
const playedSpeeds = [1, 2];

/** What the keys and the mouse do to the cursor. */
export const review = {
  isOpen: () => get().passId !== null,
  open(
    pass: {
      id: string;
      frames: number;
      rate: Rational;
      events: readonly ShownEvent[];
      hasAccess?: boolean;
    },
    frame: number,
  ): void {
    const same = get().passId === pass.id;
    set({
      passId: pass.id,
      frames: pass.frames,
      rate: pass.rate,
      hasAccess: pass.hasAccess ?? false,
      events: pass.events,
      ...(same ? {} : { ...atFirst, frame: clampFrame(frame, pass.frames) }),
    });
  },
  close(): void {
    set({ passId: null, ...atFirst });
  },
  goTo(frame: number): void {
    const { passId, frames } = get();
    if (passId) set({ frame: clampFrame(frame, frames), speed: 0, playing: false, typed: nothingTyped() });
  },
  /** The frame that is shown while the tape runs. */
  ranTo(frame: number): void {
    set({ frame: clampFrame(frame, get().frames) });
  },
  step(by: number): void {
    review.goTo(get().frame + by);
  },
  stepSecond(direction: 1 | -1): void {
    review.step(direction * nominalFrameRate(get().rate));
  },
  /** From field to field: A, the first in time, then B, then A of the next frame. Progressive pictures have none: a frame. */
  stepField(direction: 1 | -1): void {
    const { field, subject } = useComparison.getState();
    if (subject?.video.fieldOrder === 'progressive') {
      review.step(direction);
      return;
    }
    const { frame, frames } = get();
    const before = frame * 2 + (field === 'B' ? 1 : 0);
    // A whole frame's first field comes first, and lies where the frame does.
    const next = field === 'frame' && direction > 0 ? before : before + direction;
    if (next < 0 || next >= frames * 2) return;
    comparison.setField(next % 2 === 1 ? 'B' : 'A');
    review.goTo(Math.floor(next / 2));
  },
  stepEvent(direction: 1 | -1): void {
    const { events, frame } = get();
    const next = neighbourEvent(events, frame, useChosen.getState().key, direction);
    if (!next) return;
    useChosen.setState({ key: eventKey(next), isSaying: false });
    review.goTo(next.startFrame);
  },
  /** Lets the tape run at a speed, from where it is. */
  run(speed: number): void {
    const { passId, frames, hasAccess } = get();
    if (!passId || frames === 0) return;
    set({ speed, playing: hasAccess && playedSpeeds.includes(speed), typed: nothingTyped() });
  },
  stop(): void {
    review.run(0);
  },
  shuttle(direction: 1 | -1): void {
    review.run(shuttled(get().speed, direction));
  },
  togglePlay(): void {
    review.run(get().speed === 0 ? 1 : 0);
  },
  /** The range begins at the cursor; an end before it is dropped. */
  markIn(): void {
    set(({ frame, outFrame }) => ({
      inFrame: frame,
      outFrame: outFrame !== null && outFrame < frame ? null : outFrame,
    }));
  },
  markOut(): void {
    set(({ frame, inFrame }) => ({
      outFrame: frame,
      inFrame: inFrame !== null && inFrame > frame ? null : inFrame,
    }));
  },
  unmark(): void {
    set({ inFrame: null, outFrame: null, loops: false });
  },
  /** Plays the marked range over and over, or lets it be. */
  toggleLoop(): void {
    const loops = !get().loops;
    set({ loops });
    if (!loops) return;
    const { from, to } = stretchOf(get());
    if (get().frame < from || get().frame > to) review.ranTo(from);
    if (get().speed === 0) review.run(1);
  },
  /** A figure or a colon; a lone figure chooses a view mode too. */
  type(character: string, atMs = Date.now()): void {
    const { mode } = useComparison.getState();
    const after = afterTyping(get().typed, mode, { character, atMs, modes: viewModes });
    set({ typed: after.typed });
    comparison.setMode(after.mode);
  },
  erase(atMs = Date.now()): void {
    set((before) => ({ typed: afterErasing(before.typed, atMs) }));
  },
  untype(): void {
    set({ typed: nothingTyped() });
  },
  /** What was typed or pasted, where it is a place of this tape; it stays in sight where it is none. */
  goToTyped(): void {
    const { typed, rate, frames } = get();
    if (typed.text === '') return;
    const after = afterEnter(typed, useComparison.getState().mode);
    comparison.setMode(after.mode);
    const frame = frameOfTyped(typed.text, rate);
    if (frame !== undefined && frame < frames) review.goTo(frame);
    else set({ typed: { ...typed, modeBefore: null, atMs: 0 } });
  },
  paste(text: string): void {
    const found = /^\s*(\d{1,2}(?:[:;]\d{1,2}){1,3}|\d{1,9})\s*$/.exec(text)?.[1];
    if (!found) return;
    set({ typed: { text: found, modeBefore: null, atMs: 0 } });
    review.goToTyped();
  },
};
