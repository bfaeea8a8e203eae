import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Tape } from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { fragmentOf, goTo } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { TapeStanding } from '../../ui/StateWord.tsx';
import { moment } from '../../ui/words.ts';
import { PassCard } from './PassCard.tsx';
import styles from './TapePage.module.css';
import { Timeline } from './Timeline.tsx';

/** One tape: what it is, its passes with their files, and everything that happened to it. */
export function TapePage({ tapeId }: { tapeId: string }) {
  const { t } = useTranslation();
  const may = useMay('technician');
  const shown = useQuery(api.tapes.show.queryOptions({ input: { tape: tapeId } }));
  const passes = useQuery(api.passes.list.queryOptions({ input: { tape: tapeId } }));
  if (shown.error && !shown.data) return <Sentence error={shown.error} />;
  if (!shown.data) return null;
  const { tape, timeline } = shown.data;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <a className={styles.back} href={fragmentOf({ screen: 'tapes' })}>
          <Icon name="back" size={14} />
          {t('tapes.title')}
        </a>
        <h1>
          <span className="mono">{tape.identifier}</span> {tape.title || t('tapes.untitled')}
        </h1>
        <TapeStanding tape={tape} />
        <span className={styles.space} />
        {may && (
          <Button tone="main" onClick={() => goTo({ screen: 'capture', query: { tape: tape.id } })}>
            {t('tapes.capture')}
          </Button>
        )}
      </header>
      <div className={styles.columns}>
        <TapeFacts tape={tape} />
        <div className={styles.passes}>
          <Sentence error={passes.error} />
          {passes.data?.length === 0 && (
            <Panel>
              <Empty>{t('tapes.noPasses')}</Empty>
            </Panel>
          )}
          {passes.data?.toReversed().map((pass) => (
            <PassCard key={pass.id} pass={pass} />
          ))}
        </div>
        <Panel title={t('tapes.timeline')} aside={timeline.length} flush>
          <Timeline entries={timeline} tape={tape} passes={passes.data ?? []} />
        </Panel>
      </div>
    </div>
  );
}

function TapeFacts({ tape }: { tape: Tape }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  return (
    <Panel title={t('capture.tape')} className={styles.facts}>
      <Facts
        rows={[
          [t('tape.artist'), tape.artist],
          [t('tape.format'), t(`format.${tape.format}`)],
          [t('tape.standard'), tape.standard === 'unknown' ? t('unit.unknown') : tape.standard],
          [t('tape.duration'), tape.durationMin && t('unit.minutes', { count: tape.durationMin })],
          [t('tape.generation'), t(`generation.${tape.generation}`)],
          [t('tape.condition'), t(`condition.${tape.condition}`)],
          [t('tape.location'), tape.location],
          [t('tape.registered'), moment(tape.registeredAt, language)],
        ]}
      />
      {tape.notes && (
        <p className={styles.notes} data-selectable>
          {tape.notes}
        </p>
      )}
    </Panel>
  );
}
