import { createRouterClient } from '@orpc/server';
import { expect, it } from 'vitest';
import { silentLogger } from '#core/db/logger.ts';
import { passIdSchema, personIdSchema } from '#shared/domain/ids.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Engine } from './engine.ts';
import { createRouter } from './router.ts';

const uuid = (end: number) => `019a0000-0000-7000-8000-${String(end).padStart(12, '0')}`;
const [me, other] = [personIdSchema.parse(uuid(1)), personIdSchema.parse(uuid(2))];
const passId = passIdSchema.parse(uuid(3));

/** Who released a pass, as the register is told, and who wrote that down. */
function signedBy(role: Role, as?: typeof other): Promise<(string | undefined)[]> {
  let signer: (string | undefined)[] = [];
  const engine = {
    reviewRegister: {
      release(_passId: string, actorId: string, writtenBy?: string) {
        signer = [actorId, writtenBy];
      },
    },
    peopleRegister: { require: (id: string) => ({ id, name: 'Bo', role: 'reviewer' }) },
  } as unknown as Engine;
  const client = createRouterClient(createRouter(engine, silentLogger), { context: { role, personId: me } });
  return client.review.release({ passId, ...(as ? { as } : {}) }).then(() => signer);
}

it('a session signs for its own person; only the station itself writes down what another says', async () => {
  expect(await signedBy('reviewer')).toEqual([me, undefined]);
  expect(await signedBy('manager', me)).toEqual([me, undefined]);
  expect(await signedBy('local', other)).toEqual([other, me]);
  expect(await signedBy('local', me)).toEqual([me, undefined]);
  for (const role of ['reviewer', 'technician', 'manager'] as const)
    await expect(signedBy(role, other)).rejects.toMatchObject({ data: { code: 'NOT_ALLOWED' } });
});

it('only a manager settles, whoever writes it down', async () => {
  const settle = (role: Role, as?: typeof other) => {
    const engine = {
      peopleRegister: { require: (id: string) => ({ id, name: 'Bo', role: 'reviewer' }) },
      verdictRegister: {
        give: () => {
          throw new TypeError('reached');
        },
      },
    } as unknown as Engine;
    const client = createRouterClient(createRouter(engine, silentLogger), {
      context: { role, personId: me },
    });
    return client.review
      .verdict({ passId, verdict: 'accept', reason: 'So be it.', settles: true, ...(as ? { as } : {}) })
      .catch(({ code, data }) => data?.code ?? code);
  };
  expect(await settle('technician')).toBe('NOT_ALLOWED');
  expect(await settle('local', other)).toBe('NOT_ALLOWED');
  expect(await settle('manager')).toBe('INTERNAL_SERVER_ERROR');
});
