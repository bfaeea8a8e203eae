import { useEffect, useRef } from 'react';
import { media } from '../../api/media.ts';
import { review, useCursor } from './cursor.ts';

/** Plays the access copy from the cursor on and takes the cursor along, by the time of the picture really shown. */
export function AccessPlayer({ fileId }: { fileId: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const { frame, rate } = useCursor.getState();
    // The middle of the frame: the copy runs at field rate and starts a frame on its first field.
    element.currentTime = ((frame + 0.25) * rate.den) / rate.num;
    let request = 0;
    const follow: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      review.playedTo(Math.floor((mediaTime * rate.num) / rate.den + 1e-3));
      request = element.requestVideoFrameCallback(follow);
    };
    request = element.requestVideoFrameCallback(follow);
    // A play that is cut short by a pause is what was asked for, not a failure.
    element.play().catch(() => useCursor.setState({ playing: false }));
    return () => {
      element.cancelVideoFrameCallback(request);
      element.pause();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useMediaCaption: an access copy of an archive's tape has no captions.
    <video
      ref={video}
      src={media.file(fileId)}
      preload="auto"
      onEnded={() => useCursor.setState({ playing: false })}
      onError={() => useCursor.setState({ playing: false })}
    />
  );
}
