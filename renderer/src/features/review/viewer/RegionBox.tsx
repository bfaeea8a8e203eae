import { useTranslation } from 'react-i18next';
import type { Region } from '#shared/domain/picture-metrics.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { type Box, partOf, placed, shared } from '../../../ui/picture/layout.ts';
import { exactly } from '../../../ui/words.ts';
import { useComparison } from '../comparison.ts';
import { useRegion } from '../region.ts';
import type { Composition } from './composition.ts';
import type { ShownPair } from './presenter.ts';
import { regionLikeness } from './region-likeness.ts';
import styles from './Viewer.module.css';

interface RegionBoxProps {
  pair: ShownPair;
  composition: Composition;
  /** Which part of A's picture B holds. */
  partInB: Box;
  css(box: Box): React.CSSProperties;
}

/** The region on each picture, and how alike A and B are in it. */
export function RegionBox({ pair, composition, partInB, css }: RegionBoxProps) {
  const region = useRegion((one) => one.region);
  const view = useComparison((compared) => compared.view);
  const words = useLikeness(pair, partInB, region);
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
            <span>{words.figures}</span>
            {words.remarks !== '' && <small>{words.remarks}</small>}
          </output>
        )}
      </div>
    );
  });
}

/** What the region measures, and below it what the figures are of: without that they look better than the eye says. */
interface RegionWords {
  figures: string;
  remarks: string;
}

/** The region in words, for the field or the frame that is looked at. */
function useLikeness(pair: ShownPair, partInB: Box, region: Region | null): RegionWords {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const field = useComparison((compared) => compared.field);
  if (!region) return { figures: '', remarks: '' };
  const size = t('viewer.regionSize', { width: region.width, height: region.height });
  const found = regionLikeness(pair, region, { field, partInB });
  if (found === null) return { figures: size, remarks: '' };
  if (typeof found === 'string') return { figures: size, remarks: t(`viewer.${found}`) };
  const { psnrDb, ssim, scaledToWidth, linesOf } = found;
  const likenessWords = t('viewer.regionLikeness', {
    psnr:
      psnrDb === Number.POSITIVE_INFINITY ? `∞ (${t('viewer.same')})` : `${exactly(psnrDb, language, 2)} dB`,
    ssim: ssim === null ? t('viewer.tooSmall') : exactly(ssim, language, 4),
  });
  const remarks = [
    ...(linesOf ? [t('viewer.linesOf', { field: t(`viewer.fieldOf.${linesOf}`) })] : []),
    ...(scaledToWidth ? [t('viewer.scaledToCopy', { width: scaledToWidth })] : []),
  ];
  return { figures: `${size} · Y ${likenessWords}`, remarks: remarks.join(' · ') };
}
