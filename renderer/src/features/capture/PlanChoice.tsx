import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import type { Tape } from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { Choice, Field, TextLine } from '../../ui/Field.tsx';
import { type PlanProblem, type PlanText, planProblems } from './plan.ts';
import styles from './Setup.module.css';

/** What a pass starts and stops on beside the operator, and what it is to its tape. Most passes need none of it. */
export function PlanChoice({
  tape,
  plan,
  onChoose,
}: {
  tape: Tape | null;
  plan: PlanText;
  onChoose(plan: PlanText): void;
}) {
  const { t } = useTranslation();
  const problems = planProblems(plan);
  const passes = useQuery(
    api.passes.list.queryOptions({ input: { tape: tape?.id ?? '' }, enabled: tape !== null }),
  );
  const earlier = (passes.data ?? []).filter((pass) => pass.frames > 0);
  const line = (field: PlanProblem, placeholder: string) => (
    <Field
      name={field}
      label={t(`capture.plan.${field}`)}
      hint={field === 'signalLostS' || field === 'tapeEndS' ? t(`capture.plan.${field}Hint`) : undefined}
      problem={problems.includes(field) ? t(`capture.plan.${field}Problem`) : undefined}
    >
      <TextLine
        value={plan[field]}
        placeholder={placeholder}
        onChange={(event) => onChoose({ ...plan, [field]: event.currentTarget.value })}
      />
    </Field>
  );
  return (
    <details className={styles.plan} open={problems.length > 0 || undefined}>
      <summary>{t('capture.plan.title')}</summary>
      <div className={styles.form}>
        <Field name="startOn" label={t('capture.plan.start')} hint={t('capture.plan.startHint')}>
          <Choice
            value={plan.startOn}
            onChoose={(startOn) => onChoose({ ...plan, startOn: startOn as PlanText['startOn'] })}
            options={(['operator', 'signal', 'timecode'] as const).map((value) => ({
              value,
              label: t(`capture.plan.on.${value}`),
            }))}
          />
        </Field>
        {plan.startOn === 'timecode' && line('startTimecode', '10:00:00:00')}
        {line('stopTimecode', t('capture.plan.never'))}
        {line('signalLostS', t('capture.plan.never'))}
        {line('tapeEndS', t('capture.plan.never'))}
        {earlier.length > 0 && (
          <Field name="retakeOf" label={t('capture.plan.retakeOf')}>
            <Choice
              value={plan.retakeOf}
              onChoose={(retakeOf) => onChoose({ ...plan, retakeOf: retakeOf as PassId | '' })}
              options={[
                { value: '', label: t('capture.plan.noRetake') },
                ...earlier.map((pass) => ({
                  value: pass.id,
                  label: `${t('pass.title', { number: pass.passNumber })}, ${t(`passState.${pass.state}`)}`,
                })),
              ]}
            />
          </Field>
        )}
        {line('segment', t('capture.plan.whole'))}
      </div>
    </details>
  );
}
