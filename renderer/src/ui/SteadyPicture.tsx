import { useEffect, useRef } from 'react';

interface SteadyPictureProps {
  src: string;
  alt: string;
  /** Called with the address that is now in sight. */
  onShown?: (src: string) => void;
  /** Called with an address that could not be shown; the picture before it stays. */
  onFailed?: (src: string) => void;
}

/**
 * A picture whose address changes often. Two images take turns: the next one is fetched and decoded out of sight and shown
 * only when whole, so that nothing flickers; while one is on its way, newer ones wait and only the newest is fetched.
 */
export function SteadyPicture({ src, alt, onShown, onFailed }: SteadyPictureProps) {
  const first = useRef<HTMLImageElement>(null);
  const second = useRef<HTMLImageElement>(null);
  const turn = useRef({ front: 0, wanted: '', loading: false });
  const told = useRef({ onShown, onFailed });
  useEffect(() => {
    told.current = { onShown, onFailed };
  });

  useEffect(() => {
    const state = turn.current;
    state.wanted = src;
    const load = async (): Promise<void> => {
      const images = [first.current, second.current];
      const front = images[state.front];
      const back = images[1 - state.front];
      if (state.loading || !front || !back) return;
      const loaded = state.wanted;
      state.loading = true;
      back.src = loaded;
      const whole = await back.decode().then(
        () => true,
        () => false,
      );
      state.loading = false;
      if (whole) {
        back.style.visibility = 'visible';
        front.style.visibility = 'hidden';
        state.front = 1 - state.front;
        told.current.onShown?.(loaded);
      } else {
        told.current.onFailed?.(loaded);
      }
      if (state.wanted !== loaded) await load();
    };
    void load();
  }, [src]);

  return (
    <>
      <img ref={first} alt={alt} draggable={false} style={{ visibility: 'hidden' }} />
      {/* Only the one in sight is told of: a hidden image is no picture to a screen reader. */}
      <img ref={second} alt={alt} draggable={false} style={{ visibility: 'hidden' }} />
    </>
  );
}
