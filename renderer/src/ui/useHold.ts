import { useCallback, useEffect, useRef, useState } from 'react';

/** Milliseconds that a hold lasts: long enough not to happen by a touch, short enough to be sure of. */
export const holdMs = 800;

/**
 * Something done only when begun and not let go for the hold time. `held` is true while it is being held, for the
 * drawing of the progress; the time itself is kept here and not in the animation.
 */
export function useHold(done: () => void): { held: boolean; begin: () => void; letGo: () => void } {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const letGo = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setHeld(false);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const begin = () => {
    if (timer.current !== undefined) return;
    setHeld(true);
    timer.current = setTimeout(() => {
      letGo();
      done();
    }, holdMs);
  };
  return { held, begin, letGo };
}
