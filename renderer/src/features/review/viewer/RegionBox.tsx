import { useTranslation } from 'react-i18next';
import { type Lines, likeness, type Region } from '#shared/domain/picture-metrics.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { type Box, partOf, placed, shared } from '../../../ui/picture/layout.ts';
import { exactly } from '../../../ui/words.ts';
import { useComparison } from '../comparison.ts';
import { useRegion } from '../region.ts';
import type { Composition } from './composition.ts';
import type { ShownPair } from './presenter.ts';
import styles from './Viewer.module.css';
import { parityOf } from './wanted.ts';

interface RegionBoxProps {
  pair: ShownPair;
  composition: Composition;
  css(box: Box): React.CSSProperties;
}

/** The region on each picture, and how alike A and B are in it. */
export function RegionBox({ pair, composition, css }: RegionBoxProps) {
  const region = useRegion((one) => one.region);
  const view = useComparison((compared) => compared.view);
  const words = useLikeness(pair, region);
  if (!region) return null;
  const { areas, raster } = composition;
  const part = {
    x: region.x / raster.width,
    y: region.y / raster.height,
    width: region.width / raster.width,
    height: region.height / raster.height,
  };
  return areas.map((area, index) => {
    const inSight = shared(partOf(placed(area, raster, view), part), area);
    if (!inSight) return null;
    const isLow = inSight.y - area.y < 40;
    return (
      <div key={`${area.x}-${area.y}`} className={styles.region} style={css(inSight)}>
        {index === 0 && (
          <output className={styles.regionWords} data-below={isLow || undefined}>
            {words}
          </output>
        )}
      </div>
    );
  });
}

/** The region in words, for the field or the frame that is looked at. */
function useLikeness({ a, b }: ShownPair, region: Region | null): string {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const field = useComparison((compared) => compared.field);
  if (!region) return '';
  const size = t('viewer.regionSize', { width: region.width, height: region.height });
  if (b === null || typeof b !== 'object') return size;
  const one = a.picture.header;
  const other = b.picture.header;
  if (one.width !== other.width || one.height !== other.height) return `${size} · ${t('viewer.otherRaster')}`;
  const lines: Lines = parityOf(a.address, field) ?? 'all';
  if (lines !== 'all' && region.height < 2) return `${size} · ${t('viewer.tooSmall')}`;
  const { psnrDb, ssim } = likeness(
    { samples: a.picture.planes.y, width: one.width, bitDepth: one.bitDepth },
    { samples: b.picture.planes.y, width: other.width, bitDepth: other.bitDepth },
    region,
    lines,
  );
  const likenessWords = t('viewer.regionLikeness', {
    psnr:
      psnrDb === Number.POSITIVE_INFINITY ? `∞ (${t('viewer.same')})` : `${exactly(psnrDb, language, 2)} dB`,
    ssim: ssim === null ? t('viewer.tooSmall') : exactly(ssim, language, 4),
  });
  return `${size} · Y ${likenessWords}`;
}
