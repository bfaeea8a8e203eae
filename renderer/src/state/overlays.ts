import { create } from 'zustand';

interface Overlays {
  palette: boolean;
  help: boolean;
}

/** Which of the two overlays is open. */
export const useOverlays = create<Overlays>()(() => ({ palette: false, help: false }));
