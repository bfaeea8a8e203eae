import { randomUUID } from 'node:crypto';
import { ValidationError } from '@orpc/contract';
import { type ImplementerInternalWithMiddlewares, implement, ORPCError } from '@orpc/server';
import type { Logger } from '#core/db/logger.ts';
import { type Contract, contract } from '#shared/contract/index.ts';
import { diskFull } from '#shared/domain/disk-full.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { mayAct, type Role } from '#shared/domain/roles.ts';

/** The chair before a window of the station itself. It outlives a link that breaks, and ends with the engine. */
export interface Seat {
  /** Puts a person there. Their rights are their own, and never more than the window was opened with. */
  take(person: { id: PersonId; role: Role }): void;
}

/** Who calls: given by the host, never by the caller. */
export interface Context {
  readonly role: Role;
  readonly personId: PersonId;
  /** Of a window of the station itself, which names nobody: whoever sits there says who they are. */
  readonly seat?: Seat;
}

/** Named, since the compiler would write the whole contract out in its place, which has grown too long for it. */
export type Procedures = ImplementerInternalWithMiddlewares<Contract, Context, Context>;

/**
 * The contract, ready for handlers. Around every one stands a guard: it asks for the role that the procedure names, lets
 * a HelicalError through as the contract's one typed error, and logs anything else as a bug under an id.
 */
export function createProcedures(logger: Logger): Procedures {
  const guarded = implement(contract)
    .$context<Context>()
    .use(async ({ context, path, procedure, next }) => {
      try {
        const needed = procedure['~orpc'].meta.role;
        if (!mayAct(context.role, needed)) throw notAllowed(context.role, needed);
        return await next();
      } catch (cause) {
        throw errorForCaller(cause, path.join('.'), logger);
      }
    });
  return guarded;
}

function notAllowed(held: Role, needed: Role): HelicalError {
  return new HelicalError('NOT_ALLOWED', {
    problem: `This needs the role ${needed}; this session has the role ${held}.`,
    safe: 'Nothing was changed.',
    remedy: 'Ask the manager of the station, or open the workstation with the role you were given.',
  });
}

function errorForCaller(thrown: unknown, procedure: string, logger: Logger): unknown {
  const cause = diskFull(thrown) ?? thrown;
  if (cause instanceof HelicalError) {
    const { code, problem, safe, remedy } = cause;
    logger.info({ procedure, code, err: cause }, 'refused');
    return new ORPCError('HELICAL', {
      status: 400,
      message: cause.message,
      data: { code, problem, safe, remedy },
      cause,
    });
  }
  if (cause instanceof ORPCError && cause.code === 'BAD_REQUEST' && cause.cause instanceof ValidationError) {
    return errorForCaller(
      new HelicalError('INVALID_INPUT', describeIssues(cause.cause), { cause }),
      procedure,
      logger,
    );
  }
  const bugId = randomUUID().slice(0, 8);
  logger.error({ procedure, bugId, err: cause }, 'bug');
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: `Something went wrong inside Helical. The engine's log tells more under ${bugId}.`,
    data: { bugId },
  });
}

function describeIssues(error: ValidationError): string {
  const said = error.issues.map((issue) => {
    const place = (issue.path ?? [])
      .map((step) => String(typeof step === 'object' ? step.key : step))
      .join('.');
    return place === '' ? issue.message : `${place}: ${issue.message}`;
  });
  return said.join(' ');
}
