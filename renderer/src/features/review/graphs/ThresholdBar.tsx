import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import type { Lane } from './lane-list.ts';
import { laneName, unitWord } from './measure-words.ts';
import styles from './ThresholdBar.module.css';
import { threshold, useThreshold } from './threshold.ts';

/** The value on the chosen lane: above or below it, how much, and the way to the next excursion. */
export function ThresholdBar({ lanes }: { lanes: readonly Lane[] }) {
  const { t, i18n } = useTranslation();
  const { column, side, value, nothingMore, error } = useThreshold();
  const [typed, setTyped] = useState<string>();
  const lane = lanes.find(({ key }) => key === column);
  if (lane?.kind !== 'measure') return null;
  const isShare = lane.unit === 'share';
  const shown = Number((isShare ? value * 100 : value).toPrecision(6));
  const take = (text: string) => {
    setTyped(text);
    const number = Number(text.replace(',', '.'));
    if (text.trim() !== '' && Number.isFinite(number)) threshold.setValue(isShare ? number / 100 : number);
  };
  return (
    <fieldset className={styles.bar}>
      <legend className={styles.legend}>{t('review.graph.excursions')}</legend>
      <span className={styles.name}>{laneName(lane, i18n, t)}</span>
      <Button
        tone="quiet"
        className={styles.small}
        aria-label={t('review.graph.turn')}
        onClick={() => threshold.turn()}
      >
        {side === 'above' ? `> ${t('review.graph.above')}` : `< ${t('review.graph.below')}`}
      </Button>
      <input
        className={styles.value}
        inputMode="decimal"
        aria-label={t('review.graph.value')}
        value={typed ?? String(shown)}
        onChange={(event) => take(event.currentTarget.value)}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <span>{isShare ? '%' : unitWord(lane.unit, i18n, t)}</span>
      <Button
        tone="quiet"
        className={styles.small}
        aria-label={t('command.review.previousExcursion')}
        onClick={() => void threshold.step(-1)}
      >
        ‹
      </Button>
      <Button
        tone="quiet"
        className={styles.small}
        aria-label={t('command.review.nextExcursion')}
        onClick={() => void threshold.step(1)}
      >
        ›
      </Button>
      <output className={styles.said}>
        {error
          ? t('review.graph.notFound')
          : nothingMore !== null &&
            t(nothingMore === 1 ? 'review.graph.noneAfter' : 'review.graph.noneBefore')}
      </output>
    </fieldset>
  );
}
