import type { Session } from '#shared/domain/live.ts';
import { messages } from '#shared/i18n/messages.ts';
import type { Output } from './output.ts';

type Told = Pick<Session, 'alarms' | 'gaveWay'>;

/**
 * Tells of each alarm as it comes, with what it means and what to do, and of its end; of derived work that gives way, and comes
 * back. Each once, however often a session is seen.
 */
export function createAlarmTeller({ note }: Pick<Output, 'note'>): (session: Told) => void {
  const words = messages.en;
  let told = 0;
  const over = new Set<number>();
  let gaveWay: Told['gaveWay'] = [];

  return (session) => {
    for (const [index, { kind, frame, message, clearedFrame }] of session.alarms.entries()) {
      const alarm = words.alarm[kind];
      if (index >= told) {
        note(`ALARM at frame ${frame}: ${alarm.title}. ${message}`);
        note(`  What it means: ${alarm.means}`);
        note(`  What to do: ${alarm.do}`);
      }
      if (clearedFrame === null || over.has(index)) continue;
      over.add(index);
      note(`Over at frame ${clearedFrame}: ${alarm.title}.`);
    }
    told = Math.max(told, session.alarms.length);
    for (const work of session.gaveWay) {
      if (!gaveWay.includes(work)) note(`Gives way to the recorder: ${words.derivedWork[work]}.`);
    }
    for (const work of gaveWay) {
      if (!session.gaveWay.includes(work)) note(`Comes back: ${words.derivedWork[work]}.`);
    }
    gaveWay = session.gaveWay;
  };
}
