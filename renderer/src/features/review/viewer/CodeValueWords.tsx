import { useTranslation } from 'react-i18next';
import type { Point } from '../../../ui/picture/layout.ts';
import { type CodeValues, codeValuesAt } from '../../../ui/picture/picture.ts';
import { useComparison } from '../comparison.ts';
import styles from './CodeValueWords.module.css';
import { pointOfB } from './composition.ts';
import type { ShownPicture } from './presenter.ts';
import { usePointer, useShown } from './shown.ts';
import { parityOf } from './wanted.ts';

/** The true codes of the samples under the pointer, of both sides, as they are in the files. */
export function CodeValueWords() {
  const { t } = useTranslation();
  const point = usePointer((pointer) => pointer.point);
  const partInB = usePointer((pointer) => pointer.partInB);
  const { pair, videoFrame } = useShown();
  const field = useComparison((compared) => compared.field);
  if (!point || !pair || videoFrame !== null) return <output className={styles.values} />;
  const valuesOf = ({ picture, address }: ShownPicture, at: Point) =>
    codeValuesAt(picture, at, parityOf(address, field));
  const a = valuesOf(pair.a, point);
  const b = pair.b && typeof pair.b === 'object' && valuesOf(pair.b, pointOfB(point, partInB));
  return (
    <output className={styles.values} aria-label={t('viewer.under')}>
      {a && <span className={styles.place}>{t('viewer.place', { x: a.column, y: a.line })}</span>}
      {a && <Values side="A" values={a} />}
      {b && <Values side="B" values={b} />}
    </output>
  );
}

function Values({ side, values: { y, u, v } }: { side: string; values: CodeValues }) {
  const figures = (value: number) => String(value).padStart(4, '\u2007');
  return (
    <span className={styles.side}>
      <b>{side}</b> Y{figures(y)} U{figures(u)} V{figures(v)}
    </span>
  );
}
