import { deviceOf } from './capture-device.ts';
import type { Certificate } from './certificate.ts';

/** A figure of two self-tests, the earlier one first. */
export interface FigureDrift {
  id: string;
  before: number;
  now: number;
  change: number;
  unit: string;
  /** The change that is too much from one test to the next; null where nothing is asked. */
  limit: number | null;
  /** It changed for the worse, and by more than that. */
  alarming: boolean;
}

/**
 * Changes that are too much between two tests of one chain, though each may be within its own limits. House limits: half of
 * what the self-test allows in levels, colour and tone.
 */
const limits: readonly { figures: RegExp; limit: number; worse: 'either' | 'less' | 'more' }[] = [
  { figures: /^luma-white$|^bar-/, limit: 9, worse: 'either' },
  { figures: /^luma-black$/, limit: 4, worse: 'either' },
  { figures: /^chroma-gain$/, limit: 0.25, worse: 'either' },
  { figures: /^chroma-hue$/, limit: 1.5, worse: 'either' },
  { figures: /^noise-/, limit: 3, worse: 'less' },
  { figures: /^field-order$/, limit: 0.2, worse: 'less' },
  { figures: /^sample-aspect$/, limit: 0.001, worse: 'either' },
  { figures: /^tone-\d+-level$/, limit: 0.5, worse: 'either' },
  { figures: /^tone-\d+-frequency$/, limit: 3, worse: 'either' },
  { figures: /^tone-\d+-distortion$/, limit: 6, worse: 'more' },
  { figures: /^tone-\d+-phase$/, limit: 10, worse: 'either' },
  { figures: /^left-channel$/, limit: 0, worse: 'either' },
  { figures: /^audio-(offset|drift)$/, limit: 10, worse: 'either' },
  { figures: /^frames-dropped$/, limit: 0, worse: 'more' },
];

/** How the figures that both tests have differ, in the order of the later one. Pure. */
export function driftBetween(before: Certificate, now: Certificate): FigureDrift[] {
  const earlier = new Map(before.figures.map((figure) => [figure.id, figure]));
  return now.figures.flatMap(({ id, value, unit }) => {
    const then = earlier.get(id);
    if (!then || then.unit !== unit) return [];
    const change = Math.round((value - then.value) * 1000) / 1000;
    const rule = id === 'disk-write' ? halved(then.value) : limits.find(({ figures }) => figures.test(id));
    const worsening = rule?.worse === 'less' ? -change : rule?.worse === 'more' ? change : Math.abs(change);
    const alarming = rule !== undefined && worsening > rule.limit;
    return [{ id, before: then.value, now: value, change, unit, limit: rule?.limit ?? null, alarming }];
  });
}

/** A disk is never twice as fast as it was a moment ago: half of what it could is too little. */
function halved(value: number) {
  return { limit: value / 2, worse: 'less' as const };
}

/** Whether two tests are of one chain: the same device, chain and profile. */
export function isSameChain(
  one: Pick<Certificate, 'sourceId' | 'chainName' | 'profileId'>,
  other: Pick<Certificate, 'sourceId' | 'chainName' | 'profileId'>,
): boolean {
  return (
    one.chainName === other.chainName &&
    one.profileId === other.profileId &&
    deviceOf(one.sourceId) === deviceOf(other.sourceId)
  );
}

/** A chain is lined up again after so long: house rule, a month. */
export const certificateLastsDays = 30;

/** Whether a test lies so far back that it should be made again. A pass still cites it, with its date. */
export function isOutdated({ testedAt }: Pick<Certificate, 'testedAt'>, at: Date): boolean {
  return at.getTime() - Date.parse(testedAt) > certificateLastsDays * 24 * 3600 * 1000;
}
