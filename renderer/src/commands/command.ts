import type { ParseKeys } from 'i18next';
import type { Screen } from '../state/place.ts';

/** Something a person can do, with the keys that do it. The palette, the help sheet and the key handler all read this. */
export interface Command {
  id: string;
  /** Each as the key handler reads it, e.g. `mod+k`; a single character means what the keyboard produces. */
  keys: readonly string[];
  /** The screen it belongs to; `everywhere` for all of them. */
  scope: Screen | 'everywhere';
  title: ParseKeys;
  /** What it is listed under in the help sheet; else under its screen. */
  group?: ParseKeys;
  /** True: works only while the key stays down for the hold time. */
  hold?: boolean;
  /** True: is not offered in the palette, since it means nothing without its key. */
  keyOnly?: boolean;
  /** True: the browser does it by itself, and the key is only told of. */
  isNative?: boolean;
  /** What the help sheet shows for keys that are many. */
  cap?: string;
  /** True: its key is its own now, whatever control has the focus. */
  claimsKey?(): boolean;
  /** False: it would do nothing now, and is not offered. */
  available?(): boolean;
  run(key?: string): void;
}
