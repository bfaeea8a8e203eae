import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import {
  carrierFormats,
  conditions,
  generations,
  tapeDescriptionSchema,
  videoStandards,
} from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { fragmentOf } from '../../state/place.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, Field, TextArea, TextLine } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Remark, Sentence } from '../../ui/Sentence.tsx';
import own from './Register.module.css';
import styles from './RegisterForm.module.css';
import { useRegisterView } from './register-view.ts';

type Entry = z.input<typeof tapeDescriptionSchema>;
const empty: Entry = { identifier: '', format: 'umatic' };

/** Takes in one tape. What is wrong with a field is said beside it; what the engine says stands above the button. */
export function RegisterForm() {
  const { t } = useTranslation();
  const [entry, setEntry] = useState<Entry>(empty);
  const [minutes, setMinutes] = useState('');
  const [shown, setShown] = useState(false);
  const register = useMutation(
    api.tapes.register.mutationOptions({
      onSuccess: () => {
        // The next tape of a shelf is mostly of the same kind.
        setEntry({ ...entry, identifier: '', title: '', notes: '' });
        setMinutes('');
        setShown(false);
      },
    }),
  );
  const description = { ...entry, ...(minutes !== '' && { durationMin: Number(minutes.replace(',', '.')) }) };
  const read = tapeDescriptionSchema.safeParse(description);
  const wrong = new Set(read.success ? [] : read.error.issues.map((issue) => String(issue.path[0])));
  const problem = (field: 'identifier' | 'durationMin') => {
    if (!shown || !wrong.has(field)) return undefined;
    if (field === 'durationMin') return t('tapes.problem.duration');
    return t(entry.identifier.trim() === '' ? 'tapes.problem.noIdentifier' : 'tapes.problem.identifier');
  };
  const set = (change: Partial<Entry>) => setEntry({ ...entry, ...change });
  return (
    <Panel
      title={t('tapes.registerTitle')}
      className={own.side}
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
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setShown(true);
          if (read.success) register.mutate(read.data);
        }}
      >
        <Field
          name="identifier"
          label={t('tape.identifier')}
          problem={problem('identifier')}
          hint={t('tapes.identifierHint')}
          wide
        >
          <TextLine
            autoFocus
            value={entry.identifier}
            onChange={(event) => set({ identifier: event.currentTarget.value })}
          />
        </Field>
        <Field name="title" label={t('tape.title')} wide>
          <TextLine
            value={entry.title ?? ''}
            onChange={(event) => set({ title: event.currentTarget.value })}
            maxLength={500}
          />
        </Field>
        <Field name="artist" label={t('tape.artist')} wide>
          <TextLine
            value={entry.artist ?? ''}
            onChange={(event) => set({ artist: event.currentTarget.value })}
            maxLength={500}
          />
        </Field>
        <Field name="format" label={t('tape.format')}>
          <Choice
            value={entry.format}
            onChoose={(format) => set({ format: format as Entry['format'] })}
            options={carrierFormats.map((value) => ({ value, label: t(`format.${value}`) }))}
          />
        </Field>
        <Field name="standard" label={t('tape.standard')}>
          <Choice
            value={entry.standard ?? 'unknown'}
            onChoose={(standard) => set({ standard: standard as NonNullable<Entry['standard']> })}
            options={videoStandards.map((value) => ({
              value,
              label: value === 'unknown' ? t('unit.unknown') : value,
            }))}
          />
        </Field>
        <Field name="generation" label={t('tape.generation')}>
          <Choice
            value={entry.generation ?? 'unknown'}
            onChoose={(generation) => set({ generation: generation as NonNullable<Entry['generation']> })}
            options={generations.map((value) => ({ value, label: t(`generation.${value}`) }))}
          />
        </Field>
        <Field name="condition" label={t('tape.condition')}>
          <Choice
            value={entry.condition ?? 'unknown'}
            onChoose={(condition) => set({ condition: condition as NonNullable<Entry['condition']> })}
            options={conditions.map((value) => ({ value, label: t(`condition.${value}`) }))}
          />
        </Field>
        <Field name="durationMin" label={t('tape.duration')} problem={problem('durationMin')}>
          <TextLine
            inputMode="decimal"
            value={minutes}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
        </Field>
        <Field name="location" label={t('tape.location')}>
          <TextLine
            value={entry.location ?? ''}
            onChange={(event) => set({ location: event.currentTarget.value })}
            maxLength={500}
          />
        </Field>
        <Field name="notes" label={t('tape.notes')} wide>
          <TextArea
            value={entry.notes ?? ''}
            onChange={(event) => set({ notes: event.currentTarget.value })}
          />
        </Field>
        <div className={styles.foot}>
          <Sentence error={register.error} />
          {register.data && !register.isPending && (
            <Remark tone="plain">
              <p>
                {t('tapes.registered')}{' '}
                <a href={fragmentOf({ screen: 'tapes', item: register.data.id })}>
                  {register.data.identifier}
                </a>
              </p>
            </Remark>
          )}
          <Button type="submit" tone="main" disabled={register.isPending}>
            {t('tapes.registerAction')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
