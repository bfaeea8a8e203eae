import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PassState } from '#shared/domain/pass.ts';
import type { TapeStanding as Standing, Tape, TapeReview, TapeState } from '#shared/domain/tape.ts';
import { outcomeSigns, type ReviewOutcome } from '#shared/domain/verdict.ts';
import styles from './StateWord.module.css';

const passSigns: Record<PassState, { sign: string; tone: string }> = {
  prepared: { sign: '○', tone: 'plain' },
  recording: { sign: '●', tone: 'recording' },
  stopping: { sign: '■', tone: 'plain' },
  following: { sign: '◐', tone: 'plain' },
  interrupted: { sign: '▲', tone: 'failure' },
  sealed: { sign: '✓', tone: 'sealed' },
  failed: { sign: '▲', tone: 'failure' },
};

const tapeSigns: Record<TapeState, { sign: string; tone: string }> = {
  registered: { sign: '○', tone: 'plain' },
  captured: { sign: '◐', tone: 'plain' },
  sealed: { sign: '✓', tone: 'sealed' },
  'in-review': { sign: '◑', tone: 'plain' },
  rejected: { sign: '▲', tone: 'warning' },
  accepted: { sign: '◉', tone: 'plain' },
  packaged: { sign: '■', tone: 'plain' },
};

const reviewSigns: Record<TapeReview, { sign: string; tone: string }> = {
  'in-review': tapeSigns['in-review'],
  accepted: tapeSigns.accepted,
  rejected: tapeSigns.rejected,
  'capture-again': tapeSigns.rejected,
};

const outcomeTones: Record<ReviewOutcome, string> = {
  ...{ waiting: 'plain', asked: 'plain', disputed: 'warning', accepted: 'plain' },
  ...{ rejected: 'warning', 'capture-again': 'warning' },
};

function Word({ sign, tone, children }: { sign: string; tone: string; children: React.ReactNode }) {
  return (
    <span className={styles.word} data-tone={tone}>
      <span aria-hidden="true">{sign}</span>
      {children}
    </span>
  );
}

/** The state of a pass: a shape, a colour and a word that each say it alone. */
export function PassStateWord({ state }: { state: PassState }) {
  const { t } = useTranslation();
  return <Word {...passSigns[state]}>{t(`passState.${state}`)}</Word>;
}

/** What people came to on a pass: a shape and a word. */
export function OutcomeWord({ outcome }: { outcome: ReviewOutcome }) {
  const { t } = useTranslation();
  return (
    <Word sign={outcomeSigns[outcome]} tone={outcomeTones[outcome]}>
      {t(`judging.outcome.${outcome}`)}
    </Word>
  );
}

/** How far a tape has come. */
export function TapeStateWord({ state }: { state: TapeState }) {
  const { t } = useTranslation();
  return <Word {...tapeSigns[state]}>{t(`tapeState.${state}`)}</Word>;
}

/** The same as a word to narrow the register by: tapes of which every pass failed have one of their own. */
export function TapeStandingWord({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  if (standing !== 'failed') return <TapeStateWord state={standing} />;
  return <Word {...tapeSigns.rejected}>{t('passState.failed')}</Word>;
}

/** How far a tape has come, and what reviewers say of it where that is something else: a packaged tape can be rejected later. */
export function TapeStanding({ tape }: { tape: Pick<Tape, 'state' | 'review' | 'everyPassFailed'> }) {
  const { t } = useTranslation();
  const { state, review, everyPassFailed } = tape;
  const word = review && <Word {...reviewSigns[review]}>{t(`tapeReview.${review}`)}</Word>;
  if (everyPassFailed) return <Word {...passSigns.failed}>{t('tapeReview.every-pass-failed')}</Word>;
  if (state !== 'packaged') return word ?? <TapeStateWord state={state} />;
  return (
    <span className={styles.both}>
      <TapeStateWord state={state} /> {word}
    </span>
  );
}

/** A finding's severity; one that the artist meant has a sign of its own, and no colour. */
export function SeverityMark({
  severity,
  intended = false,
  t,
}: {
  severity: 'info' | 'warn' | 'fail';
  intended?: boolean;
  t: TFunction;
}) {
  const sign = intended ? '◇' : { info: '○', warn: '●', fail: '▲' }[severity];
  const tone = intended ? 'plain' : { info: 'plain', warn: 'warning', fail: 'failure' }[severity];
  const said = t(`severity.${severity}`);
  return (
    <span
      className={styles.mark}
      data-tone={tone}
      role="img"
      aria-label={intended ? `${said}, ${t('review.intended')}` : said}
    >
      {sign}
    </span>
  );
}
