/** With a queue that holds less there is not always time to warn (alarms/queue-alarms.ts). */
const enoughS = 10;

/**
 * What an operator is to know of a card's queue before the tape plays: how long the recorder may stand still, in seconds. Empty
 * where the queue is large enough, or nobody knows.
 */
export function queueInWords(queueS: number | undefined): string {
  if (queueS === undefined || queueS >= enoughS) return '';
  const holds = queueS < 1 ? queueS.toFixed(1) : String(Math.round(queueS));
  return ` This card's queue holds ${holds} s: if the recorder is held up for longer, frames are lost with little warning.`;
}
