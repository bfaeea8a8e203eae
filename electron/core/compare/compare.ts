import type { Alignment } from '#shared/domain/alignment.ts';
import { createPassAligner } from './align-passes.ts';
import type { ComparePorts } from './compare-ports.ts';

/** What the rest of the engine asks of this room, but for the pictures themselves. */
export interface Compare {
  /** NOT_FOUND, INVALID_INPUT (the same pass, other rates), WRONG_STATE (not measured). */
  align(passIdA: string, passIdB: string): Promise<Alignment>;
}

export function createCompare(ports: ComparePorts): Compare {
  const align = createPassAligner(ports);
  return { align };
}
