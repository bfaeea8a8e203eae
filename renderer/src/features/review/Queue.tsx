import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueuedPass } from '#shared/domain/pass-review.ts';
import { api } from '../../api/client.ts';
import { fragmentOf } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { OutcomeWord } from '../../ui/StateWord.tsx';
import table from '../../ui/Table.module.css';
import { moment, span, zoneName } from '../../ui/words.ts';
import { judging, nextInQueue, useJudging } from './judging/judging.ts';
import styles from './PassList.module.css';

/** Sealed passes without a last word, the oldest seal first, with who has which. `T` takes the next and opens it. */
export function Queue() {
  const { t } = useTranslation();
  const queue = useQuery(api.review.queue.queryOptions());
  const me = useQuery(api.station.info.queryOptions()).data?.person.id ?? '';
  const { error, isPending } = useJudging();
  useEffect(() => {
    useJudging.setState({ me });
  }, [me]);
  const language = usePreferences((preferences) => preferences.language);
  const waiting = queue.data ?? [];
  const next = nextInQueue(waiting, me);
  return (
    <Panel
      title={t('judging.queue')}
      aside={
        waiting.length > 0 ? (
          <Button disabled={isPending || !next} onClick={() => void judging.take()}>
            {next?.heldBy?.id === me
              ? t('judging.goOnWith', { tape: next.tapeIdentifier })
              : t('judging.takeNext')}{' '}
            <kbd>T</kbd>
          </Button>
        ) : undefined
      }
      className={styles.queue}
      flush
    >
      <Sentence error={queue.error ?? error} />
      {queue.data?.length === 0 && <Empty>{t('judging.queueEmpty')}</Empty>}
      {waiting.length > 0 && (
        <div className={styles.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('capture.tape')}</th>
                <th scope="col">{t('tape.title')}</th>
                <th scope="col">{t('review.pass')}</th>
                <th scope="col">{t('review.length')}</th>
                <th scope="col">{t('review.events')}</th>
                <th scope="col">{t('tape.state')}</th>
                <th scope="col">{t('judging.has')}</th>
                <th scope="col">{`${t('judging.sealedAt')} (${zoneName(language)})`}</th>
              </tr>
            </thead>
            <tbody>
              {waiting.map((pass) => (
                <QueueRow key={pass.passId} pass={pass} me={me} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function QueueRow({ pass, me }: { pass: QueuedPass; me: string }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { events, heldBy, askedOf, outcome } = pass;
  const asked = askedOf.map(({ id, name }) =>
    id === null ? t('judging.anyone') : id === me ? t('judging.you') : name,
  );
  return (
    <tr>
      <td>
        <a className={styles.open} href={fragmentOf({ screen: 'review', item: pass.passId })}>
          {pass.tapeIdentifier}
        </a>
      </td>
      <td className={table.quiet}>{pass.title}</td>
      <td>{t('pass.title', { number: pass.passNumber })}</td>
      <td>{span(pass.durationS)}</td>
      <td>
        {events
          ? t('judging.judged', { judged: events.judged, total: events.total })
          : t('judging.noMeasures')}
      </td>
      <td>
        <OutcomeWord outcome={outcome} />
        {asked.length > 0 && (
          <span className={table.quiet}>
            {' '}
            ({t('judging.askedOf', { who: asked.join(t('judging.and')) })})
          </span>
        )}
      </td>
      <td>
        {heldBy ? (
          heldBy.id === me ? (
            <strong>{t('judging.you')}</strong>
          ) : (
            heldBy.name || heldBy.id.slice(0, 8)
          )
        ) : (
          <span className={table.quiet}>{t('judging.nobody')}</span>
        )}
      </td>
      <td className={table.quiet}>{moment(pass.sealedAt, language)}</td>
    </tr>
  );
}
