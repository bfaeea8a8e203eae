import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReviewOutcome } from '#shared/domain/verdict.ts';
import { api } from '../../api/client.ts';
import { useOutcomes } from '../../state/outcomes.ts';
import { fragmentOf } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Empty } from '../../ui/Empty.tsx';
import { EngineText } from '../../ui/EngineText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { OutcomeWord, PassStateWord } from '../../ui/StateWord.tsx';
import table from '../../ui/Table.module.css';
import { count, framesToSeconds, moment, span, zoneName } from '../../ui/words.ts';
import styles from './PassList.module.css';

/** All passes, newest first. */
export function PassList() {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const passes = useQuery(api.passes.list.queryOptions({ input: {} }));
  const outcomeOf = useOutcomes();
  const ordered = passes.data?.toSorted((a, b) => b.preparedAt.localeCompare(a.preparedAt));
  return (
    <Panel title={t('review.passes')} aside={ordered?.length} className={styles.list} flush>
      <Sentence error={passes.error} />
      {ordered?.length === 0 && <Empty>{t('review.none')}</Empty>}
      {ordered && ordered.length > 0 && (
        <div className={styles.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('capture.tape')}</th>
                <th scope="col">{t('review.pass')}</th>
                <th scope="col">{t('tape.state')}</th>
                <th scope="col">{t('judging.verdict')}</th>
                <th scope="col" className={table.number}>
                  {t('capture.recorded')}
                </th>
                <th scope="col">{t('review.length')}</th>
                <th scope="col" className={table.number}>
                  {t('capture.dropped')}
                </th>
                <th scope="col">{t('capture.source')}</th>
                <th scope="col">{`${t('review.recordedAt')} (${zoneName(language)})`}</th>
              </tr>
            </thead>
            <tbody>
              {ordered.map((pass) => (
                <tr key={pass.id}>
                  <td>
                    <a className={styles.open} href={fragmentOf({ screen: 'review', item: pass.id })}>
                      {pass.tapeIdentifier}
                    </a>
                  </td>
                  <td>{t('pass.title', { number: pass.passNumber })}</td>
                  <td>
                    <PassStateWord state={pass.state} />
                  </td>
                  <td>
                    <Verdict outcome={outcomeOf(pass)} />
                  </td>
                  <td className={table.number}>{count(pass.frames, language)}</td>
                  <td>{span(framesToSeconds(pass.frames, pass.video.frameRate))}</td>
                  <td className={table.number}>{count(pass.droppedFrames, language)}</td>
                  <td className={table.quiet}>
                    <EngineText text={pass.sourceDescription} />
                  </td>
                  <td className={table.quiet}>{moment(pass.startedAt ?? pass.preparedAt, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Verdict({ outcome }: { outcome: ReviewOutcome | undefined }) {
  return outcome ? <OutcomeWord outcome={outcome} /> : <span className={table.quiet}>–</span>;
}
