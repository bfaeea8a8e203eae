import type { AlarmRule } from './alarm-rule.ts';

/** Time servers slew below half a second and step above (ntpd: 128 ms, chrony and timesyncd by setting): two are a setting. */
const jumpS = 2;

/** The wall clock. Nothing that is recorded hangs on it, but the times in the log do. */
export const clockAlarms: readonly AlarmRule[] = [
  {
    kind: 'clock-changed',
    isBad: ({ clockJumpS }) => Math.abs(clockJumpS) > jumpS,
    badForS: 0,
    isGood: ({ clockJumpS }) => Math.abs(clockJumpS) <= jumpS,
    goodForS: 10,
    message: ({ clockJumpS }) =>
      `The computer's clock was set ${Math.abs(clockJumpS).toFixed(0)} s ${clockJumpS > 0 ? 'forward' : 'back'}.`,
  },
];
