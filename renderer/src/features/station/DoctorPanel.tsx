import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { api } from '../../api/client.ts';
import type { Language } from '../../state/preferences.ts';
import { useIsRecording } from '../../state/recording.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { EngineText } from '../../ui/EngineText.tsx';
import { Late } from '../../ui/Late.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import styles from './StationScreen.module.css';

/** What the main job stands on, examined: what was found, and what to do where that is not enough. */
export function DoctorPanel() {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  const recording = useIsRecording();
  const doctor = useQuery(
    api.station.doctor.queryOptions({ staleTime: Number.POSITIVE_INFINITY, enabled: !recording }),
  );
  const said = (english: string) => engineWords(language, english).words;
  /** Kinds of sources are named by what they ask for: the engine knows more of them than have words here. */
  const nameOf = ({ id, need }: { id: string; need: string }) => {
    const key = `station.check.${id}`;
    return i18n.exists(key) ? t(key as 'station.check.clock') : said(need);
  };
  return (
    <Panel
      title={t('station.doctor')}
      aside={
        <Button
          className={styles.again}
          tone="quiet"
          disabled={doctor.isFetching || recording}
          onClick={() => void doctor.refetch()}
        >
          {t('station.again')}
        </Button>
      }
      flush
    >
      <Sentence error={doctor.error} />
      {recording && !doctor.data && <Empty>{t('station.later')}</Empty>}
      {doctor.isFetching && !doctor.data && (
        <Late>
          <Empty>{t('station.looking')}</Empty>
        </Late>
      )}
      <ul className={styles.checks}>
        {doctor.data?.checks.map((check) => {
          const tone = check.ok ? 'good' : check.optional ? 'warning' : 'failure';
          return (
            <li key={check.id} data-tone={tone}>
              <span className={styles.sign} role="img" aria-label={t(`station.${tone}`)}>
                {{ good: '✓', warning: '◆', failure: '▲' }[tone]}
              </span>
              <strong>{nameOf(check)}</strong>
              <div data-selectable>
                <p>{check.found.split('; ').map(said).join(', ')}</p>
                {!check.ok && (
                  <>
                    <p className={styles.quiet}>{t('station.need', { need: said(check.need) })}</p>
                    <p>
                      <EngineText text={check.help} />
                    </p>
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
