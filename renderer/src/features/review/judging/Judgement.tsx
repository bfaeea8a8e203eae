import { EventList } from '../EventList.tsx';
import { EventPanel } from '../EventPanel.tsx';
import { type JudgedPass, useJudgedPass } from './useJudgedPass.ts';
import { VerdictPanel } from './VerdictPanel.tsx';

/** The judgement's band: what was found and noted, the event in sight, the verdict. */
export function Judgement({ pass }: { pass: Parameters<typeof EventList>[0]['pass'] & JudgedPass }) {
  const judged = useJudgedPass(pass);
  return (
    <>
      <EventList pass={pass} judged={judged} />
      <EventPanel pass={pass} judged={judged} />
      <VerdictPanel pass={pass} judged={judged} />
    </>
  );
}
