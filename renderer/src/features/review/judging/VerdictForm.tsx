import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerdictWord } from '#shared/domain/verdict.ts';
import { api, engine } from '../../../api/client.ts';
import { useMay } from '../../../state/person.ts';
import { Button } from '../../../ui/Button.tsx';
import { Sentence } from '../../../ui/Sentence.tsx';
import { FormFrame } from './FormFrame.tsx';
import { judging } from './judging.ts';
import { faultsOfPlayback, SpeaksAgainst } from './SpeaksAgainst.tsx';
import type { Judged, JudgedPass } from './useJudgedPass.ts';
import { VerdictBasis } from './VerdictBasis.tsx';
import { WordsField } from './WordsField.tsx';
import { tellWatched } from './watching.ts';

/** A verdict about to be signed: nothing is said before Enter. */
export function VerdictForm({
  pass,
  verdict,
  judged,
}: {
  pass: JudgedPass;
  verdict: VerdictWord;
  judged: Judged;
}) {
  const { t } = useTranslation();
  const mayManage = useMay('manager');
  const [reason, setReason] = useState('');
  const [settles, setSettles] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const give = useMutation({
    mutationKey: api.review.verdict.mutationKey(),
    mutationFn: giveVerdict,
    onSuccess: () => judging.leave({ kind: 'verdict', verdict }),
  });
  const isNeeded = verdict !== 'accept' || settles || faultsOfPlayback(pass.qcEvents).length > 0;
  function sign(): void {
    const isEmpty = isNeeded && reason.trim() === '';
    setMissing(isEmpty);
    if (!isEmpty) give.mutate({ passId: pass.id, verdict, reason, settles, planId: judged.planId });
  }
  return (
    <FormFrame label={t(`verdict.form.${verdict}`)} onSubmit={sign}>
      <p>
        <strong>{t(`verdict.form.${verdict}`)}</strong>
      </p>
      <VerdictBasis pass={pass} judged={judged}>
        {verdict === 'accept' && <SpeaksAgainst pass={pass} />}
      </VerdictBasis>
      <WordsField
        name="verdict-reason"
        label={t('judging.reason')}
        problem={isMissing ? t('judging.reasonNeeded') : undefined}
        hint={t('judging.enterSigns', { name: judged.me?.name ?? '' })}
        value={reason}
        maxLength={2000}
        onChange={setReason}
      />
      {mayManage && judged.said?.outcome === 'disputed' && (
        <label>
          <input
            type="checkbox"
            checked={settles}
            onChange={(changed) => setSettles(changed.currentTarget.checked)}
          />{' '}
          {t('judging.settle')}
        </label>
      )}
      <footer>
        <Button tone="main" type="submit" disabled={give.isPending}>
          {t('judging.sign', { name: judged.me?.name ?? '' })} <kbd>⏎</kbd>
        </Button>
        <Button tone="quiet" onClick={() => judging.leave()}>
          {t('judging.leave')} <kbd>Esc</kbd>
        </Button>
      </footer>
      <Sentence error={give.error} />
    </FormFrame>
  );
}

/** The basis of a verdict is what the engine was told: the last seconds watched come first. */
async function giveVerdict(given: Parameters<typeof engine.review.verdict>[0]): Promise<void> {
  await tellWatched();
  await engine.review.verdict(given);
}
