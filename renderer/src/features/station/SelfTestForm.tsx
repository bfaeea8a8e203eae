import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import { api } from '../../api/client.ts';
import type { Language } from '../../state/preferences.ts';
import { useIsRecording } from '../../state/recording.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, Field, TextLine } from '../../ui/Field.tsx';
import { profileName } from '../../ui/profile-words.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import styles from './CertificatePanel.module.css';

/** Bars and tone are being played: which source sees them, through which chain, for how long. */
export function SelfTestForm({ onDone }: { onDone(certificateId: string): void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  const recording = useIsRecording();
  const queries = useQueryClient();
  const sources = useQuery(api.capture.sources.queryOptions());
  const profiles = useQuery(api.station.profiles.queryOptions());
  const [source, setSource] = useState('');
  const [profileId, setProfile] = useState('');
  const [chainName, setChainName] = useState('');
  const [seconds, setSeconds] = useState('60');
  const [signal, setSignal] = useState<'clapper' | 'bars'>('clapper');
  const test = useMutation(
    api.station.selfTest.mutationOptions({
      onSuccess: async ({ certificate }) => {
        await queries.invalidateQueries({ queryKey: api.station.certificates.key() });
        onDone(certificate.id);
      },
    }),
  );
  const said = (english: string) => engineWords(language, english).words;
  const addresses = (sources.data ?? [])
    .filter((one) => one.live && !one.unavailable)
    .flatMap((one) =>
      one.inputs.length > 0
        ? one.inputs.map((input) => ({
            value: input.selection,
            label: `${said(one.name)}${colon(language)} ${said(input.name)}`,
          }))
        : [{ value: one.id, label: said(one.name) }],
    );
  const lengthS = Number(seconds.replace(',', '.'));
  const bad = !(lengthS >= 4 && lengthS <= 7200);
  const from = source || addresses[0]?.value || '';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (bad || !from) return;
        test.mutate({
          ...{ source: from, chainName, seconds: lengthS, barsOnly: signal === 'bars' },
          ...(profileId && { profileId }),
        });
      }}
    >
      <Field name="selfTestSource" label={t('capture.source')}>
        <Choice value={from} onChoose={setSource} options={addresses} />
      </Field>
      <Field name="selfTestProfile" label={t('capture.profile')}>
        <Choice
          value={profileId || profiles.data?.[0]?.id || ''}
          onChoose={setProfile}
          options={(profiles.data ?? []).map((one) => ({ value: one.id, label: profileName(one, i18n, t) }))}
        />
      </Field>
      <Field name="selfTestChain" label={t('capture.chain')}>
        <TextLine
          value={chainName}
          placeholder={t('capture.chainPlaceholder')}
          maxLength={200}
          onChange={(event) => setChainName(event.currentTarget.value)}
        />
      </Field>
      <Field name="selfTestSignal" label={t('selfTest.signal')}>
        <Choice
          value={signal}
          onChoose={(value) => setSignal(value === 'bars' ? 'bars' : 'clapper')}
          options={[
            { value: 'clapper', label: t('selfTest.withClapper') },
            { value: 'bars', label: t('selfTest.barsOnly') },
          ]}
        />
      </Field>
      <Field
        name="selfTestSeconds"
        label={t('selfTest.seconds')}
        problem={bad ? t('selfTest.secondsProblem') : undefined}
      >
        <TextLine
          value={seconds}
          inputMode="decimal"
          onChange={(event) => setSeconds(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" tone="main" disabled={bad || !from || recording || test.isPending}>
        {t(test.isPending ? 'selfTest.running' : 'selfTest.start')}
      </Button>
      <Sentence error={test.error} className={styles.wide} />
    </form>
  );
}
