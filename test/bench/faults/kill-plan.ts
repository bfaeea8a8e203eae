/** What is killed: the recorder ends its pass, the others are replaced and killed again. */
export type Victim = 'recorder' | 'follower' | 'engine' | 'window';

export interface KillRound {
  /** Since the round before. */
  afterMs: number;
  /** Killed in the same moment. */
  victims: Victim[];
}

/** What happens to one tape: kills while it is recorded, and to the engine that mends what the last of them left. */
export interface KillPlan {
  rounds: KillRound[];
  /** Kills of the engine after the recorder's, each so long after the engine before it was there (0: after that death). */
  whileMendingMs: number[];
}

const bystanders = ['follower', 'engine', 'window'] as const;

/**
 * Draws what happens to the next tape: at most `left` kills. Of five tapes four end by the death of the recorder, one in order.
 * @param random numbers from 0 to 1
 */
export function drawKillPlan(left: number, random: () => number): KillPlan {
  const plan: KillPlan = { rounds: [], whileMendingMs: [] };
  let open = left;
  const add = (victims: Victim[]): void => {
    const taken = victims.slice(0, open);
    if (taken.length > 0) plan.rounds.push({ afterMs: 100 + random() * 900, victims: taken });
    open -= taken.length;
  };
  /** One of them, or some in the same moment. */
  const together = (): Victim[] => {
    const chosen = bystanders.filter(() => random() < 0.4);
    return chosen.length > 0 ? chosen : [bystanders[Math.floor(random() * bystanders.length)] ?? 'engine'];
  };
  const rounds = Math.floor(random() * 3);
  for (let round = 0; round < rounds; round++) add(together());
  if (random() >= 0.8) return plan;
  add(random() < 0.5 ? ['recorder'] : ['recorder', ...together()]);
  while (plan.rounds.at(-1)?.victims.includes('recorder') && open > 0 && random() < 0.25) {
    plan.whileMendingMs.push(random() * 1000);
    open -= 1;
  }
  return plan;
}
