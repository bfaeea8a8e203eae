import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { moment } from '../../ui/words.ts';
import styles from './CertificatePanel.module.css';
import { FigureTable } from './FigureTable.tsx';
import { SelfTestForm } from './SelfTestForm.tsx';

/** The station's self-tests: a new one, the one in force, and how its figures have changed since the one before. */
export function CertificatePanel() {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const may = useMay('technician');
  const certificates = useQuery(api.station.certificates.queryOptions());
  const [chosen, setChosen] = useState('');
  const all = certificates.data ?? [];
  const shown = all.find(({ certificate }) => certificate.id === chosen) ?? all[0];
  return (
    <Panel title={t('selfTest.title')} aside={all.length} className={styles.panel}>
      {may && <SelfTestForm onDone={setChosen} />}
      <Sentence error={certificates.error} />
      {certificates.data?.length === 0 && <Empty>{t('selfTest.none')}</Empty>}
      {shown && (
        <>
          <Field name="certificate" label={t('selfTest.certificate')}>
            <Choice
              value={shown.certificate.id}
              onChoose={setChosen}
              options={all.map(({ certificate, inForce }) => ({
                value: certificate.id,
                label: [
                  moment(certificate.testedAt, language),
                  certificate.sourceId,
                  certificate.chainName,
                  t(certificate.ok ? 'selfTest.ok' : 'selfTest.notOk'),
                  inForce && t('selfTest.inForce'),
                ]
                  .filter(Boolean)
                  .join(' · '),
              }))}
            />
          </Field>
          <p className={styles.verdict} data-tone={shown.certificate.ok ? 'good' : 'failure'}>
            <strong>{shown.certificate.ok ? `✓ ${t('selfTest.ok')}` : `▲ ${t('selfTest.notOk')}`}</strong>{' '}
            {[
              shown.inForce && t('selfTest.inForceLong'),
              shown.outdated && t('selfTest.outdated'),
              t('unit.frames', { count: shown.certificate.frames }),
              t('status.dropped', { count: shown.certificate.droppedFrames }),
              shown.drift.some(({ alarming }) => alarming) && t('selfTest.drifted'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <FigureTable certificate={shown.certificate} drift={shown.drift} />
        </>
      )}
    </Panel>
  );
}
