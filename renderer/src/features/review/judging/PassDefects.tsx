import { useTranslation } from 'react-i18next';
import { isGoodEnd } from '#shared/domain/good-end.ts';
import type { JudgedFiles } from '#shared/domain/judged-files.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { Remark } from '../../../ui/Sentence.tsx';

/** What speaks against a pass whatever its pictures show: frames that it lacks, an end that nobody wanted, a master that is not the sealed one. */
export function PassDefects({
  pass: { droppedFrames, lostFrames, endReason },
  files: { master },
}: {
  pass: Pick<Pass, 'droppedFrames' | 'lostFrames' | 'endReason'>;
  files: JudgedFiles;
}) {
  const { t } = useTranslation();
  const isCutShort = endReason !== null && !isGoodEnd(endReason);
  const lacking = [
    droppedFrames > 0 && t('judging.lacksDropped', { count: droppedFrames }),
    lostFrames > 0 && t('pass.lost', { count: lostFrames }),
    isCutShort && t(`endReason.${endReason}`),
  ].filter((words) => words !== false);
  return (
    <>
      {/* A master that was taken away may lie in an archive; one that is another file never does. */}
      {(master === 'changed' || master === 'not-there') && (
        <Remark tone={master === 'changed' ? 'failure' : 'warning'}>{t(`judging.masterIs.${master}`)}</Remark>
      )}
      {lacking.length > 0 && (
        <Remark tone="warning">
          {`${lacking.join(' · ')}.`} {isCutShort && t('pass.restMissing')}
        </Remark>
      )}
    </>
  );
}
