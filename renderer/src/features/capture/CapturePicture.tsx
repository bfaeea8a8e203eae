import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { api } from '../../api/client.ts';
import { media } from '../../api/media.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PictureFrame } from '../../ui/PictureFrame.tsx';
import { displayAspect, pixelShape } from '../../ui/picture-shape.ts';
import { SteadyPicture } from '../../ui/SteadyPicture.tsx';
import { standardText, tenths } from '../../ui/words.ts';
import styles from './CapturePicture.module.css';
import { pictureNow } from './following.ts';

/** The live picture while the follower makes it; of a pass that is over, the master's last frame. */
function pictureOf({ passId, state, frames, pictureVersion }: Session): string {
  const over = state === 'sealed' || state === 'failed';
  return over && frames > 0 ? media.frame(passId, frames - 1) : media.live(passId, pictureVersion);
}

/** The picture of this moment, from the frames that the follower has decoded out of the master. */
export function CapturePicture({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { language, safeArea, toggleSafeArea } = usePreferences();
  const profiles = useQuery(api.station.profiles.queryOptions());
  const profile = profiles.data?.find((one) => one.id === session.profileId);
  const { video } = session;
  const shape = pixelShape(video, profile);
  const isOver = session.state === 'sealed' || session.state === 'failed';
  const { is, place, behindS } = pictureNow(session);
  const seconds = tenths(behindS, language);
  const late =
    session.pictureVersion > 0 &&
    !isOver &&
    is !== 'live' &&
    t(is === 'behind' ? 'capture.pictureBehind' : 'capture.pictureHeld', { place, seconds });
  const words = [
    standardText(video),
    t(`fieldOrder.${video.fieldOrder}`),
    `${shape.num}/${shape.den}`,
    late,
    session.state === 'recording' && session.pictureVersion > 0 && !late && t('capture.live', { seconds }),
    isOver &&
      session.frames > 0 &&
      t('capture.stillOf', { place: formatTimecode(session.frames - 1, video.frameRate) }),
  ].filter(Boolean);
  const notices = [session.signal === 'lost' && t('capture.signalLost'), late].filter(Boolean);
  return (
    <Panel
      flush
      title={words.join(' · ')}
      aside={
        <button type="button" className={styles.toggle} aria-pressed={safeArea} onClick={toggleSafeArea}>
          {t('capture.safeArea')} <kbd>O</kbd>
        </button>
      }
    >
      <PictureFrame
        aspect={displayAspect(video, profile)}
        safeArea={safeArea && session.pictureVersion > 0}
        bottomLeft={notices.length > 0 ? notices.map((notice) => `▲ ${notice}`).join(' · ') : undefined}
      >
        {session.pictureVersion > 0 ? (
          <SteadyPicture
            key={session.passId}
            src={pictureOf(session)}
            alt={t('capture.pictureAlt', { tape: session.tapeIdentifier })}
          />
        ) : (
          <p className={styles.none}>
            {t(session.state === 'prepared' ? 'capture.pictureWhenRecording' : 'capture.noPicture')}
          </p>
        )}
      </PictureFrame>
    </Panel>
  );
}
