import { useTranslation } from 'react-i18next';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './CursorBar.module.css';
import { frameOfTyped, review, useCursor } from './cursor.ts';

/** Where the cursor is, what is being typed, and the keys that move it. */
export function CursorBar({ pass }: { pass: Pass & { files: readonly PassFile[] } }) {
  const { t } = useTranslation();
  const { frame, rate, typed, playing } = useCursor();
  const access = pass.files.some((file) => file.role === 'access');
  const target = typed ? frameOfTyped(typed, rate) : undefined;
  return (
    <section className={styles.bar} aria-label={t('review.cursor')}>
      <output className={styles.timecode}>{formatTimecode(frame, rate)}</output>
      <span className={styles.frame}>{t('review.frame', { frame })}</span>
      {typed && (
        <output className={styles.typed} data-bad={target === undefined || undefined}>
          → {typed} <kbd>⏎</kbd>
        </output>
      )}
      <span className={styles.space} />
      {access && (
        <Button onClick={() => review.togglePlay()} aria-pressed={playing}>
          {t(playing ? 'review.pause' : 'review.play')} <kbd>K</kbd>
        </Button>
      )}
      <div className={styles.steps}>
        <Button onClick={() => review.step(-10)} aria-label={t('command.review.tenBack')}>
          −10
        </Button>
        <Button onClick={() => review.step(-1)} aria-label={t('command.review.previousFrame')}>
          ←
        </Button>
        <Button onClick={() => review.step(1)} aria-label={t('command.review.nextFrame')}>
          →
        </Button>
        <Button onClick={() => review.step(10)} aria-label={t('command.review.tenOn')}>
          +10
        </Button>
      </div>
      <span className={styles.hint}>
        <kbd>,</kbd> <kbd>.</kbd> {t('review.event')} <kbd>0–9</kbd> <kbd>⏎</kbd> {t('review.goToFrame')}{' '}
        <kbd>?</kbd>
      </span>
    </section>
  );
}
