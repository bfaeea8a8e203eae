import { useEffect, useRef } from 'react';
import { media } from '../../api/media.ts';
import { review, stretchOf, useCursor } from './cursor.ts';
import { createPlayedDrawing } from './draw-played.ts';
import { type PlayedPicture, shownFrom } from './shown-from.ts';
import { useShown } from './viewer/shown.ts';

interface AccessPlayerProps {
  fileId: string;
  className: string | undefined;
  /** Pictures that it has of each frame of the master: 2 where fields became pictures. */
  picturesPerFrame: 1 | 2;
  /** Where all of its picture lies. */
  style: React.CSSProperties;
}

/**
 * Plays the access copy from the cursor on and takes the cursor along. Its pictures are drawn above the player by whoever tells their number,
 * so that both come to the screen together; where the browser cannot, the player's own are in sight and the number is about. Once stopped it
 * stays with its last picture until the master's own is in sight.
 */
export function AccessPlayer({ fileId, picturesPerFrame, className, style }: AccessPlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const drawing = useRef<HTMLCanvasElement>(null);
  const { playing, speed } = useCursor();

  useEffect(() => {
    const element = video.current;
    if (!element || !drawing.current) return;
    const draw = createPlayedDrawing(element, drawing.current);
    let [told, painted] = [0, 0];
    let last: PlayedPicture | null = null;
    let drawnPictures = 0;
    /** On its way to another place it may have a picture of the place before. */
    let isThere = false;
    const show = ({ mediaTime, presentedFrames }: Omit<PlayedPicture, 'frame'>, isVideoAbout: boolean) => {
      const cursor = useCursor.getState();
      const shown = Math.floor((mediaTime * cursor.rate.num) / cursor.rate.den + 1e-3);
      const before = useShown.getState().videoFrame ?? cursor.frame;
      const videoFrame = Math.min(shown, cursor.frames - 1);
      const picture = { frame: videoFrame, mediaTime, presentedFrames };
      const picturesPerSecond = (picturesPerFrame * cursor.rate.num) / cursor.rate.den;
      const videoFrom = shownFrom(last, picture, { picturesPerSecond, picturesPerFrame });
      last = picture;
      useShown.setState({ videoFrame, videoFrom, isVideoAbout });
      // A picture that comes after the stop still takes the cursor along, unless somebody went elsewhere.
      if (cursor.playing || cursor.frame === before) review.ranTo(shown);
      const { from, to } = stretchOf(cursor);
      if (cursor.playing && cursor.loops && shown >= to) element.currentTime = timeOf(from);
    };
    const follow: VideoFrameRequestCallback = (_now, presented) => {
      told = element.requestVideoFrameCallback(follow);
      isThere = !element.seeking;
      if (!isThere) last = null;
      else if (!draw) show(presented, true);
    };
    // Asked with each picture of the screen: of two that follow within one, the browser tells one only, and lost every sixth of 50 a second.
    const drawNow = () => {
      painted = requestAnimationFrame(drawNow);
      if (element.seeking) {
        isThere = false;
        last = null;
      }
      const mediaTime = isThere ? draw?.() : undefined;
      if (mediaTime === undefined) return;
      drawnPictures += 1;
      show({ mediaTime, presentedFrames: drawnPictures }, false);
    };
    told = element.requestVideoFrameCallback(follow);
    if (draw) painted = requestAnimationFrame(drawNow);
    return () => {
      element.cancelVideoFrameCallback(told);
      cancelAnimationFrame(painted);
      element.pause();
      useShown.setState({ videoFrame: null, videoFrom: null });
    };
  }, [picturesPerFrame]);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    if (!playing) {
      element.pause();
      return;
    }
    element.currentTime = timeOf(useCursor.getState().frame);
    element.play().catch(stopUnlessCutShort);
  }, [playing]);

  useEffect(() => {
    if (video.current && playing) video.current.playbackRate = speed;
  }, [playing, speed]);

  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: an access copy of an archive's tape has no captions. */}
      <video
        ref={video}
        className={className}
        style={style}
        src={media.file(fileId)}
        preload="auto"
        onEnded={(event) => {
          const cursor = useCursor.getState();
          if (!cursor.loops) {
            review.stop();
            return;
          }
          event.currentTarget.currentTime = timeOf(stretchOf(cursor).from);
          event.currentTarget.play().catch(stopUnlessCutShort);
        }}
        onError={() => review.stop()}
      />
      {/* Without a picture of its own it lets the player's through. */}
      <canvas ref={drawing} width={0} height={0} className={className} style={style} />
    </>
  );
}

/**
 * A play that is cut short by a pause is what was asked for and no failure: L pressed three times goes on by pictures of the master,
 * which are no business of this player.
 */
function stopUnlessCutShort(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) review.stop();
}

/** The middle of a frame's first field, in seconds: the copy runs at field rate and starts a frame on its first field. */
function timeOf(frame: number): number {
  const { rate } = useCursor.getState();
  return ((frame + 0.25) * rate.den) / rate.num;
}
