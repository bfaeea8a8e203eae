import { useTranslation } from 'react-i18next';
import { type Alignment, frameOfB } from '#shared/domain/alignment.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { decimal } from '../../../ui/words.ts';
import { useCursor } from '../cursor.ts';

/** How B lies on A at the cursor, and how sure that is. `isShort` where only the offset and the sureness have room. */
export function AlignmentWords({ alignment, isShort = false }: { alignment: Alignment; isShort?: boolean }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const frame = useCursor((cursor) => cursor.frame);
  const { stretches, soundOffsetMs, confidence } = alignment;
  const here = frameOfB(alignment, frame);
  if (stretches.length === 0) return <>▲ {t('viewer.notAligned')}</>;
  if (here === undefined) return <>▲ {t('viewer.alignedElsewhere')}</>;
  const sure = decimal(confidence * 100, language, 0);
  if (isShort) return t('viewer.alignedShort', { offset: signed(here - frame), confidence: sure });
  return t('viewer.aligned', {
    count: stretches.length,
    offset: signed(here - frame),
    sound: soundOffsetMs === null ? t('viewer.noSound') : `${signed(Math.round(soundOffsetMs))} ms`,
    confidence: sure,
  });
}

/** `+3`, `−2`, `0`. */
export function signed(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `−${-value}`;
}
