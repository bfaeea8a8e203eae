import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rational } from '#shared/domain/rational.ts';
import { thumbnailStepFrames } from '#shared/domain/thumbnails.ts';
import { media } from '../../../api/media.ts';
import styles from './PictureStrip.module.css';
import { thumbnailPlaces } from './thumbnail-places.ts';
import { createViewCanvas } from './view-canvas.ts';
import { createWantedStore } from './wanted-store.ts';

/** Until a first one is there, pictures are taken to be so wide for their height. */
const usualAspect = 4 / 3;
const atOnce = 2;
const kept = 300;
/** Pixels of the screen that are kept of a picture's height: the largest lane's. */
const keptHeight = 96;

interface PictureStripProps {
  passId: string;
  rate: Rational;
  frames: number;
}

/** Small pictures of the pass, each with its left edge at its frame. Those in sight are fetched, the middle first, and no others. */
export function PictureStrip({ passId, rate, frames }: PictureStripProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isMissing, setMissing] = useState(false);
  const { num, den } = rate;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const stepFrames = thumbnailStepFrames({ num, den });
    let aspect: number | undefined;
    /** The first that was asked for is not there: no other is asked for. */
    let hasNone = false;
    setMissing(false);
    const pictures = createWantedStore<ImageBitmap>({
      fetchPiece: async (key, signal) => {
        const picture = await readThumbnail(passId, Number(key), signal);
        aspect ??= picture.width / picture.height;
        return picture;
      },
      atOnce,
      kept,
      onArrival: () => view.schedule(),
      // A pass whose small pictures gave way to the recorder has none: it is said where they would be.
      onError: () => {
        hasNone = aspect === undefined;
        if (hasNone) setMissing(true);
      },
    });
    const view = createViewCanvas(element, (context, range, { width, height }) => {
      if (hasNone) return;
      const pictureWidth = Math.round(height * (aspect ?? usualAspect));
      const places = thumbnailPlaces(range, { width, pictureWidth, stepFrames, frames });
      for (const { index, left } of places) {
        const picture = pictures.get(String(index));
        if (picture) context.drawImage(picture, left, 0, pictureWidth, height);
      }
      const distance = (left: number) => Math.abs(left + (pictureWidth - width) / 2);
      const wanted = places.toSorted((a, b) => distance(a.left) - distance(b.left));
      pictures.want(wanted.map(({ index }) => String(index)));
    });
    return () => {
      view.close();
      pictures.close();
    };
  }, [passId, frames, num, den]);
  return (
    <>
      <canvas ref={canvas} className={styles.strip} />
      {isMissing && <span className={styles.missing}>{t('review.graph.noPictures')}</span>}
    </>
  );
}

/** Throws where there is no such picture. */
async function readThumbnail(passId: string, index: number, signal: AbortSignal): Promise<ImageBitmap> {
  const answer = await fetch(media.thumbnail(passId, index), { signal });
  if (!answer.ok) throw new Error(`${answer.status} for the small picture ${index}`);
  return createImageBitmap(await answer.blob(), { resizeHeight: keptHeight, resizeQuality: 'medium' });
}
