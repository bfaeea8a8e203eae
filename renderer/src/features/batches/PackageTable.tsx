import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PackageId } from '#shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import table from '../../ui/Table.module.css';
import { bytes, moment } from '../../ui/words.ts';
import styles from './BatchesScreen.module.css';

export interface Package {
  id: PackageId;
  tapeIdentifier: string;
  name: string;
  profileId: string;
  sizeBytes: number;
  writtenAt: string;
  verified: boolean | null;
  place: string | null;
}

/** What was written, and whether it reads back as it was written. */
export function PackageTable({ packages }: { packages: readonly Package[] }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const may = useMay('manager');
  const verify = useMutation(api.batches.verifyPackage.mutationOptions());
  const problems = verify.data?.items.flatMap((item) => item.problems) ?? [];
  return (
    <Panel title={t('batches.packages')} aside={packages.length} flush>
      <Sentence error={verify.error} />
      {problems.length > 0 && (
        <Remark tone="failure">
          {problems.map((problem) => (
            <p key={problem.rule + problem.path + problem.message}>
              {problem.message} <code>{problem.path}</code>
            </p>
          ))}
        </Remark>
      )}
      {packages.length === 0 && <Empty>{t('batches.noPackages')}</Empty>}
      {packages.length > 0 && (
        <div className={styles.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('capture.tape')}</th>
                <th scope="col">{t('pass.name')}</th>
                <th scope="col" className={table.number}>
                  {t('pass.size')}
                </th>
                <th scope="col">{t('batches.written')}</th>
                <th scope="col">{t('batches.readBack')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('batches.verify')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {packages.map((one) => (
                <tr key={one.id}>
                  <td className={table.mono}>{one.tapeIdentifier}</td>
                  <td className={table.mono}>
                    {one.name}
                    {one.place !== null && <div className={styles.place}>{one.place}</div>}
                  </td>
                  <td className={table.number}>{bytes(one.sizeBytes, language)}</td>
                  <td>{moment(one.writtenAt, language)}</td>
                  <td className={styles.level} data-level={one.verified === false ? 'error' : undefined}>
                    {one.verified === null
                      ? `○ ${t('batches.notReadBack')}`
                      : one.verified
                        ? `✓ ${t('batches.whole')}`
                        : `▲ ${t('batches.notWhole')}`}
                  </td>
                  <td>
                    {may && (
                      <Button
                        disabled={verify.isPending}
                        onClick={() => verify.mutate({ packageId: one.id })}
                      >
                        {t('batches.verify')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
