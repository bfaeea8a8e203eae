import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes } from '#shared/domain/errors.ts';
import type { Role } from '#shared/domain/roles.ts';

/** What a procedure asks of its caller; one middleware enforces it. */
export interface ProcedureMeta {
  role: Role;
}

/** The one error that crosses the contract: a coded sentence. Anything else is masked as a bug with an id. */
export const helicalErrorData = z.object({
  code: z.enum(errorCodes),
  problem: z.string(),
  safe: z.string().optional(),
  remedy: z.string().optional(),
});

const base = oc
  .$meta<ProcedureMeta>({ role: 'reviewer' })
  .errors({ HELICAL: { status: 400, data: helicalErrorData } });

/** Procedures by the role they ask for. */
export const reviewer = base.meta({ role: 'reviewer' });
export const technician = base.meta({ role: 'technician' });
export const manager = base.meta({ role: 'manager' });
/** Only for the station's own command line and desktop host: these may name paths. */
export const local = base.meta({ role: 'local' });
