import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, worstRow } from '../bench.ts';
import type { DiskOutcome } from './disk-case.ts';
import { type DiskCase, diskCases } from './disk-cases.ts';

/** What is not as it should be in one outcome, in words. */
export function wrongIn(outcome: DiskOutcome, { expected }: DiskCase): string[] {
  const { state, endReason, alarms, unstatedFrames } = outcome;
  return [
    ...(state === expected.state ? [] : [`state ${state}, not ${expected.state}`]),
    ...(endReason === expected.endReason ? [] : [`ended by ${endReason}, not ${expected.endReason}`]),
    ...(expected.alarm === undefined || alarms.includes(expected.alarm)
      ? []
      : [`no alarm ${expected.alarm}`]),
    ...(unstatedFrames === 0 ? [] : [`${unstatedFrames} frames that are neither kept nor stated`]),
  ];
}

/** The disk of the masters full, over quota, gone, read-only, slow; names that are taken; a clock that is set back. */
export const disk: Bench = {
  name: 'faults/disk',
  async run(context) {
    const rows = [];
    for (const one of diskCases) {
      const folder = join(context.folder, one.name);
      await mkdir(folder);
      context.say(one.name);
      const outcome = await one.run(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      if (outcome === undefined) {
        context.say(`${one.name} was not tested: it needs root (small disks) or a C compiler.`);
        continue;
      }
      rows.push(rowOf(outcome, wrongIn(outcome, one)));
    }
    return rows;
  },
};

function rowOf(outcome: DiskOutcome, wrong: string[]): ReturnType<typeof worstRow> {
  const { name, how, state, endReason, told, keptFrames, lostFrames, droppedFrames } = outcome;
  return worstRow(
    {
      name: `faults/disk/${name}`,
      what: 'Things that were not as they should be: end, alarm, and every frame kept in its place or stated as lost',
      unit: 'things',
      budget: { of: 'value', limit: 'at-most', value: 0 },
      notes: [
        `${how}. ${state}${endReason === null ? '' : `, ended: ${endReason}`}; ${keptFrames} frames kept, ${lostFrames} lost, ${droppedFrames} dropped.`,
        ...told.map((sentence) => `Told: ${sentence}`),
        ...wrong,
      ],
    },
    wrong.length,
    1,
  );
}
