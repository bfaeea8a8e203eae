import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { SamplingPlanId } from '#shared/domain/sampling.ts';

export const languages = ['en', 'nl', 'fr'] as const;
export type Language = (typeof languages)[number];

interface Preferences {
  language: Language;
  theme: 'dark' | 'light';
  safeArea: boolean;
  /** Graphs of the review screen, by person and kind of material. */
  lanes: Record<string, readonly string[]>;
  /** Which parts of a pass this person watches. */
  samplingPlan: SamplingPlanId;
  setLanguage(language: Language): void;
  setSamplingPlan(samplingPlan: SamplingPlanId): void;
  toggleTheme(): void;
  toggleSafeArea(): void;
  /** Undefined: the usual ones. */
  chooseLanes(owner: string, choices: readonly string[] | undefined): void;
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
      lanes: {},
      samplingPlan: 'head-middle-tail',
      setLanguage: (language) => set({ language }),
      setSamplingPlan: (samplingPlan) => set({ samplingPlan }),
      toggleTheme: () => set((before) => ({ theme: before.theme === 'dark' ? 'light' : 'dark' })),
      toggleSafeArea: () => set((before) => ({ safeArea: !before.safeArea })),
      chooseLanes: (owner, choices) =>
        set(({ lanes: { [owner]: _before, ...others } }) => ({
          lanes: choices === undefined ? others : { ...others, [owner]: choices },
        })),
    }),
    { name: 'helical-preferences' },
  ),
);
