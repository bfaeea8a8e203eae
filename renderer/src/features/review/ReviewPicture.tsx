import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pass } from '#shared/domain/pass.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { api } from '../../api/client.ts';
import { media } from '../../api/media.ts';
import { PictureFrame } from '../../ui/PictureFrame.tsx';
import { displayAspect } from '../../ui/picture-shape.ts';
import { SteadyPicture } from '../../ui/SteadyPicture.tsx';
import { useCursor } from './cursor.ts';

/** Where code values cannot be drawn: the frame of the master under the cursor as a still. The words are those of the one in sight. */
export function ReviewPicture({ pass }: { pass: Pass }) {
  const { t } = useTranslation();
  const { frame, rate } = useCursor();
  const profiles = useQuery(api.station.profiles.queryOptions());
  const profile = profiles.data?.find((one) => one.id === pass.profileId);
  const [shownSrc, setShown] = useState('');
  const [failedSrc, setFailed] = useState('');
  const src = media.frame(pass.id, frame);
  const shownFrame = frameOfAddress(shownSrc);
  const words = [
    shownFrame !== undefined && t('review.frame', { frame: shownFrame }),
    shownFrame !== undefined && formatTimecode(shownFrame, rate),
    t('review.master'),
  ].filter(Boolean);
  return (
    <PictureFrame
      aspect={displayAspect(pass.video, profile)}
      bottomLeft={words.join(' · ')}
      topLeft={failedSrc === src ? `▲ ${t('review.frameFailed', { frame })}` : undefined}
    >
      <SteadyPicture
        src={src}
        alt={shownFrame === undefined ? '' : t('review.frame', { frame: shownFrame })}
        onShown={setShown}
        onFailed={setFailed}
      />
    </PictureFrame>
  );
}

/** The frame that an address of a frame names. */
function frameOfAddress(src: string): number | undefined {
  const match = /\/frames\/(\d+)\.png$/.exec(src);
  return match ? Number(match[1]) : undefined;
}
