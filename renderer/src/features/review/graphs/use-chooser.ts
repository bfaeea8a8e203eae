import { create } from 'zustand';

/** Whether lanes are being chosen. */
export const useChooser = create<{ isOpen: boolean }>()(() => ({ isOpen: false }));
