import { createRouterClient, isProcedure, ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '#core/db/logger.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { personIdSchema } from '#shared/domain/ids.ts';
import { mayAct, type Role, roles } from '#shared/domain/roles.ts';
import type { Engine } from './engine.ts';
import type { Context } from './procedures.ts';
import { createRouter } from './router.ts';

const personId = personIdSchema.parse('019a0000-0000-7000-8000-000000000000');

/** Procedures that change something, or that name paths of this computer, and what each must ask for at least. */
const neededRoles: Record<string, Role> = {
  'tapes.list': 'reviewer',
  'tapes.register': 'technician',
  'tapes.import': 'technician',
  'tapes.show': 'reviewer',
  'capture.sources': 'technician',
  'capture.budget': 'technician',
  'capture.arm': 'technician',
  'capture.record': 'technician',
  'capture.mark': 'technician',
  'capture.stop': 'technician',
  'capture.disarm': 'technician',
  'capture.sessions': 'reviewer',
  'passes.list': 'reviewer',
  'passes.show': 'reviewer',
  'passes.timecode': 'reviewer',
  'passes.choose': 'technician',
  'passes.recover': 'technician',
  'passes.locate': 'local',
  'qc.checks': 'reviewer',
  'qc.profiles': 'reviewer',
  'qc.measures': 'reviewer',
  'qc.limits': 'reviewer',
  'qc.excursion': 'reviewer',
  'qc.measurePass': 'technician',
  'qc.intentions': 'reviewer',
  'qc.intend': 'technician',
  'qc.withdrawIntention': 'technician',
  'qc.measureFile': 'local',
  'qc.reportPass': 'local',
  'compare.align': 'reviewer',
  'compare.passes': 'reviewer',
  'compare.certify': 'reviewer',
  'compare.certificates': 'reviewer',
  'compare.exportCertificate': 'local',
  'review.queue': 'reviewer',
  'review.outcomes': 'reviewer',
  'review.show': 'reviewer',
  'review.vocabulary': 'reviewer',
  'review.take': 'reviewer',
  'review.release': 'reviewer',
  'review.decide': 'reviewer',
  'review.note': 'reviewer',
  'review.withdrawNote': 'reviewer',
  'review.watched': 'reviewer',
  'review.ask': 'reviewer',
  'review.withdrawAsk': 'reviewer',
  'review.verdict': 'reviewer',
  'batches.list': 'reviewer',
  'batches.show': 'reviewer',
  'batches.profiles': 'reviewer',
  'batches.create': 'manager',
  'batches.check': 'reviewer',
  'batches.export': 'manager',
  'batches.exportTo': 'local',
  'batches.verifyPaths': 'local',
  'batches.verifyPackage': 'manager',
  'log.list': 'reviewer',
  'log.verify': 'reviewer',
  'log.rebuild': 'manager',
  'station.doctor': 'technician',
  'station.info': 'reviewer',
  'station.people': 'reviewer',
  'station.addPerson': 'manager',
  'station.sit': 'reviewer',
  'station.profiles': 'reviewer',
  'station.selfTest': 'technician',
  'station.certificates': 'reviewer',
  'live.subscribe': 'reviewer',
};

/** An engine that must not be reached: whatever is asked of it says so. */
const untouched = new Proxy({} as Engine, {
  get() {
    throw new HelicalError('WRONG_STATE', 'reached the engine');
  },
});

/** The areas' factories take parts of the engine when the router is made, so these are there and refuse later. */
const engine: Engine = {
  ...({} as Engine),
  stores: new Proxy({} as Engine['stores'], { get: () => untouched }),
  tapeRegister: untouched as unknown as Engine['tapeRegister'],
  batchRegister: untouched as unknown as Engine['batchRegister'],
};
const router = createRouter(engine, silentLogger);

function proceduresOf(part: object, path: string[] = []): string[] {
  return Object.entries(part).flatMap(([name, value]) =>
    isProcedure(value) ? [[...path, name].join('.')] : proceduresOf(value, [...path, name]),
  );
}

async function outcome(name: string, role: Role): Promise<string> {
  const context: Context = { role, personId };
  const [area = '', procedure = ''] = name.split('.');
  const client = createRouterClient(router, { context }) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    await client[area]?.[procedure]?.({});
    return 'let in';
  } catch (error) {
    if (error instanceof ORPCError && error.data?.code === 'NOT_ALLOWED') return 'refused';
    return 'let in';
  }
}

describe('roles', () => {
  it('are known for every procedure there is', () => {
    expect(proceduresOf(router).sort()).toEqual(Object.keys(neededRoles).sort());
  });

  it.each(Object.entries(neededRoles))('%s asks for %s', async (name, needed) => {
    const outcomes = await Promise.all(roles.map((role) => outcome(name, role)));
    expect(outcomes).toEqual(roles.map((role) => (mayAct(role, needed) ? 'let in' : 'refused')));
  });
});

describe('errors', () => {
  const client = createRouterClient(router, { context: { role: 'local', personId } as Context });

  it('reach the caller as the contract says it', async () => {
    await expect(client.tapes.show({ tape: 'x' })).rejects.toMatchObject({
      code: 'HELICAL',
      defined: true,
      data: { code: 'WRONG_STATE', problem: 'reached the engine' },
    });
  });

  it('of input name what is wrong', async () => {
    await expect(client.tapes.list({ limit: -1 })).rejects.toMatchObject({
      code: 'HELICAL',
      data: { code: 'INVALID_INPUT', problem: expect.stringContaining('limit') },
    });
  });

  it('that are bugs are masked under an id', async () => {
    const logged: object[] = [];
    const logger = { ...silentLogger, error: (fields: object) => void logged.push(fields) };
    const broken = { ...engine, sources: () => Promise.reject(new Error('secret path')) };
    const context: Context = { role: 'local', personId };
    const error = await createRouterClient(createRouter(broken, logger), { context })
      .capture.sources()
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', data: { bugId: expect.any(String) } });
    expect(String(error)).not.toContain('secret');
    expect(logged).toMatchObject([{ procedure: 'capture.sources', err: { message: 'secret path' } }]);
  });
});
