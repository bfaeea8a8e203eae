import { useTranslation } from 'react-i18next';
import { zooms } from '../../../ui/picture/layout.ts';
import { comparison, fieldChoices, useComparison, viewModes } from '../comparison.ts';
import { Choices } from './Choices.tsx';
import { amplification } from './composition.ts';
import styles from './ModeBar.module.css';

/** Keeps the focus where it is: after a click the keys are still the screen's. */
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

/** Firefox presses a button when the space bar comes up again, whatever became of its going down. */
const keepSpace = (event: React.KeyboardEvent) => {
  if (event.key === ' ') event.preventDefault();
};

/** Fields by when they came; A and B are the sides. */
const fieldSigns = { A: 'F1', B: 'F2' } as const;

/** How both pictures are looked at. The space bar plays here too: see `data-space`. */
export function ModeBar() {
  const { t } = useTranslation();
  const { b, mode, onlyLuma, field, view, subject } = useComparison();
  const hasFields = subject?.video.fieldOrder !== 'progressive';
  const longMode = (one: typeof mode) =>
    one === 'amplified' || one === 'signed'
      ? t(`viewer.modeLong.${one}`, { gain: amplification })
      : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus from moving, and the space bar for playing.
    <div className={styles.bar} data-space="plays" onMouseDown={keepFocus} onKeyUp={keepSpace}>
      {b.kind !== 'none' && (
        <Choices
          label={t('viewer.modes')}
          values={viewModes}
          chosen={mode}
          choose={(one) => comparison.setMode(one)}
          tell={(one) => ({
            words: t(`viewer.mode.${one}`, { gain: amplification }),
            label: longMode(one),
            title: `${t(`command.viewer.mode.${one}`)} (${viewModes.indexOf(one) + 1})`,
          })}
        />
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
        <Choices
          label={t('viewer.field')}
          values={fieldChoices}
          chosen={field}
          choose={(one) => comparison.setField(one)}
          tell={(one) => ({
            words: one === 'frame' ? t('viewer.fieldOf.frame') : fieldSigns[one],
            label: t(`viewer.fieldOf.${one}`),
            title: `${t(`viewer.fieldOf.${one}`)} (F)`,
          })}
        />
      )}
      <Choices
        label={t('viewer.zoom')}
        values={zooms}
        chosen={view.zoom}
        choose={(one) => comparison.zoom(one)}
        tell={(one) => ({ words: one === 'fit' ? t('viewer.fit') : one === 1 ? '1:1' : `${one}×` })}
      />
    </div>
  );
}
