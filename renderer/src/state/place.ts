import { create } from 'zustand';

export const screens = ['tapes', 'capture', 'review', 'batches', 'log', 'station'] as const;
export type Screen = (typeof screens)[number];

/** Where in the workstation one is: a screen, the thing it shows, and how. Written as the address's fragment. */
export interface Place {
  screen: Screen;
  /** Id of the tape, pass or batch that is open. */
  item?: string | undefined;
  /** Further words of the address, e.g. the frame. */
  query?: Record<string, string> | undefined;
}

/** `#/review/0190…?frame=120` for a place. */
export function fragmentOf(place: Place): string {
  const query = new URLSearchParams(place.query ?? {}).toString();
  const item = place.item ? `/${encodeURIComponent(place.item)}` : '';
  return `#/${place.screen}${item}${query ? `?${query}` : ''}`;
}

/** The place that a fragment names; the register of tapes for anything else. */
export function placeOf(fragment: string): Place {
  const match = /^#\/([a-z]+)(?:\/([^?]+))?(?:\?(.*))?$/.exec(fragment);
  const screen = screens.find((name) => name === match?.[1]);
  if (!match || !screen) return { screen: 'tapes' };
  return {
    screen,
    item: match[2] ? decodeURIComponent(match[2]) : undefined,
    query: Object.fromEntries(new URLSearchParams(match[3] ?? '')),
  };
}

export const usePlace = create<Place>()(() => ({ screen: 'tapes' }));

/** Goes to a place; the browser's back leads back. */
export function goTo(place: Place): void {
  const fragment = fragmentOf(place);
  if (location.hash === fragment) return;
  location.hash = fragment;
}

/** Keeps the place in step with the address. Called once. */
export function followAddress(): void {
  const read = () => usePlace.setState(placeOf(location.hash), true);
  window.addEventListener('hashchange', read);
  read();
}
