import type { i18n, TFunction } from 'i18next';

/** The key under which a check's words lie: `audio-clipping` is `qc.check.audioClipping`. */
export function checkKey(checkId: string): string {
  return `qc.check.${checkId.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`;
}

/** Rules for the file as a whole share the seal's words: `file-matroska-crc` is `matroska-crc`. Undefined for other checks. */
function fileCheckWord(checkId: string): string | undefined {
  return checkId.startsWith('file-') ? checkId.slice('file-'.length) : undefined;
}

/** What a check is called; its id, where this page has no word for it yet. */
export function checkTitle(checkId: string, words: i18n, t: TFunction): string {
  const own = fileCheckWord(checkId);
  const seal = `sealCheck.${own}`;
  if (own && words.exists(seal)) return t(seal as 'sealCheck.matroska-crc');
  const key = own ? `qc.fileCheck.${own}-title` : `${checkKey(checkId)}.title`;
  return words.exists(key) ? t(key as 'qc.check.black.title') : checkId;
}

/** What a check finds and how, where there are words for it. */
export function checkExplanation(checkId: string, words: i18n, t: TFunction): string | undefined {
  const own = fileCheckWord(checkId);
  const key = own ? `qc.fileCheck.${own}` : `${checkKey(checkId)}.explanation`;
  return words.exists(key) ? t(key as 'qc.check.black.explanation') : undefined;
}
