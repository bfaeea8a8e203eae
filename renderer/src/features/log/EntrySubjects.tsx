import { useTranslation } from 'react-i18next';

const shownMost = 2;

/** What an event is about: its tape, with the pass where it is about one. A list that was imported names very many. */
export function EntrySubjects({
  subjects,
}: {
  subjects: readonly { tape: string; passNumber: number | null }[];
}) {
  const { t } = useTranslation();
  const names = subjects
    .slice(0, shownMost)
    .map(({ tape, passNumber }) =>
      passNumber === null ? tape : `${tape} · ${t('log.pass', { number: passNumber })}`,
    );
  const more = subjects.length - names.length;
  return (
    <span title={names.join(', ')}>
      {names.join(', ')}
      {more > 0 && ` ${t('log.moreSubjects', { count: more })}`}
    </span>
  );
}
