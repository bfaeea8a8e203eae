import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, engine } from '../../api/client.ts';
import { goTo, usePlace } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import table from '../../ui/Table.module.css';
import { count, moment } from '../../ui/words.ts';
import { EntryPanel } from './EntryPanel.tsx';
import { EntrySubjects } from './EntrySubjects.tsx';
import { LogFilters } from './LogFilters.tsx';
import styles from './LogScreen.module.css';
import { everything, filterOf, type LogWish } from './log-wish.ts';

const pageLength = 200;

/** The provenance log, newest first: whole or of one tape, person, device or kind, its chain recomputed when asked. */
export function LogScreen() {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const query = usePlace((place) => place.query);
  const [wish, setWish] = useState<LogWish>({ ...everything, tape: query?.['tape'] ?? '' });
  const [chosen, setChosen] = useState(Number(query?.['seq'] ?? 0));
  const entries = useInfiniteQuery(
    api.log.list.infiniteOptions({
      input: (beforeSeq: number | undefined) => ({
        limit: pageLength,
        ...filterOf(wish),
        ...(beforeSeq !== undefined && { beforeSeq }),
      }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (last) => (last.entries.length < pageLength ? undefined : last.entries.at(-1)?.seq),
      placeholderData: keepPreviousData,
    }),
  );
  const verify = useMutation({ mutationFn: () => engine.log.verify() });
  const rows = entries.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = entries.data?.pages[0]?.total ?? 0;
  const entry = rows.find((row) => row.seq === chosen) ?? rows[0];
  return (
    <div className={styles.screen}>
      <Panel title={t('log.title')} aside={t('log.total', { count: total })} className={styles.list} flush>
        <div className={styles.tools}>
          <LogFilters wish={wish} onWish={filterBy} />
          <span className={styles.space} />
          <Button onClick={() => verify.mutate()} disabled={verify.isPending}>
            {t(verify.isPending ? 'log.verifying' : 'log.verify')}
          </Button>
        </div>
        <Sentence error={entries.error ?? verify.error} />
        {verify.data && (
          <Remark tone={verify.data.ok ? 'plain' : 'failure'}>
            <p>
              {verify.data.ok
                ? t('log.whole', {
                    count: verify.data.events,
                    events: count(verify.data.events, language),
                    checkpoints: verify.data.checkpoints,
                  })
                : t('log.broken', {
                    seq: verify.data.firstBroken?.seq ?? 0,
                    reason: verify.data.firstBroken?.reason ?? '',
                  })}
            </p>
            <p className="mono" data-selectable>
              {t('log.head')} #{verify.data.head.seq} {verify.data.head.hash.slice(0, 24)}…
            </p>
          </Remark>
        )}
        {entries.isSuccess && rows.length === 0 && <Empty>{t('log.none')}</Empty>}
        {rows.length > 0 && (
          <div className={styles.scroll}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col" className={table.number}>
                    {t('log.seq')}
                  </th>
                  <th scope="col">{t('log.recorded')}</th>
                  <th scope="col">{t('log.event')}</th>
                  <th scope="col">{t('log.subject')}</th>
                  <th scope="col">{t('log.actor')}</th>
                  <th scope="col">{t('log.hash')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr
                    key={row.seq}
                    className={row.seq === entry?.seq ? table.selected : undefined}
                    onClick={() => setChosen(row.seq)}
                  >
                    <td className={table.number}>
                      <button type="button" className={table.link} onClick={() => setChosen(row.seq)}>
                        {row.seq}
                      </button>
                    </td>
                    <td className={styles.time}>{moment(row.recordedAt, language)}</td>
                    <td className={styles.eventCell}>
                      <div className={styles.event}>
                        <EventName type={row.type} /> <span className={styles.type}>{row.type}</span>
                      </div>
                    </td>
                    <td className={styles.subjectCell}>
                      <EntrySubjects subjects={row.subjects} />
                    </td>
                    <td className={styles.actor}>{row.actorName}</td>
                    <td className={table.mono}>{row.hash.slice(0, 12)}…</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {entries.hasNextPage && (
              <div className={styles.more}>
                <Button disabled={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
                  {t('log.older')}
                </Button>
              </div>
            )}
          </div>
        )}
      </Panel>
      {entry && <EntryPanel entry={entry} />}
    </div>
  );

  function filterBy(wanted: LogWish): void {
    setWish(wanted);
    if (wanted.tape !== wish.tape) {
      goTo({ screen: 'log', ...(wanted.tape && { query: { tape: wanted.tape } }) });
    }
  }
}

/** What happened, in a word; the type itself, where there is none. */
export function EventName({ type }: { type: string }) {
  const { t, i18n } = useTranslation();
  const key = `event.${type}`;
  return i18n.exists(key) ? t(key as 'event.tape.registered') : type;
}
