import type { AlarmRule } from './alarm-rule.ts';
import { clockAlarms } from './clock-alarms.ts';
import { diskAlarms } from './disk-alarms.ts';
import { queueAlarms } from './queue-alarms.ts';
import { soundAlarms } from './sound-alarms.ts';
import { sourceAlarms } from './source-alarms.ts';

/** Every alarm that is judged by the gauges of one recording. Others are raised by whoever sees what they are about. */
export function recordingAlarms(isTakenBack = false): AlarmRule[] {
  return [...queueAlarms(isTakenBack), ...diskAlarms, ...sourceAlarms, ...soundAlarms, ...clockAlarms];
}
