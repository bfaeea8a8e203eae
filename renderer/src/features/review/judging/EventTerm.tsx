import { usePreferences } from '../../../state/preferences.ts';
import { useTerms } from './terms.ts';

/** The vocabulary's term for what a check finds, with the page of the atlas where it has one. */
export function EventTerm({ check }: { check: string }) {
  const language = usePreferences((preferences) => preferences.language);
  const term = useTerms().find(({ checks }) => checks.includes(check));
  if (!term) return '—';
  const title = term.title[language];
  return term.link === null ? (
    <span title={term.definition[language]}>{title}</span>
  ) : (
    <a href={term.link} title={term.definition[language]} target="_blank" rel="noreferrer">
      {title}
    </a>
  );
}
