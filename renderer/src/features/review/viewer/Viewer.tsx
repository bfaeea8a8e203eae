import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCountedCopy } from '#shared/domain/access-frames.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { api } from '../../../api/client.ts';
import { type ComparedPass, comparison } from '../comparison.ts';
import { ReviewPicture } from '../ReviewPicture.tsx';
import type { Graphics } from './graphics.ts';
import { ModeBar } from './ModeBar.tsx';
import { PictureWords } from './PictureWords.tsx';
import { runViewer } from './run-viewer.ts';
import { Stage } from './Stage.tsx';
import styles from './Viewer.module.css';

/** The pictures of a pass: its master's frame under the cursor, and what stands against it. */
export function Viewer({ pass }: { pass: Pass & { files: readonly PassFile[] } }) {
  const { t } = useTranslation();
  const [graphics, setGraphics] = useState<Graphics>('ready');
  const passes = useQuery(api.passes.list.queryOptions({ input: { tape: pass.tapeIdentifier } }));
  useEffect(() => {
    const hasAccess = hasCountedCopy(pass);
    const others = (passes.data ?? [])
      .filter(({ id, frames }) => id !== pass.id && frames > 0)
      .map((other) => comparedPass(other, null));
    const accessFileId = pass.files.find(({ role }) => role === 'access')?.id ?? null;
    comparison.open(comparedPass(pass, accessFileId), { hasAccess, others });
  }, [pass, passes.data]);
  useEffect(() => {
    const stop = runViewer();
    return () => {
      stop();
      comparison.close();
    };
  }, []);
  return (
    <div className={styles.viewer}>
      <ModeBar />
      <PictureWords />
      <Stage pass={pass} isReady={graphics === 'ready'} onGraphics={setGraphics} />
      {graphics !== 'ready' && (
        <div className={styles.instead}>
          <p role="status">
            <span aria-hidden="true">▲ </span>
            {t(graphics === 'none' ? 'viewer.noGraphics' : 'viewer.lostGraphics')}
          </p>
          <ReviewPicture pass={pass} />
        </div>
      )}
    </div>
  );
}

function comparedPass(
  { id, passNumber, frames, video }: Pass,
  accessFileId: ComparedPass['accessFileId'],
): ComparedPass {
  const { width, height, frameRate, fieldOrder } = video;
  return { id, passNumber, frames, video: { width, height, frameRate, fieldOrder }, accessFileId };
}
