import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { api } from '../../api/client.ts';
import { media } from '../../api/media.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PictureFrame } from '../../ui/PictureFrame.tsx';
import { displayAspect, pixelShape } from '../../ui/picture-shape.ts';
import { SteadyPicture } from '../../ui/SteadyPicture.tsx';
import { framesToSeconds, standardText, tenths } from '../../ui/words.ts';
import styles from './CapturePicture.module.css';

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
  const behindS = framesToSeconds(Math.max(0, session.frames - session.follower.frames), video.frameRate);
  const words = [
    standardText(video),
    t(`fieldOrder.${video.fieldOrder}`),
    `${shape.num}/${shape.den}`,
    session.state === 'recording' &&
      session.pictureVersion > 0 &&
      t('capture.live', { seconds: tenths(behindS, language) }),
  ].filter(Boolean);
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
        bottomLeft={session.signal === 'lost' ? `▲ ${t('capture.signalLost')}` : undefined}
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
