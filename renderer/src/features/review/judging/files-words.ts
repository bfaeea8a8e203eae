import type { TFunction } from 'i18next';
import type { JudgedFiles } from '#shared/domain/judged-files.ts';
import { moment } from '../../../ui/words.ts';

/** What is known of the master: by its size and date, and when its bytes were last read. Nothing where there is none. */
export function masterWords(
  { master, provedAt }: JudgedFiles,
  t: TFunction,
  language: Parameters<typeof moment>[1],
): string | null {
  if (master === null) return null;
  const read =
    provedAt === null ? t('judging.neverProved') : t('judging.provedAt', { at: moment(provedAt, language) });
  return `${t(`judging.masterNow.${master}`)}; ${read}`;
}
