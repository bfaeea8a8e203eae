import { useTranslation } from 'react-i18next';
import { expect, test } from 'vitest';
import { eventLength } from './event-length.ts';
import { textOf } from './rendered.testbed.tsx';

function Length({ lostFrames }: { lostFrames?: number | string }) {
  const { t } = useTranslation();
  const evidence = lostFrames === undefined ? {} : { lostFrames };
  return eventLength({ startFrame: 10, endFrame: 12, evidence }, t);
}

test('of missing frames their number is told, and not that of the frame behind them', () => {
  expect(textOf(<Length lostFrames={115} />)).toBe('115 frames missing');
  expect(textOf(<Length lostFrames={115} />, 'nl')).toBe('115 beelden ontbreken');
  expect([textOf(<Length />), textOf(<Length lostFrames="not known" />)]).toEqual(['3 frames', '3 frames']);
});
