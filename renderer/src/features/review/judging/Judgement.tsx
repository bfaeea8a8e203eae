import { ComparePanel } from '../compare/ComparePanel.tsx';
import { EventList } from '../EventList.tsx';
import { EventPanel } from '../EventPanel.tsx';
import { SideTabs } from '../SideTabs.tsx';
import { useSide } from '../side.ts';
import { type JudgedPass, useJudgedPass } from './useJudgedPass.ts';
import { VerdictPanel } from './VerdictPanel.tsx';

type Judging = Parameters<typeof EventList>[0]['pass'] &
  Parameters<typeof ComparePanel>[0]['pass'] &
  JudgedPass;

/** The judgement's band: what was found and noted with the event in sight, or what comes of comparing; below it the verdict. */
export function Judgement({ pass }: { pass: Judging }) {
  const judged = useJudgedPass(pass);
  const shows = useSide((side) => side.shows);
  return (
    <>
      <SideTabs />
      {shows === 'comparison' ? (
        <ComparePanel pass={pass} />
      ) : (
        <>
          <EventList pass={pass} judged={judged} />
          <EventPanel pass={pass} judged={judged} />
        </>
      )}
      <VerdictPanel pass={pass} judged={judged} />
    </>
  );
}
