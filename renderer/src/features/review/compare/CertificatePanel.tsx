import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type CopyCertificate, type CopyLine, verdictOnCopy } from '#shared/domain/copy-certificate.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { wordCompared, wordLine, wordVerdict, wordWorst } from '#shared/i18n/line-words.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import { api } from '../../../api/client.ts';
import { useLive } from '../../../state/live.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { Button } from '../../../ui/Button.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Remark, Sentence } from '../../../ui/Sentence.tsx';
import { count } from '../../../ui/words.ts';
import { review } from '../cursor.ts';
import { ExportButton } from '../ExportButton.tsx';
import { useExporting } from '../exporting.ts';
import styles from './Compare.module.css';
import { certifying, useCertifying } from './certifying.ts';

/** A shape for each state beside its word. */
const signs = { ok: '●', failed: '▲', 'not-told': '○' } as const;
const tones = { good: 'sealed', 'partly-told': 'warning', wrong: 'failure' } as const;

/** What the access copy holds of what its recipe makes of the master, line by line, with the worst frames. */
export function CertificatePanel({
  pass,
}: {
  pass: Pick<Pass, 'id' | 'video'> & { files: readonly PassFile[] };
}) {
  const { t } = useTranslation();
  const found = useQuery(api.compare.certificates.queryOptions({ input: { passId: pass.id } }));
  const { passId, error } = useCertifying();
  const failed = useExporting((now) => now.failed);
  const [latest] = found.data ?? [];
  const isWorking = passId === pass.id;
  return (
    <Panel
      className={styles.panel}
      title={t('compare.panel.certificate')}
      aside={
        <Button tone="quiet" disabled={passId !== null} onClick={() => void certifying.certify()}>
          {t('command.review.certify')} <kbd>⇧C</kbd>
        </Button>
      }
    >
      <Sentence error={error ?? found.error ?? (failed?.page === 'certificate' ? failed.error : null)} />
      {isWorking && <HowFar pass={pass} />}
      {found.data && !latest && !isWorking && <p>{t('compare.panel.none')}</p>}
      {latest && <Certificate certificate={latest} rate={pass.video.frameRate} />}
    </Panel>
  );
}

/** How far the comparison is, as the engine tells it. */
function HowFar({ pass }: { pass: { files: readonly PassFile[] } }) {
  const { t } = useTranslation();
  const language = usePreferences((now) => now.language);
  const isAskedAgain = useCertifying((now) => now.isAskedAgain);
  const name = pass.files.findLast(({ role }) => role === 'access')?.name;
  const work = useLive(({ state }) =>
    state.work.find(({ kind, label }) => kind === 'verify' && label === name),
  );
  const said = t(isAskedAgain ? 'compare.panel.workingAlready' : 'compare.panel.working');
  return (
    <div className={styles.far} role="status">
      <p>{said}</p>
      {work?.total !== null && work !== undefined && (
        <>
          <progress value={work.done} max={work.total} aria-label={said} />
          <p>
            {t('compare.panel.howFar', {
              done: count(work.done, language),
              frames: t('unit.frames', { count: work.total }),
            })}
          </p>
        </>
      )}
    </div>
  );
}

function Certificate({
  certificate,
  rate,
}: {
  certificate: CopyCertificate;
  rate: Pass['video']['frameRate'];
}) {
  const { t } = useTranslation();
  const language = usePreferences((now) => now.language);
  const { frameRate, worst, lines } = certificate;
  // The recipe makes two pictures of an interlaced frame.
  const perFrame = Math.max(1, Math.round((frameRate.num * rate.den) / (frameRate.den * rate.num)));
  const [good, others] = [
    lines.filter(({ state }) => state === 'ok'),
    lines.filter(({ state }) => state !== 'ok'),
  ];
  return (
    <>
      <Remark tone={tones[verdictOnCopy(lines).verdict]}>{wordVerdict(lines, language)}</Remark>
      <p>
        {t('compare.page.compared')}
        {colon(language)} {wordCompared(certificate, language)}
      </p>
      <ExportButton page="certificate" />
      <ul className={styles.lines}>
        {others.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      <details className={styles.good}>
        <summary>{t('compare.panel.good', { good: good.length, all: lines.length })}</summary>
        <ul className={styles.lines}>
          {good.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ul>
      </details>
      <h3>{t('compare.page.worst')}</h3>
      <p className={styles.frames}>
        {worst.map(({ frame: picture, frameOfMaster, measure, value }) => {
          const frame = Math.floor(frameOfMaster / perFrame);
          return (
            <button key={`${measure} ${frameOfMaster}`} type="button" onClick={() => review.goTo(frame)}>
              {formatTimecode(frame, rate)}{' '}
              <small>
                {wordWorst({ measure, value }, language)}, {t('compare.page.inCopy', { copy: picture })}
              </small>
            </button>
          );
        })}
      </p>
    </>
  );
}

function Line({ line }: { line: CopyLine }) {
  const { t } = useTranslation();
  const { id, state } = line;
  // One that was kept before there were figures stays in the language that it was written in.
  const said = wordLine(
    line,
    usePreferences((now) => now.language),
  );
  return (
    <li data-state={state} title={said.source}>
      <span aria-hidden="true">{signs[state]}</span>
      <span>
        <b>{t(`compare.check.${id}`)}</b> {t(`compare.state.${state}`)}
        <br />
        <span lang={said.language} data-selectable>
          {said.measured}
          {state === 'failed' && ` (${said.expected})`}
        </span>
      </span>
    </li>
  );
}
