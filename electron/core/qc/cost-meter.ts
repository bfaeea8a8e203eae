import { threadCpuMs } from './cpu-time.ts';

/** CPU time of one instrument over the whole tape. */
export interface InstrumentCost {
  name: string;
  ms: number;
}

export interface CostMeter {
  /** A turn begins: parts follow one another, in the order of their names, each with `did` behind it. */
  begin(): void;
  did(part: number): void;
  costMs(): InstrumentCost[];
}

/** Asking what a thread has used takes longer than small instruments do: so many turns are reckoned from one. A prime, for what looks once a second. */
const turnsForOne = 7;

/** Says what parts of a work cost that is done again and again, from every seventh turn. */
export function createCostMeter(names: readonly string[]): CostMeter {
  const spentMs = new Float64Array(names.length);
  let turns = 0;
  let measuredTurns = 0;
  let isMeasured = false;
  let beganMs = 0;
  return {
    begin() {
      turns += 1;
      isMeasured = turns % turnsForOne === 0;
      if (!isMeasured) return;
      measuredTurns += 1;
      beganMs = threadCpuMs();
    },
    did(part) {
      if (!isMeasured) return;
      const nowMs = threadCpuMs();
      spentMs[part] = (spentMs[part] as number) + nowMs - beganMs;
      beganMs = nowMs;
    },
    costMs: () =>
      names.map((name, part) => ({
        name,
        ms: measuredTurns === 0 ? 0 : ((spentMs[part] as number) * turns) / measuredTurns,
      })),
  };
}
