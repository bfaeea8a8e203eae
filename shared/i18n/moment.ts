import type { messages } from './messages.ts';

/**
 * A moment of the log in universal time, to the second, as people of that language write it: `23 November 2026 at 12:54:02 UTC`.
 * European for English too: the hour counts to 24.
 */
export function wordMoment(iso: string, language: keyof typeof messages): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' },
  });
  return `${format.format(new Date(iso))} UTC`;
}
