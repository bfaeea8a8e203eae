import { useTranslation } from 'react-i18next';
import { zooms } from '../../../ui/picture/layout.ts';
import { comparison, fieldChoices, useComparison, viewModes } from '../comparison.ts';
import { amplification } from './composition.ts';
import styles from './ModeBar.module.css';

/** Keeps the focus where it is: after a click the keys are still the screen's. */
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

/** Fields by when they came; A and B are the sides. */
const fieldSigns = { A: 'F1', B: 'F2' } as const;

/** How both pictures are looked at. */
export function ModeBar() {
  const { t } = useTranslation();
  const { b, mode, onlyLuma, field, view, subject } = useComparison();
  const hasFields = subject?.video.fieldOrder !== 'progressive';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus from moving.
    <div className={styles.bar} onMouseDown={keepFocus}>
      {b.kind !== 'none' && (
        <div className={styles.group} role="group" aria-label={t('viewer.modes')}>
          {viewModes.map((one, index) => (
            <button
              key={one}
              type="button"
              aria-pressed={mode === one}
              aria-label={
                one === 'amplified' || one === 'signed'
                  ? t(`viewer.modeLong.${one}`, { gain: amplification })
                  : undefined
              }
              title={`${t(`command.viewer.mode.${one}`)} (${index + 1})`}
              onClick={() => comparison.setMode(one)}
            >
              {t(`viewer.mode.${one}`, { gain: amplification })}
            </button>
          ))}
        </div>
      )}
      <span className={styles.space} />
      <div className={styles.group}>
        <button
          type="button"
          aria-pressed={onlyLuma}
          title={`${t('viewer.lumaLong')} (Y)`}
          onClick={() => comparison.toggleLuma()}
        >
          {t('viewer.luma')}
        </button>
      </div>
      {hasFields && (
        <div className={styles.group} role="group" aria-label={t('viewer.field')}>
          {fieldChoices.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={field === one}
              aria-label={t(`viewer.fieldOf.${one}`)}
              title={`${t(`viewer.fieldOf.${one}`)} (F)`}
              onClick={() => comparison.setField(one)}
            >
              {one === 'frame' ? t('viewer.fieldOf.frame') : fieldSigns[one]}
            </button>
          ))}
        </div>
      )}
      <div className={styles.group} role="group" aria-label={t('viewer.zoom')}>
        {zooms.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={view.zoom === one}
            onClick={() => comparison.zoom(one)}
          >
            {one === 'fit' ? t('viewer.fit') : one === 1 ? '1:1' : `${one}×`}
          </button>
        ))}
      </div>
    </div>
  );
}
