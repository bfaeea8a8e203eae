import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import { api } from '../../../api/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choice, Field } from '../../../ui/Field.tsx';
import { Sentence } from '../../../ui/Sentence.tsx';
import { FormFrame } from './FormFrame.tsx';
import { judging } from './judging.ts';
import { WordsField } from './WordsField.tsx';

/** Asks for a second opinion: of somebody, or of anyone else. */
export function OpinionForm({ passId, me }: { passId: PassId; me: string }) {
  const { t } = useTranslation();
  const people = useQuery(api.station.people.queryOptions()).data ?? [];
  const others = people.filter(({ id, name }) => id !== me && name !== '');
  const [of, setOf] = useState('');
  const [question, setQuestion] = useState('');
  const ask = useMutation(
    api.review.ask.mutationOptions({ onSuccess: () => judging.leave({ kind: 'ask' }) }),
  );
  return (
    <FormFrame
      label={t('judging.ask')}
      onSubmit={() => ask.mutate({ passId, question, of: others.find(({ id }) => id === of)?.id ?? null })}
    >
      <WordsField
        name="opinion-question"
        label={t('judging.question')}
        value={question}
        maxLength={2000}
        onChange={setQuestion}
      />
      <Field name="opinion-of" label={t('judging.askOf')} wide>
        <Choice
          value={of}
          onChoose={setOf}
          options={[
            { value: '', label: t('judging.askAnyone') },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Field>
      <footer>
        <Button tone="main" type="submit" disabled={ask.isPending}>
          {t('judging.askSend')} <kbd>⏎</kbd>
        </Button>
        <Button tone="quiet" onClick={() => judging.leave()}>
          {t('judging.leave')} <kbd>Esc</kbd>
        </Button>
      </footer>
      <Sentence error={ask.error} />
    </FormFrame>
  );
}
