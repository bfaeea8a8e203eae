import type { DiskGauge } from '#shared/domain/live.ts';
import type { AlarmFacts, AlarmRule } from './alarm-rule.ts';

/** Ten minutes: time to make room or to change the tape (own). */
const leastLeftS = 600;

const names: Record<DiskGauge['role'], string> = {
  masters: 'the masters',
  derived: 'derived files',
  log: 'the log',
};

/** The room of each disk. */
export const diskAlarms: readonly AlarmRule[] = [
  {
    kind: 'disk',
    isBad: ({ disks }) => shortest(disks) < leastLeftS,
    badForS: 0,
    isGood: ({ disks }) => shortest(disks) > 1.5 * leastLeftS,
    goodForS: 10,
    message: ({ disks }) => {
      const [least] = disks.toSorted((a, b) => leftOf(a) - leftOf(b));
      return least
        ? `The disk of ${names[least.role]} holds ${Math.round(leftOf(least) / 60)} more minutes.`
        : 'A disk is nearly full.';
    },
  },
];

function shortest(disks: AlarmFacts['disks']): number {
  return Math.min(...disks.map(leftOf));
}

function leftOf({ leftS }: DiskGauge): number {
  return leftS ?? Number.POSITIVE_INFINITY;
}
