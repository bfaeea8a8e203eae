import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import type { Holding } from '#shared/domain/pass-review.ts';
import { api } from '../../../api/client.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { Button } from '../../../ui/Button.tsx';
import { Sentence } from '../../../ui/Sentence.tsx';
import { moment } from '../../../ui/words.ts';
import { FormFrame } from './FormFrame.tsx';
import { judging, useJudging } from './judging.ts';
import styles from './VerdictPanel.module.css';
import { WordsField } from './WordsField.tsx';

interface HoldingProps {
  holding: Holding | null;
  me: string;
  nameOf: (personId: string) => string;
}

/** Who has the pass on their desk, and the step that can be taken. */
export function HoldingLine({ holding, me, nameOf }: HoldingProps) {
  const { t } = useTranslation();
  const isPending = useJudging((now) => now.isPending);
  const isMine = holding?.personId === me;
  return (
    <p className={styles.line}>
      <span>
        {isMine
          ? t('judging.withYou')
          : holding
            ? t('judging.with', { name: nameOf(holding.personId) })
            : t('judging.withNobody')}
      </span>
      <Button tone="quiet" disabled={isPending} onClick={() => void judging.take()}>
        {t(isMine ? 'judging.putBack' : holding ? 'judging.takeOver' : 'judging.take')} <kbd>T</kbd>
      </Button>
    </p>
  );
}

/** Taking over what another person has: told plainly, with the reason. */
export function TakeOverForm({
  passId,
  holding,
  nameOf,
}: Pick<HoldingProps, 'nameOf'> & { passId: PassId; holding: Holding }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const [reason, setReason] = useState('');
  const take = useMutation(api.review.take.mutationOptions({ onSuccess: () => judging.leave() }));
  return (
    <FormFrame label={t('judging.takeOver')} onSubmit={() => take.mutate({ passId, reason })}>
      <WordsField
        name="take-over-reason"
        label={t('judging.takeOverReason', {
          name: nameOf(holding.personId),
          since: moment(holding.takenAt, language),
        })}
        required
        value={reason}
        maxLength={2000}
        onChange={setReason}
      />
      <footer>
        <Button tone="main" type="submit" disabled={take.isPending}>
          {t('judging.take')} <kbd>⏎</kbd>
        </Button>
        <Button tone="quiet" onClick={() => judging.leave()}>
          {t('judging.leave')} <kbd>Esc</kbd>
        </Button>
      </footer>
      <Sentence error={take.error} />
    </FormFrame>
  );
}
