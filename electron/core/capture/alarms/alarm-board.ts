import type { AlarmKind } from '#shared/domain/pass.ts';
import type { AlarmFacts, AlarmRule } from './alarm-rule.ts';

/** Holds every alarm's state, and says when one begins and ends. */
export interface AlarmBoard {
  /** @param atMs of a monotonic clock. */
  update(facts: AlarmFacts, atMs: number): void;
}

/**
 * A board on which nothing is raised but what an earlier engine raised and did not see end (`standing`): that is not told again.
 */
export function createAlarmBoard(
  rules: readonly AlarmRule[],
  listener: { raise(kind: AlarmKind, message: string): void; clear(kind: AlarmKind): void },
  standing: readonly AlarmKind[] = [],
): AlarmBoard {
  const latches = rules.map((rule) => ({
    rule,
    isRaised: standing.includes(rule.kind),
    bad: createSpell(),
    good: createSpell(),
  }));
  return {
    update(facts, atMs) {
      for (const latch of latches) {
        const { rule } = latch;
        const badS = latch.bad(rule.isBad(facts), atMs);
        const goodS = latch.good(rule.isGood(facts), atMs);
        if (!latch.isRaised && badS !== undefined && badS >= rule.badForS) {
          latch.isRaised = true;
          listener.raise(rule.kind, rule.message(facts));
        } else if (latch.isRaised && goodS !== undefined && goodS >= rule.goodForS) {
          latch.isRaised = false;
          listener.clear(rule.kind);
        }
      }
    },
  };
}

/** For how many seconds a condition has held without a break; undefined while it does not. */
function createSpell(): (holds: boolean, atMs: number) => number | undefined {
  let sinceMs: number | undefined;
  return (holds, atMs) => {
    sinceMs = holds ? (sinceMs ?? atMs) : undefined;
    return sinceMs === undefined ? undefined : (atMs - sinceMs) / 1000;
  };
}
