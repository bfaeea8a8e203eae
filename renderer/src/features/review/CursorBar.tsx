import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { PassId } from '#shared/domain/ids.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { timecodeAt } from '#shared/domain/timecode-runs.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './CursorBar.module.css';
import { frameOfTyped, review, useCursor } from './cursor.ts';
import { useTapeTimecode } from './graphs/use-tape-timecode.ts';
import { CodeValueWords } from './viewer/CodeValueWords.tsx';
import { typedWaitMs } from './viewer/typed.ts';

/** Keeps the focus where it is: after a click the keys are still the screen's. */
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

/** Where the cursor is, how it moves, what is being typed, the keys that move it, and the values under the pointer. */
export function CursorBar({ passId }: { passId: PassId }) {
  const { t } = useTranslation();
  const { frame, frames, rate, typed, speed, inFrame, outFrame, loops } = useCursor();
  const target = typed.text ? frameOfTyped(typed.text, rate) : undefined;
  const isWrong = target === undefined || target >= frames;
  const own = useOwnTimecode(passId);
  useTypedOver();
  usePaste();
  return (
    <section className={styles.bar} aria-label={t('review.cursor')} onMouseDown={keepFocus}>
      <output className={styles.timecode}>{formatTimecode(frame, rate)}</output>
      <span className={styles.frame}>
        <span>
          {t('review.frame', { frame })} <small>{t('review.fromFirst')}</small>
        </span>
        {own && (
          <span>
            {own} <small>{t('capture.tapeTimecode')}</small>
          </span>
        )}
      </span>
      <div className={styles.steps}>
        <Button
          className={styles.ten}
          onClick={() => review.step(-10)}
          aria-label={t('command.review.tenBack')}
        >
          −10
        </Button>
        <Button onClick={() => review.step(-1)} aria-label={t('command.review.previousFrame')}>
          ←
        </Button>
        <Button className={styles.play} onClick={() => review.togglePlay()} aria-pressed={speed !== 0}>
          {speed === 0 ? t('review.play') : t('review.pause')}
        </Button>
        <Button onClick={() => review.step(1)} aria-label={t('command.review.nextFrame')}>
          →
        </Button>
        <Button className={styles.ten} onClick={() => review.step(10)} aria-label={t('command.review.tenOn')}>
          +10
        </Button>
      </div>
      {speed !== 0 && <output className={styles.frame}>{t('viewer.speed', { speed })}</output>}
      {(inFrame !== null || outFrame !== null || loops) && (
        <span className={styles.range}>
          {inFrame !== null && <span>{t('viewer.inRange', { time: formatTimecode(inFrame, rate) })}</span>}
          {outFrame !== null && <span>{t('viewer.outRange', { time: formatTimecode(outFrame, rate) })}</span>}
          {loops && <span className={styles.loop}>⟲ {t('viewer.loops')}</span>}
        </span>
      )}
      {typed.text && typedWaitMs(typed) === undefined && (
        <output className={styles.typed} data-bad={isWrong || undefined}>
          → {typed.text} <kbd>⏎</kbd> <kbd>Esc</kbd>
          {target !== undefined && isWrong && <em> {t('viewer.behindEnd')}</em>}
        </output>
      )}
      <span className={styles.space} />
      <span className={styles.hint}>
        <kbd>J</kbd> <kbd>K</kbd> <kbd>L</kbd> <kbd>,</kbd> <kbd>.</kbd> {t('review.event')} <kbd>0–9</kbd>{' '}
        <kbd>⏎</kbd> {t('review.goToFrame')} <kbd>?</kbd>
      </span>
      <CodeValueWords />
    </section>
  );
}

/** The tape's own timecode at the cursor, where it has one: not the time from the first frame, which the large figures tell. */
function useOwnTimecode(passId: PassId): string | undefined {
  const { frame, rate } = useCursor();
  const timecode = useTapeTimecode(passId);
  return timecode && timecodeAt(timecode.runs, frame, rate);
}

/** A figure that chose a mode begins no number any more after a while; the mode stays. */
function useTypedOver(): void {
  const typed = useCursor((cursor) => cursor.typed);
  useEffect(() => {
    const waitMs = typedWaitMs(typed);
    if (waitMs === undefined) return;
    const timer = setTimeout(() => review.untype(), waitMs);
    return () => clearTimeout(timer);
  }, [typed]);
}

/** A frame or a timecode that is pasted anywhere but into a field. */
function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const isField = event.target instanceof HTMLElement && event.target.closest('input, textarea, select');
      if (!isField) review.paste(event.clipboardData?.getData('text') ?? '');
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}
