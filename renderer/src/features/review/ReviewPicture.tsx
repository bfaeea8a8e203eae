import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { api } from '../../api/client.ts';
import { media } from '../../api/media.ts';
import { PictureFrame } from '../../ui/PictureFrame.tsx';
import { displayAspect } from '../../ui/picture-shape.ts';
import { SteadyPicture } from '../../ui/SteadyPicture.tsx';
import { AccessPlayer } from './AccessPlayer.tsx';
import { useCursor } from './cursor.ts';

/**
 * The exact frame of the master under the cursor; while it plays, the access copy. The words on the picture are those of
 * the frame in sight, never of the one that is still on its way.
 */
export function ReviewPicture({ pass }: { pass: Pass & { files: readonly PassFile[] } }) {
  const { t } = useTranslation();
  const { frame, playing, rate } = useCursor();
  const profiles = useQuery(api.station.profiles.queryOptions());
  const profile = profiles.data?.find((one) => one.id === pass.profileId);
  const [shownSrc, setShown] = useState('');
  const [failedSrc, setFailed] = useState('');
  const access = pass.files.find((file) => file.role === 'access');
  const playsAccess = playing && access !== undefined;
  const src = media.frame(pass.id, frame);
  const shownFrame = playsAccess ? frame : frameOfAddress(shownSrc);
  const words = [
    shownFrame !== undefined && t('review.frame', { frame: shownFrame }),
    shownFrame !== undefined && formatTimecode(shownFrame, rate),
    t(playsAccess ? 'review.accessCopy' : 'review.master'),
  ].filter(Boolean);
  return (
    <PictureFrame
      aspect={displayAspect(pass.video, profile)}
      bottomLeft={words.join(' · ')}
      topLeft={!playsAccess && failedSrc === src ? `▲ ${t('review.frameFailed', { frame })}` : undefined}
    >
      <SteadyPicture
        src={src}
        alt={shownFrame === undefined ? '' : t('review.frame', { frame: shownFrame })}
        onShown={setShown}
        onFailed={setFailed}
      />
      {playsAccess && <AccessPlayer fileId={access.id} />}
    </PictureFrame>
  );
}

/** The frame that an address of a frame names. */
export function frameOfAddress(src: string): number | undefined {
  const match = /\/frames\/(\d+)\.png$/.exec(src);
  return match ? Number(match[1]) : undefined;
}
