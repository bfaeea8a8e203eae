import { useTranslation } from 'react-i18next';
import { frameOfB } from '#shared/domain/alignment.ts';
import { bugText, sentenceOf } from '../../../api/sentence.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { decimal } from '../../../ui/words.ts';
import { type Comparison, choiceName, comparison, type SideB, useComparison } from '../comparison.ts';
import { useCursor } from '../cursor.ts';
import { useRegion } from '../region.ts';
import { holdShown } from './hold-shown.ts';
import styles from './ModeBar.module.css';

/** What B is, how it lies against A, and what was found when it was aligned. */
export function ChooseB() {
  const { t } = useTranslation();
  const { b, choices, shiftFrames, aligning, isSwapped } = useComparison();
  const isDrawing = useRegion((region) => region.isDrawing);
  const nameOf = (side: SideB) => {
    if (side.kind === 'none') return t('viewer.nothing');
    if (side.kind === 'access') return t('viewer.access');
    if (side.kind === 'bars') return t('viewer.bars', { pattern: side.pattern });
    if (side.kind === 'pass') return t('viewer.pass', { number: side.pass.passNumber });
    return t('viewer.held', { number: side.pass.passNumber, frame: side.frame });
  };
  const offered = b.kind === 'held' ? [...choices, b] : choices;
  return (
    <div className={styles.sideB}>
      <AlignmentWords aligning={aligning} />
      {b.kind === 'pass' && (
        <button
          type="button"
          disabled={aligning.state === 'asking'}
          onClick={() => void comparison.align()}
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
            const chosen = offered.find((side) => choiceName(side) === event.currentTarget.value);
            if (chosen) comparison.choose(chosen);
            // The keys are the screen's again.
            event.currentTarget.blur();
          }}
        >
          {offered.map((side) => (
            <option key={choiceName(side)} value={choiceName(side)}>
              {nameOf(side)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function AlignmentWords({ aligning }: { aligning: Comparison['aligning'] }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const frame = useCursor((cursor) => cursor.frame);
  if (aligning.state === 'failed') {
    const said = sentenceOf(aligning.error)?.problem ?? t('error.bug', { text: bugText(aligning.error) });
    return (
      <output className={styles.found} title={said}>
        ▲ {said}
      </output>
    );
  }
  if (aligning.state !== 'found') return null;
  const { stretches, soundOffsetMs, confidence } = aligning.alignment;
  const here = frameOfB(aligning.alignment, frame);
  if (stretches.length === 0) return <output className={styles.found}>▲ {t('viewer.notAligned')}</output>;
  if (here === undefined) return <output className={styles.found}>▲ {t('viewer.alignedElsewhere')}</output>;
  const words = t('viewer.aligned', {
    count: stretches.length,
    offset: signed(here - frame),
    sound: soundOffsetMs === null ? t('viewer.noSound') : `${signed(Math.round(soundOffsetMs))} ms`,
    confidence: decimal(confidence * 100, language, 0),
  });
  return (
    <output className={styles.found} title={words}>
      {words}
    </output>
  );
}

/** `+3`, `−2`, `0`. */
function signed(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `−${-value}`;
}
