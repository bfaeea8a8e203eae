import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import { isOfFile, type ShownEvent } from '#shared/domain/qc.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, Field, TextLine } from '../../ui/Field.tsx';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import { useChosen } from './event-in-sight.ts';
import styles from './Intent.module.css';

/** Whether the artist meant what was found here; who may say so can, and can take it back, each time with the reason. */
export function Intent({ passId, event }: { passId: PassId; event: ShownEvent }) {
  const { t } = useTranslation();
  const may = useMay('technician');
  const isSaying = useChosen((chosen) => chosen.isSaying);
  if (!event.intended && !isSaying) return null;
  return (
    <div className={styles.intent}>
      {event.intended && (
        <Remark tone="plain">
          <p>{t('review.intendedLong')}</p>
          <p data-selectable>{event.intended.reason}</p>
        </Remark>
      )}
      {may && !isSaying && event.intended && (
        <Button onClick={() => useChosen.setState({ isSaying: true })}>
          {t('review.notIntended')} <kbd>I</kbd>
        </Button>
      )}
      {!may && isSaying && (
        <Remark tone="warning">{t('judging.intendNeeds', { role: t('role.technician') })}</Remark>
      )}
      {may && isSaying && <IntentForm passId={passId} event={event} />}
    </div>
  );
}

/** Enter says it, Escape leaves it: the hand stays on the keys. */
function IntentForm({ passId, event }: { passId: PassId; event: ShownEvent }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  // What is said of the file has no place on the tape.
  const hasPlace = !isOfFile(event);
  const [where, setWhere] = useState(hasPlace ? 'here' : 'work');
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => line.current?.focus(), []);
  const after = {
    onSuccess: async () => {
      leave();
      await queries.invalidateQueries({ queryKey: api.passes.key() });
    },
  };
  const intend = useMutation(api.qc.intend.mutationOptions(after));
  const withdraw = useMutation(api.qc.withdrawIntention.mutationOptions(after));
  const { intended, check, channels, startFrame, endFrame } = event;
  function say(): void {
    if (intended) {
      withdraw.mutate({ intentionId: intended.intentionId, reason });
      return;
    }
    const range = where === 'here' ? { startFrame, endFrame } : {};
    intend.mutate({ passId, check, reason, ...range, ...(channels ? { channels } : {}) });
  }
  return (
    <form
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        say();
      }}
      onKeyDown={(pressed) => pressed.key === 'Escape' && leave()}
    >
      <Field name="intent-reason" label={t('review.intendReason')} wide>
        <TextLine
          ref={line}
          required
          value={reason}
          maxLength={1000}
          onChange={(changed) => setReason(changed.currentTarget.value)}
        />
      </Field>
      {!intended && hasPlace && (
        <Field
          name="intent-where"
          label={t('review.intendWhere')}
          hint={where === 'here' ? t('review.intendHereHint') : undefined}
          wide
        >
          <Choice
            value={where}
            onChoose={setWhere}
            options={[
              { value: 'here', label: t('review.intendHere') },
              { value: 'work', label: t('review.intendWork') },
            ]}
          />
        </Field>
      )}
      <div className={styles.buttons}>
        <Button tone="main" type="submit" disabled={intend.isPending || withdraw.isPending}>
          {t(intended ? 'review.intendWithdraw' : 'review.intendSave')}
        </Button>
        <Button tone="quiet" onClick={leave}>
          {t('review.intendGiveUp')}
        </Button>
      </div>
      <Sentence error={intend.error ?? withdraw.error} />
    </form>
  );
}

function leave(): void {
  useChosen.setState({ isSaying: false });
}
