import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { api } from '../../api/client.ts';
import { fragmentOf } from '../../state/place.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { profileName } from '../../ui/profile-words.ts';
import { rateText } from '../../ui/words.ts';
import styles from './CaptureScreen.module.css';
import { FoundList } from './FoundList.tsx';
import { foundOn } from './found.ts';
import own from './SidePanels.module.css';
import { sourceName } from './sources.ts';

/** Who and what: the tape, the way of its signal, and what was found so far. */
export function SidePanels({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const shown = useQuery(api.tapes.show.queryOptions({ input: { tape: session.tapeId } }));
  const sources = useQuery(api.capture.sources.queryOptions({ staleTime: 60_000 }));
  const profiles = useQuery(api.station.profiles.queryOptions());
  const profile = profiles.data?.find((one) => one.id === session.profileId);
  const tape = shown.data?.tape;
  const found = foundOn(session);
  const marks = found.filter((one) => one.kind === 'mark');
  const rest = found.filter((one) => one.kind !== 'mark');
  const { video, audio } = session;
  return (
    <aside className={styles.side} aria-label={t('capture.whoAndWhat')}>
      <Panel
        title={t('capture.tape')}
        aside={<a href={fragmentOf({ screen: 'tapes', item: session.tapeId })}>{session.tapeIdentifier}</a>}
        className={own.fixed}
      >
        <p className={own.title}>{session.tapeTitle || t('tapes.untitled')}</p>
        {tape && (
          <p className={own.quiet}>
            {[
              tape.artist,
              t(`format.${tape.format}`),
              tape.durationMin && t('unit.minutes', { count: tape.durationMin }),
              tape.generation !== 'unknown' && t(`generation.${tape.generation}`),
              tape.condition !== 'unknown' && t(`condition.${tape.condition}`),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
      </Panel>
      <Panel title={t('capture.signal')} className={own.fixed}>
        <Facts
          rows={[
            [t('capture.source'), sourceName(session.sourceId, sources.data)],
            [t('capture.chain'), session.chainName],
            [t('capture.picture'), `${video.width} × ${video.height}, ${rateText(video.frameRate)}`],
            [
              t('capture.audio'),
              audio
                ? t('capture.sound', { channels: audio.channels, rate: audio.sampleRateHz / 1000 })
                : t('capture.noSound'),
            ],
            [t('capture.profile'), profile ? profileName(profile, i18n, t) : session.profileId],
          ]}
        />
      </Panel>
      <Panel title={t('capture.found')} aside={rest.length} className={own.grow}>
        <FoundList found={rest} rate={video.frameRate} channels={audio?.channels ?? 0} />
      </Panel>
      <Panel title={t('capture.marks')} aside={marks.length} className={own.marks}>
        <FoundList found={marks} rate={video.frameRate} />
      </Panel>
    </aside>
  );
}
