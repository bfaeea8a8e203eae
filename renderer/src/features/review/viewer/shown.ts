import { create } from 'zustand';
import type { Box, Point } from '../../../ui/picture/layout.ts';
import { allOfIt } from './part-in-copy.ts';
import type { Failure, ShownPair } from './presenter.ts';

/** What is really on the screen. Words of the picture come from here and never from what is wanted. */
export interface Shown {
  pair: ShownPair | null;
  failure: Failure | null;
  /** The master's frame whose copy the player has in sight, above the pair; null: no player. */
  videoFrame: number | null;
  /** The first of the frames that the player surely had on the screen on its way to `videoFrame`; null: that one alone. */
  videoFrom: number | null;
  /** The player's pictures come to the screen by themselves: `videoFrame` is about what is in sight, and may be some frames late. */
  isVideoAbout: boolean;
  /** Of two that take turns, B is in sight now. */
  isBlinkOnB: boolean;
}

export const nothingShown: Shown = {
  pair: null,
  failure: null,
  videoFrame: null,
  videoFrom: null,
  isVideoAbout: false,
  isBlinkOnB: false,
};

export const useShown = create<Shown>()(() => nothingShown);

/** The pointer on the pictures. */
export interface Pointer {
  /** In device pixels of the canvas; null: it is elsewhere. */
  pixel: Point | null;
  /** What lies there now, in parts of A's picture; null: no picture. */
  point: Point | null;
  /** Which part of that picture B holds. */
  partInB: Box;
}

export const usePointer = create<Pointer>()(() => ({ pixel: null, point: null, partInB: allOfIt }));
