import { useTranslation } from 'react-i18next';
import type { Budget } from '#shared/domain/budget.ts';
import { Remark } from '../../ui/Sentence.tsx';
import styles from './Setup.module.css';

/** Whether this machine keeps up, and what would help, in two lines; what that rests on for those who ask. */
export function BudgetRemark({ budget }: { budget: Budget }) {
  const { t } = useTranslation();
  const { fits, bottleneck, helps, message } = budget;
  return (
    <Remark tone={fits ? 'plain' : 'warning'}>
      <p>{t(`capture.budget.${fits ? 'fits' : (bottleneck ?? 'unknown')}`)}</p>
      {helps.length > 0 && (
        <p>
          {t('capture.budget.helps', {
            helps: helps.map((help) => t(`capture.budget.help.${help}`)).join('; '),
          })}
        </p>
      )}
      <details className={styles.measured}>
        <summary>{t('capture.budgetMore')}</summary>
        <p>{message}</p>
      </details>
    </Remark>
  );
}
