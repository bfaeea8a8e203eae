import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { origins } from '#shared/domain/origin.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { useMay } from '../../../state/person.ts';
import { useChosen } from '../event-in-sight.ts';
import { judging, useJudging } from './judging.ts';
import styles from './OriginChips.module.css';

/**
 * What the event in sight is: there, or a false alarm, and where it comes from. `O` puts the hand on the chips: a figure chooses, the
 * arrows go along, Escape leaves them. That the artist meant it has its own form, since it holds for the work.
 */
export function OriginChips({ event }: { event: ShownEvent }) {
  const { t } = useTranslation();
  const mayIntend = useMay('technician');
  const asked = useJudging((now) => now.originsAsked);
  const chips = useRef<HTMLDivElement>(null);
  const seen = useRef(asked);
  useEffect(() => {
    if (asked !== seen.current) chips.current?.querySelector('button')?.focus();
    seen.current = asked;
  }, [asked]);
  const { judged, intended } = event;
  const intend = () => useChosen.setState({ isSaying: true });
  const say = [
    ...origins.map((origin) => () => judging.decide('accepted', origin)),
    ...(mayIntend ? [intend] : []),
  ];
  function choose(index: number): void {
    say[index]?.();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }
  return (
    <>
      <div className={styles.judgement}>
        <button
          type="button"
          aria-pressed={judged?.judgement === 'accepted'}
          onClick={() => judging.decide('accepted', judged?.origin ?? null)}
        >
          ✓ {t('judging.itIsThere')} <kbd>V</kbd>
        </button>
        <button
          type="button"
          aria-pressed={judged?.judgement === 'dismissed'}
          onClick={() => judging.decide('dismissed')}
        >
          ✕ {t('judging.itIsFalse')} <kbd>D</kbd>
        </button>
        {judged && (
          <button type="button" className={styles.back} onClick={() => judging.decide('reopened')}>
            {t('judging.takeBack')}
          </button>
        )}
      </div>
      <div
        ref={chips}
        className={styles.chips}
        role="toolbar"
        aria-label={t('judging.origin')}
        onKeyDown={(pressed) => {
          const { key } = pressed;
          // Keys on the chips are theirs: the arrows would move the cursor, and figures would be typed.
          if (/^[1-9]$/.test(key)) choose(Number(key) - 1);
          else if (key === 'ArrowRight' || key === 'ArrowDown') stepFocus(pressed.currentTarget, 1);
          else if (key === 'ArrowLeft' || key === 'ArrowUp') stepFocus(pressed.currentTarget, -1);
          else if (key === 'Escape') (document.activeElement as HTMLElement | null)?.blur();
          else return;
          pressed.preventDefault();
          pressed.stopPropagation();
        }}
      >
        <span className={styles.label}>
          {t('judging.origin')} <kbd>O</kbd>
        </span>
        {origins.map((origin, index) => (
          <button
            key={origin}
            type="button"
            aria-pressed={judged?.origin === origin}
            onClick={() => choose(index)}
          >
            <small aria-hidden="true">{index + 1}</small>
            {t(`origin.${origin}`)}
          </button>
        ))}
        {mayIntend && (
          <button type="button" aria-pressed={intended !== undefined} onClick={() => choose(origins.length)}>
            <small aria-hidden="true">{origins.length + 1}</small>
            {t('judging.intended')}
          </button>
        )}
      </div>
    </>
  );
}

function stepFocus(bar: HTMLElement, by: 1 | -1): void {
  const buttons = [...bar.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
}
