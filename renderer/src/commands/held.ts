import { create } from 'zustand';

/** The command whose key is being held down, so that its button can show it. */
export const useHeld = create<{ id: string | null }>()(() => ({ id: null }));
