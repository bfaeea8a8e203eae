import { useTranslation } from 'react-i18next';
import { AlignmentWords, signed } from '../compare/AlignmentWords.tsx';
import { type Comparison, choiceName, comparison, type SideB, useComparison } from '../comparison.ts';
import { useRegion } from '../region.ts';
import { side } from '../side.ts';
import { holdShown } from './hold-shown.ts';
import styles from './ModeBar.module.css';

/** What B is, how it lies against A, and what was found when it was aligned. */
export function ChooseB() {
  const { t } = useTranslation();
  const { b, choices, shiftFrames, aligning, isSwapped } = useComparison();
  const isDrawing = useRegion((region) => region.isDrawing);
  const nameOf = (one: SideB) => {
    if (one.kind === 'none') return t('viewer.nothing');
    if (one.kind === 'access') return t('viewer.access');
    if (one.kind === 'bars') return t('viewer.bars', { pattern: one.pattern });
    if (one.kind === 'pass') return t('viewer.pass', { number: one.pass.passNumber });
    return t('viewer.held', { number: one.pass.passNumber, frame: one.frame });
  };
  const offered = b.kind === 'held' ? [...choices, b] : choices;
  return (
    <div className={styles.sideB}>
      <FoundWords aligning={aligning} />
      {b.kind === 'pass' && (
        <button
          type="button"
          disabled={aligning.state === 'asking'}
          aria-pressed={aligning.state === 'found' && aligning.alignment.stretches.length > 0}
          onClick={() => void side.align()}
          title={`${t('command.viewer.align')} (G)`}
        >
          {t(aligning.state === 'asking' ? 'viewer.aligning' : 'viewer.align')}
        </button>
      )}
      {(b.kind === 'pass' || b.kind === 'access') && (
        <div className={styles.group} role="group" aria-label={t('viewer.shift')}>
          <button
            type="button"
            aria-label={t('viewer.earlier')}
            title={`${t('viewer.earlier')} (<)`}
            onClick={() => comparison.shift(-1)}
          >
            −
          </button>
          <output className={styles.shift}>{signed(shiftFrames)}</output>
          <button
            type="button"
            aria-label={t('viewer.later')}
            title={`${t('viewer.later')} (>)`}
            onClick={() => comparison.shift(1)}
          >
            +
          </button>
        </div>
      )}
      {b.kind !== 'none' && (
        <button
          type="button"
          aria-pressed={isSwapped}
          title={`${t('viewer.swapLong')} (X)`}
          onClick={() => comparison.swap()}
        >
          {t('viewer.swap')}
        </button>
      )}
      <button
        type="button"
        aria-pressed={isDrawing}
        title={`${t('viewer.regionLong')} (M)`}
        onClick={() => useRegion.setState({ isDrawing: !isDrawing })}
      >
        {t('viewer.region')}
      </button>
      <button type="button" title={`${t('viewer.holdLong')} (H)`} onClick={holdShown}>
        {t('viewer.hold')}
      </button>
      <label>
        {t('viewer.sideB')}
        <select
          aria-label={t('viewer.sideB')}
          value={choiceName(b)}
          onChange={(event) => {
            const chosen = offered.find((one) => choiceName(one) === event.currentTarget.value);
            if (chosen) comparison.choose(chosen);
            // The keys are the screen's again.
            event.currentTarget.blur();
          }}
        >
          {offered.map((one) => (
            <option key={choiceName(one)} value={choiceName(one)}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** In short: the panel of the comparison says it whole. */
function FoundWords({ aligning }: { aligning: Comparison['aligning'] }) {
  const { t } = useTranslation();
  if (aligning.state === 'failed')
    return <output className={styles.found}>▲ {t('viewer.alignFailed')}</output>;
  if (aligning.state !== 'found') return null;
  return (
    <output className={styles.found}>
      <AlignmentWords alignment={aligning.alignment} isShort />
    </output>
  );
}
