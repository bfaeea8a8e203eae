import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TapeId } from '#shared/domain/ids.ts';
import { tapeStates } from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { fragmentOf } from '../../state/place.ts';
import { Button } from '../../ui/Button.tsx';
import { EngineText } from '../../ui/EngineText.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { profileDescription, profileName } from '../../ui/profile-words.ts';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import { TapeStateWord } from '../../ui/StateWord.tsx';
import table from '../../ui/Table.module.css';
import styles from './BatchesScreen.module.css';
import { type Package, PackageTable } from './PackageTable.tsx';

interface Batch {
  id: string;
  name: string;
  tapes: readonly { id: TapeId; identifier: string; title: string; state: string }[];
  packages: readonly Package[];
}

/** One batch: every problem before anything is written, then the packages and whether they read back whole. */
export function BatchPage({ batch }: { batch: Batch }) {
  const { t, i18n } = useTranslation();
  const may = useMay('manager');
  const [chosen, setProfile] = useState('');
  const profiles = useQuery(api.batches.profiles.queryOptions());
  const profileId = chosen || profiles.data?.[0]?.id || '';
  const profile = profiles.data?.find((one) => one.id === profileId);
  const check = useQuery(
    api.batches.check.queryOptions({ input: { batch: batch.id, profileId }, enabled: profileId !== '' }),
  );
  const write = useMutation(api.batches.export.mutationOptions());
  const problems = write.data?.problems.length ? write.data.problems : (check.data?.problems ?? []);
  const errors = problems.filter((problem) => problem.level === 'error').length;
  return (
    <div className={styles.page}>
      <Panel
        title={batch.name}
        aside={t('batches.tapes', { count: batch.tapes.length })}
        className={styles.tapes}
        flush
      >
        <div className={styles.scroll}>
          <table className={table.table}>
            <tbody>
              {batch.tapes.map((tape) => (
                <tr key={tape.id}>
                  <td className={table.mono}>
                    <a className={styles.link} href={fragmentOf({ screen: 'tapes', item: tape.id })}>
                      {tape.identifier}
                    </a>
                  </td>
                  <td>{tape.title}</td>
                  <td>
                    <BatchTapeState state={tape.state} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <Panel
        title={t('batches.before')}
        aside={check.data ? t('batches.problems', { count: problems.length }) : ''}
      >
        <div className={styles.export}>
          <div className={styles.fields}>
            <Field
              name="profile"
              label={t('batches.profile')}
              hint={profile && profileDescription(profile, i18n, t)}
            >
              <Choice
                value={profileId}
                onChoose={setProfile}
                options={(profiles.data ?? []).map((one) => ({
                  value: one.id,
                  label: profileName(one, i18n, t),
                }))}
              />
            </Field>
            {may && (
              <Button
                tone="main"
                disabled={!check.data || errors > 0 || write.isPending}
                onClick={() => write.mutate({ batch: batch.id, profileId })}
              >
                {t(write.isPending ? 'batches.exporting' : 'batches.export')}
              </Button>
            )}
          </div>
          <Sentence error={profiles.error ?? check.error ?? write.error} />
          {check.data && problems.length === 0 && (
            <Remark tone="plain">
              <p>{t('batches.noProblems')}</p>
            </Remark>
          )}
          {problems.length > 0 && (
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">{t('batches.level')}</th>
                  <th scope="col">{t('capture.tape')}</th>
                  <th scope="col">{t('import.wrong')}</th>
                  <th scope="col">{t('batches.where')}</th>
                  <th scope="col">{t('batches.rule')}</th>
                </tr>
              </thead>
              <tbody>
                {problems.map((problem) => (
                  <tr key={`${problem.rule}-${problem.tape}-${problem.message}`}>
                    <td className={styles.level} data-level={problem.level}>
                      {problem.level === 'error' ? '▲' : '◆'} {t(`batches.${problem.level}`)}
                    </td>
                    <td className={table.mono}>{problem.tape}</td>
                    <td>
                      <EngineText text={problem.message} />
                    </td>
                    <td className={table.quiet}>
                      <EngineText text={problem.where} />
                    </td>
                    <td className={table.mono}>{problem.rule}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </Panel>
      <PackageTable packages={batch.packages} />
    </div>
  );
}

function BatchTapeState({ state }: { state: string }) {
  const known = tapeStates.find((one) => one === state);
  return known ? <TapeStateWord state={known} /> : state;
}
