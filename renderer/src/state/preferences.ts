import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const languages = ['en', 'nl', 'fr'] as const;
export type Language = (typeof languages)[number];

interface Preferences {
  language: Language;
  theme: 'dark' | 'light';
  safeArea: boolean;
  setLanguage(language: Language): void;
  toggleTheme(): void;
  toggleSafeArea(): void;
}

function browserLanguage(): Language {
  const wanted = (globalThis.navigator?.languages ?? []).map((tag) => tag.slice(0, 2));
  return languages.find((language) => language === wanted[0]) ?? 'en';
}

/** What this person likes, kept in this browser. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      language: browserLanguage(),
      theme: 'dark',
      safeArea: true,
      setLanguage: (language) => set({ language }),
      toggleTheme: () => set((before) => ({ theme: before.theme === 'dark' ? 'light' : 'dark' })),
      toggleSafeArea: () => set((before) => ({ safeArea: !before.safeArea })),
    }),
    { name: 'helical-preferences' },
  ),
);
