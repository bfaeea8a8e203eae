import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { Box } from '../../../ui/picture/layout.ts';
import { createPictureDrawer, type PictureDrawer } from '../../../ui/picture/picture-drawer.ts';
import { AccessPlayer } from '../AccessPlayer.tsx';
import { useComparison } from '../comparison.ts';
import { useCursor } from '../cursor.ts';
import type { Graphics } from './graphics.ts';
import { RegionBox } from './RegionBox.tsx';
import { useShown } from './shown.ts';
import { useComposition } from './use-composition.ts';
import { pointAnew, usePointing } from './usePointing.ts';
import styles from './Viewer.module.css';
import { WaitingWords } from './WaitingWords.tsx';
import { WipeHandle } from './WipeHandle.tsx';

interface StageProps {
  pass: Pass & { files: readonly PassFile[] };
  /** False: something else is shown in its place. */
  isReady: boolean;
  onGraphics(graphics: Graphics): void;
}

/** Slow enough to see each, and below the three flashes a second of WCAG 2.3.1. */
const blinkMs = 500;

/** The canvas with A and B, and what lies on it. */
export function Stage({ pass, isReady, onGraphics }: StageProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawer = useRef<PictureDrawer>(undefined);
  const size = useDeviceSize(canvas);
  const { pair, videoFrame } = useShown();
  const playing = useCursor((cursor) => cursor.playing);
  const isBlinking = useComparison(({ mode, b }) => mode === 'blink' && b.kind !== 'none');
  const hasVideo = playing || videoFrame !== null;
  useBlink(isBlinking);
  const access = pass.files.find((file) => file.role === 'access');
  const { look, composition } = useComposition(pass, size, hasVideo);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const begin = () => {
      drawer.current = createPictureDrawer(element);
      onGraphics(drawer.current ? 'ready' : 'none');
    };
    const lose = (event: Event) => {
      // Said otherwise, the browser would not give it back.
      event.preventDefault();
      drawer.current = undefined;
      onGraphics('lost');
    };
    begin();
    element.addEventListener('webglcontextlost', lose);
    element.addEventListener('webglcontextrestored', begin);
    return () => {
      element.removeEventListener('webglcontextlost', lose);
      element.removeEventListener('webglcontextrestored', begin);
      drawer.current?.dispose();
      drawer.current = undefined;
    };
  }, [onGraphics]);

  // In the same paint as the words: what they say is what is drawn. Only where something else is to be drawn: while the access copy plays,
  // its words come with each picture, and without a graphics processor one drawing takes longer than the next picture does.
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || !isReady || !composition || !drawer.current) return;
    if (element.width !== size.width || element.height !== size.height) {
      element.width = size.width;
      element.height = size.height;
    }
    drawer.current.draw(composition.drawing);
    pointAnew(composition, look);
  }, [isReady, composition, look, size]);

  const pointing = usePointing({ composition, look, size });
  const css = ({ x, y, width, height }: Box) => ({
    left: x / size.scale,
    top: y / size.scale,
    width: width / size.scale,
    height: height / size.scale,
  });
  const b = pair && typeof pair.b === 'object' ? pair.b : null;
  return (
    <div
      className={styles.stage}
      data-off={!isReady || undefined}
      data-drags={pointing.drags}
      {...pointing.handlers}
    >
      <canvas ref={canvas} className={styles.canvas} />
      {hasVideo && access && composition?.a && (
        <AccessPlayer
          fileId={access.id}
          picturesPerFrame={pass.video.fieldOrder === 'progressive' ? 1 : 2}
          className={styles.video}
          style={css(composition.a.box)}
        />
      )}
      {pair && composition?.a && (
        <div
          className={styles.picture}
          role="img"
          aria-label={t('review.frame', { frame: videoFrame ?? pair.a.picture.header.frame })}
          style={css(composition.a.clip)}
        />
      )}
      {b && composition?.b && (
        <div
          className={styles.picture}
          role="img"
          aria-label={
            b.address.kind === 'bars'
              ? t('viewer.barsPicture', { pattern: b.address.pattern })
              : t('viewer.frameNumber', { frame: b.picture.header.frame })
          }
          style={css(composition.b.clip)}
        />
      )}
      {composition?.wipeX !== undefined && composition.a && (
        <WipeHandle style={css({ ...composition.a.clip, x: composition.wipeX, width: 0 })} />
      )}
      {pair && composition && !hasVideo && (
        <RegionBox pair={pair} composition={composition} partInB={look.partInB} css={css} />
      )}
      {isReady && <WaitingWords />}
    </div>
  );
}

/** Size of a canvas in device pixels, as the browser really lays it out. */
function useDeviceSize(canvas: React.RefObject<HTMLCanvasElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0, scale: 1 });
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.devicePixelContentBoxSize?.[0];
      const cssWidth = entry?.contentRect.width ?? 0;
      if (!box || box.inlineSize === 0 || cssWidth === 0) return;
      setSize({ width: box.inlineSize, height: box.blockSize, scale: box.inlineSize / cssWidth });
    });
    observer.observe(element, { box: 'device-pixel-content-box' });
    return () => observer.disconnect();
  }, [canvas]);
  return size;
}

/** Puts A and B in sight by turns; the words above them follow in the same paint. */
function useBlink(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const turn = () => useShown.setState(({ isBlinkOnB }) => ({ isBlinkOnB: !isBlinkOnB }));
    const timer = setInterval(turn, blinkMs);
    return () => {
      clearInterval(timer);
      useShown.setState({ isBlinkOnB: false });
    };
  }, [isOn]);
}
