import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import table from '../../ui/Table.module.css';
import own from './ImportPanel.module.css';
import register from './Register.module.css';
import styles from './RegisterForm.module.css';
import { useRegisterView } from './register-view.ts';

/** Takes in a list of tapes from a CSV file: every problem by its row first, then all rows or none. */
export function ImportPanel() {
  const { t } = useTranslation();
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const preview = useMutation(api.tapes.import.mutationOptions());
  const write = useMutation(api.tapes.import.mutationOptions());
  const problems = preview.data?.problems ?? [];
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    const csv = await chosen.text();
    setFile({ name: chosen.name, csv });
    write.reset();
    preview.mutate({ csv, dryRun: true });
  };
  return (
    <Panel
      title={t('import.title')}
      className={register.side}
      aside={
        <Button
          tone="quiet"
          className={styles.close}
          onClick={() => useRegisterView.setState({ side: 'none' })}
        >
          {t('help.close')}
        </Button>
      }
    >
      <div className={own.import}>
        <p className={table.quiet}>{t('import.columns')}</p>
        <label className={own.file}>
          <span className="visually-hidden">{t('import.choose')}</span>
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        </label>
        <Sentence error={preview.error ?? write.error} />
        {preview.data && !write.data && (
          <Remark tone={problems.length > 0 ? 'warning' : 'plain'}>
            <p>
              {problems.length > 0
                ? t('import.problems', { count: problems.length, rows: preview.data.rows })
                : t('import.ready', { count: preview.data.rows })}
            </p>
          </Remark>
        )}
        {problems.length > 0 && (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('import.row')}</th>
                <th scope="col">{t('import.column')}</th>
                <th scope="col">{t('import.wrong')}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map((problem) => (
                <tr key={`${problem.row}-${problem.column}-${problem.message}`}>
                  <td className={table.number}>{problem.row}</td>
                  <td>{problem.column}</td>
                  <td>{problem.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {write.data && (
          <Remark tone="plain">
            <p>{t('import.done', { count: write.data.created })}</p>
          </Remark>
        )}
        {file && preview.data && problems.length === 0 && !write.data && (
          <Button tone="main" disabled={write.isPending} onClick={() => write.mutate({ csv: file.csv })}>
            {t('import.write', { count: preview.data.rows })}
          </Button>
        )}
      </div>
    </Panel>
  );
}
