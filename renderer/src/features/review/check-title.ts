import type { i18n, TFunction } from 'i18next';

/** The key under which a check's words lie: `audio-clipping` is `qc.check.audioClipping`. */
export function checkKey(checkId: string): string {
  return `qc.check.${checkId.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`;
}

/** What a check is called; its id, where this page has no word for it yet. */
export function checkTitle(checkId: string, words: i18n, t: TFunction): string {
  const key = `${checkKey(checkId)}.title`;
  return words.exists(key) ? t(key as 'qc.check.black.title') : checkId;
}

/** What a check finds and how, where there are words for it. */
export function checkExplanation(checkId: string, words: i18n, t: TFunction): string | undefined {
  const key = `${checkKey(checkId)}.explanation`;
  return words.exists(key) ? t(key as 'qc.check.black.explanation') : undefined;
}

/** What a number of an event's evidence is called; its own name, where this page has no word for it yet. */
export function evidenceName(name: string, words: i18n, t: TFunction): string {
  const key = `qc.evidence.${name}`;
  return words.exists(key) ? t(key as 'qc.evidence.frames') : name;
}
