import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, Field, TextLine } from '../../ui/Field.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import styles from './PeoplePanel.module.css';

const roles = ['reviewer', 'technician', 'manager'] as const;

/** Somebody who works here, by name, and what they may do. */
export function AddPerson() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('reviewer');
  const add = useMutation(
    api.station.addPerson.mutationOptions({
      onSuccess: async () => {
        setName('');
        await queries.invalidateQueries({ queryKey: api.station.people.key() });
      },
    }),
  );
  return (
    <form
      className={styles.form}
      aria-label={t('people.add')}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (name.trim() !== '') add.mutate({ name, role });
      }}
    >
      <Field name="person-name" label={t('people.name')}>
        <TextLine
          required
          value={name}
          maxLength={100}
          onChange={(changed) => setName(changed.currentTarget.value)}
        />
      </Field>
      <Field name="person-role" label={t('people.role')}>
        <Choice
          value={role}
          onChoose={(chosen) => setRole(roles.find((one) => one === chosen) ?? 'reviewer')}
          options={roles.map((one) => ({ value: one, label: t(`people.may.${one}`) }))}
        />
      </Field>
      <Button type="submit" disabled={add.isPending}>
        {t('people.add')}
      </Button>
      <p className={styles.done} role="status">
        {add.data && t('people.added', { name: add.data.name })}
      </p>
      <Sentence error={add.error} />
    </form>
  );
}
