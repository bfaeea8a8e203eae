import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Pass } from '#shared/domain/pass.ts';
import type {
  Against,
  ComparedFinding,
  ComparedStretch,
  PassComparison,
  PassSide,
} from '#shared/domain/pass-comparison.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { api } from '../../../api/client.ts';
import { Button } from '../../../ui/Button.tsx';
import { checkTitle } from '../../../ui/check-title.ts';
import { Facts } from '../../../ui/Facts.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Remark, Sentence } from '../../../ui/Sentence.tsx';
import { type ComparedPass, comparison, useComparison } from '../comparison.ts';
import { review } from '../cursor.ts';
import { AlignmentWords } from './AlignmentWords.tsx';
import styles from './Compare.module.css';

/** Two passes that were laid on each other: what both have, what one has alone, which is better where, and a proposal. */
export function PassesPanel({
  pass,
  other,
}: {
  pass: Pick<Pass, 'id' | 'passNumber' | 'video'>;
  other: ComparedPass;
}) {
  const { t } = useTranslation();
  const aligning = useComparison((now) => now.aligning);
  const input = { passIdA: pass.id, passIdB: other.id };
  const compared = useQuery(api.compare.passes.queryOptions({ input, enabled: aligning.state === 'found' }));
  const isWorking = aligning.state === 'asking' || (aligning.state === 'found' && compared.isPending);
  return (
    <Panel
      className={styles.panel}
      title={t('compare.panel.passes')}
      aside={
        <Button tone="quiet" disabled={aligning.state === 'asking'} onClick={() => void comparison.align()}>
          {t('viewer.align')} <kbd>G</kbd>
        </Button>
      }
    >
      {aligning.state === 'none' && <p>{t('compare.panel.notLaid')}</p>}
      {isWorking && (
        <p role="status">
          {t(aligning.state === 'asking' ? 'compare.panel.laying' : 'compare.panel.working')}
        </p>
      )}
      {aligning.state === 'failed' && <Sentence error={aligning.error} />}
      {aligning.state === 'found' && (
        <p>
          <output>
            <AlignmentWords alignment={aligning.alignment} />
          </output>
        </p>
      )}
      <Sentence error={compared.error} />
      {aligning.state === 'found' && compared.data && (
        <Compared
          compared={compared.data}
          numbers={{ a: pass.passNumber, b: other.passNumber }}
          rate={pass.video.frameRate}
        />
      )}
    </Panel>
  );
}

function Compared({
  compared,
  numbers,
  rate,
}: {
  compared: PassComparison;
  /** Of the passes, as on the tape's page. */
  numbers: Record<PassSide, number>;
  rate: Rational;
}) {
  const { t } = useTranslation();
  const { counts, proposal, stretches, findings, setAside } = compared;
  const chosen = proposal.choose;
  const better = stretches.filter((stretch) => stretch.better !== 'neither');
  return (
    <>
      <Remark tone="plain">
        <b>
          {chosen === 'a' || chosen === 'b'
            ? t(`compare.choose.${chosen}`, { number: numbers[chosen] })
            : t(`compare.choose.${chosen}`)}
        </b>
        {proposal.reasons.map(({ key, values }) => (
          <p key={`${key} ${values['side'] ?? ''}`}>
            {t(`compare.reason.${key}` as 'compare.reason.alike', values)}
          </p>
        ))}
      </Remark>
      <Facts
        rows={[
          [t('compare.origin.tape'), String(counts.tape)],
          [t('compare.origin.tape-or-chain'), String(counts.tapeOrChain)],
          [t('compare.panel.onlyA'), String(counts.playbackA)],
          [t('compare.panel.onlyB'), String(counts.playbackB)],
          [t('compare.panel.unknown'), String(counts.unknown)],
        ]}
      />
      {setAside.intended + setAside.dismissed > 0 && <p>{t('compare.panel.setAside', setAside)}</p>}
      <ul className={styles.lines}>
        {better.map((stretch) => (
          <BetterStretch key={stretch.startFrame} stretch={stretch} rate={rate} />
        ))}
      </ul>
      {findings.length > 0 && (
        <details className={styles.good} open>
          <summary>{t('review.events')}</summary>
          <ul className={styles.lines}>
            {findings.map((finding) => (
              <Finding key={findingKey(finding)} finding={finding} rate={rate} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function BetterStretch({ stretch, rate }: { stretch: ComparedStretch; rate: Rational }) {
  const { t, i18n } = useTranslation();
  const { startFrame, endFrame, better, against } = stretch;
  const said = ({ side, check, count }: Against) =>
    `${check === 'frames-missing' ? t('compare.framesMissing') : checkTitle(check, i18n, t)} (${side.toUpperCase()}, ${count} ×)`;
  return (
    <li>
      <span aria-hidden="true">{better === 'a' ? 'A' : 'B'}</span>
      <div>
        <p className={styles.frames}>
          <button type="button" onClick={() => review.goTo(startFrame)}>
            {formatTimecode(startFrame, rate)}–{formatTimecode(endFrame, rate)}
          </button>
          <b>{t(`compare.better.${better}`)}</b>
        </p>
        {against.map(said).join(', ')}
      </div>
    </li>
  );
}

/** Which passes have it, and what that says of where it comes from. What only B has has no frame of A to go to. */
function Finding({ finding, rate }: { finding: ComparedFinding; rate: Rational }) {
  const { t, i18n } = useTranslation();
  const { check, a, b, origin } = finding;
  return (
    <li>
      <span>{[a && 'A', b && 'B'].filter(Boolean).join(' ')}</span>
      <div>
        <p className={styles.frames}>
          {a && (
            <button type="button" onClick={() => review.goTo(a.startFrame)}>
              {formatTimecode(a.startFrame, rate)}
            </button>
          )}
          {!a && b && <span>{formatTimecode(b.startFrame, rate)}</span>}
          <b>{checkTitle(check, i18n, t)}</b>
        </p>
        {t(`compare.origin.${origin}`)}
      </div>
    </li>
  );
}

function findingKey({ check, channels, a, b }: ComparedFinding): string {
  return [check, channels?.join(), a?.startFrame, b?.startFrame].join(' ');
}
