import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { profileName } from '../../ui/profile-words.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import styles from './JudgeAgain.module.css';

/** Judges what was measured by another profile, or by newer checks: nothing is played, and the log keeps both. */
export function JudgeAgain({ pass }: { pass: { id: PassId; qcProfileId: string | null } }) {
  const { t, i18n } = useTranslation();
  const profiles = useQuery(api.qc.profiles.queryOptions());
  const judge = useMutation(api.qc.measurePass.mutationOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const profileId = chosen ?? pass.qcProfileId ?? '';
  return (
    <form
      className={styles.again}
      onSubmit={(event) => {
        event.preventDefault();
        judge.mutate({ passId: pass.id, profileId });
      }}
    >
      <Field name="judged-by" label={t('qc.report.profile')} wide>
        <Choice
          value={profileId}
          onChoose={setChosen}
          options={(profiles.data ?? []).map((one) => ({ value: one.id, label: profileName(one, i18n, t) }))}
        />
      </Field>
      <Button type="submit" disabled={judge.isPending || profileId === ''}>
        {t(judge.isPending ? 'review.measuring' : 'review.judgeAgain')}
      </Button>
      <Sentence error={judge.error} />
    </form>
  );
}
