import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { EngineText } from '../../ui/EngineText.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Late } from '../../ui/Late.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { profileDescription, profileName } from '../../ui/profile-words.ts';
import { Sentence } from '../../ui/Sentence.tsx';
import { CertificatePanel } from './CertificatePanel.tsx';
import { DoctorPanel } from './DoctorPanel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import styles from './StationScreen.module.css';

/** What this machine is, what it can do, and what stands at it. */
export function StationScreen() {
  // What a role may not see is not asked for.
  const may = useMay('technician');
  return (
    <div className={styles.screen}>
      <div className={styles.side}>
        <CertificatePanel />
        {may && <DoctorPanel />}
      </div>
      <div className={styles.side}>
        <PeoplePanel />
        <InfoPanel />
        {may && <SourcesPanel />}
        <ProfilesPanel />
      </div>
    </div>
  );
}

function InfoPanel() {
  const { t } = useTranslation();
  const info = useQuery(api.station.info.queryOptions());
  return (
    <Panel title={t('station.info')}>
      <Sentence error={info.error} />
      {info.data && (
        <Facts
          rows={[
            ['Helical', info.data.version],
            [t('station.signedIn'), `${info.data.person.name}, ${t(`role.${info.data.person.role}`)}`],
            [t('station.id'), <code key="id">{info.data.stationId}</code>],
            [t('station.dataDir'), info.data.dataDir && <code key="dir">{info.data.dataDir}</code>],
          ]}
        />
      )}
    </Panel>
  );
}

function SourcesPanel() {
  const { t } = useTranslation();
  const sources = useQuery(api.capture.sources.queryOptions());
  return (
    <Panel title={t('station.sources')} aside={sources.data?.length}>
      <Sentence error={sources.error} />
      {sources.isPending && (
        <Late>
          <p className={styles.quiet}>{t('station.lookingForSources')}</p>
        </Late>
      )}
      <ul className={styles.items}>
        {sources.data?.map((source) => (
          <li key={source.id}>
            <p>
              <strong>
                <EngineText text={source.name} />
              </strong>{' '}
              <code>{source.id}</code>
            </p>
            {source.inputs.map((input) => (
              <p key={input.id} className={styles.quiet}>
                <EngineText text={input.name} />
              </p>
            ))}
            {source.unavailable && (
              <p className={styles.warning}>
                ◆ <EngineText text={source.unavailable} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ProfilesPanel() {
  const { t, i18n } = useTranslation();
  const profiles = useQuery(api.station.profiles.queryOptions());
  const archive = useQuery(api.batches.profiles.queryOptions());
  return (
    <Panel title={t('station.profiles')}>
      <Sentence error={profiles.error ?? archive.error} />
      <ul className={styles.items}>
        {[...(profiles.data ?? []), ...(archive.data ?? [])].map((profile) => (
          <li key={profile.id}>
            <p>
              <strong>{profileName(profile, i18n, t)}</strong> <code>{profile.id}</code>
            </p>
            <p className={styles.quiet}>{profileDescription(profile, i18n, t)}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
