import { engineWords } from '#shared/i18n/engine-words.ts';
import { usePreferences } from '../state/preferences.ts';

/** What the engine said in a sentence, in the reader's language where there are words for it. */
export function EngineText({ text }: { text: string }) {
  const { words, language } = engineWords(
    usePreferences((preferences) => preferences.language),
    text,
  );
  return language === undefined ? words : <span lang={language}>{words}</span>;
}
