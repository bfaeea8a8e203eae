import { useTranslation } from 'react-i18next';
import { engineWords } from '#shared/i18n/engine-words.ts';
import type { Language } from '../state/preferences.ts';

/** What the engine said in a sentence, in the reader's language where there are words for it. */
export function EngineText({ text }: { text: string }) {
  const { i18n } = useTranslation();
  const { words, language } = engineWords(i18n.language as Language, text);
  return language === undefined ? words : <span lang={language}>{words}</span>;
}
