import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { messages } from '#shared/i18n/messages.ts';
import { usePreferences } from '../state/preferences.ts';

/** Starts the languages and keeps the page's in step with the person's choice. */
export function startLanguage(): void {
  const { language } = usePreferences.getState();
  document.documentElement.lang = language;
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: {
      en: { translation: messages.en },
      nl: { translation: messages.nl },
      fr: { translation: messages.fr },
    },
    interpolation: { escapeValue: false },
  });
  usePreferences.subscribe((next, before) => {
    if (next.language === before.language) return;
    document.documentElement.lang = next.language;
    void i18next.changeLanguage(next.language);
  });
}
