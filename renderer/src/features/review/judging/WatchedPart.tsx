import { useTranslation } from 'react-i18next';
import { countFrames, type FrameRange } from '#shared/domain/frame-ranges.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { samplingPlanIds } from '#shared/domain/sampling.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { Button } from '../../../ui/Button.tsx';
import { Remark } from '../../../ui/Sentence.tsx';
import { framesToSeconds, span } from '../../../ui/words.ts';
import { judging, watchedOf } from './judging.ts';
import { SampleBand } from './SampleBand.tsx';
import type { Judged, JudgedPass } from './useJudgedPass.ts';
import styles from './WatchedPart.module.css';
import { useWatching } from './watching.ts';

/** The sample, and what was truly watched of it: by whom, and how much. */
export function WatchedPart({ pass, judged }: { pass: JudgedPass; judged: Judged }) {
  const { t } = useTranslation();
  const setPlan = usePreferences((preferences) => preferences.setSamplingPlan);
  const { sample, own, planId, said, me, nameOf } = judged;
  const others = said?.watched.filter(({ personId }) => personId !== me?.id) ?? [];
  const long = (frames: number) => span(framesToSeconds(frames, pass.video.frameRate));
  const ofSample = (ranges: readonly FrameRange[]) =>
    sample.reduce((sum, part) => sum + watchedOf(part, ranges), 0);
  const skippedFrames = useWatching((watching) => watching.skippedFrames);
  const all = countFrames(sample);
  const names =
    planId === 'head-middle-tail' && sample.length === 3 ? (['head', 'middle', 'tail'] as const) : [];
  const parts = names.flatMap((name, index) => {
    const part = sample[index];
    if (!part) return [];
    const [seen, length] = [watchedOf(part, own), countFrames([part])];
    const word = t(`judging.part.${name}`);
    return seen === length
      ? `${word} ✓`
      : t('judging.partOf', { part: word, seen: long(seen), all: long(length) });
  });
  return (
    <div className={styles.part}>
      <div className={styles.line}>
        <label>
          {t('judging.sample')}{' '}
          <select
            value={planId}
            onChange={(changed) => {
              const chosen = samplingPlanIds.find((id) => id === changed.currentTarget.value);
              if (chosen) setPlan(chosen);
            }}
          >
            {samplingPlanIds.map((id) => (
              <option key={id} value={id}>
                {t(`judging.plan.${id}`)}
              </option>
            ))}
          </select>
        </label>
        <Button tone="quiet" disabled={ofSample(own) >= all} onClick={() => judging.goToUnwatched()}>
          → <kbd>U</kbd>
          <span className="visually-hidden">{t('command.review.unwatched')}</span>
        </Button>
      </div>
      {sample.length === 0 ? (
        <p className={styles.quiet}>{t('judging.noSample')}</p>
      ) : (
        <>
          <SampleBand
            frames={pass.frames}
            sample={sample}
            own={own}
            others={others.flatMap(({ ranges }) => ranges)}
          />
          <p className={styles.line}>
            <span className={styles.quiet}>{t('judging.watched')}</span>
            <output title={t('judging.watchedMeans')}>
              {parts.length > 0
                ? parts.join(', ')
                : t('judging.watchedOf', { seen: long(ofSample(own)), all: long(all) })}
            </output>
          </p>
        </>
      )}
      <p className={styles.means}>{t('judging.watchedMeans')}</p>
      <SkippedRemark skippedFrames={skippedFrames} rate={pass.video.frameRate} />
      {others.map(({ personId, ranges }) => (
        <p key={personId} className={styles.line}>
          <span className={styles.quiet}>{nameOf(personId)}</span>
          <span>{t('judging.watchedOf', { seen: long(ofSample(ranges)), all: long(all) })}</span>
        </p>
      ))}
    </div>
  );
}

/** Frames that ran by without having been presented: they were not watched, and whoever watches is told. */
export function SkippedRemark({ skippedFrames, rate }: { skippedFrames: number; rate: Rational }) {
  const { t } = useTranslation();
  if (skippedFrames === 0) return null;
  // Of a few pictures there is nothing to be done.
  if (framesToSeconds(skippedFrames, rate) < 1)
    return <p className={styles.quiet}>{t('judging.skippedFew', { count: skippedFrames })}</p>;
  return (
    <Remark tone="warning">
      {t('judging.skipped', { skipped: span(framesToSeconds(skippedFrames, rate)) })}
    </Remark>
  );
}
