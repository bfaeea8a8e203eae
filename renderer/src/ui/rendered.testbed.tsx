import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createInstance } from 'i18next';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { messages } from '#shared/i18n/messages.ts';
import type { Language } from '../state/preferences.ts';

/** What a part of the screen says at once, as HTML without a browser: its first drawing, with nothing read from the engine. */
export function rendered(part: ReactNode, language: Language = 'en'): string {
  const words = createInstance();
  void words.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      Object.entries(messages).map(([one, translation]) => [one, { translation }]),
    ),
  });
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <I18nextProvider i18n={words}>{part}</I18nextProvider>
    </QueryClientProvider>,
  );
}

/** The same as text. */
export function textOf(part: ReactNode, language: Language = 'en'): string {
  return rendered(part, language)
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
