import { call } from '@orpc/server';
import { expect, it, vi } from 'vitest';
import { silentLogger } from '#core/db/logger.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { roles } from '#shared/domain/roles.ts';
import { captureApi } from './capture.ts';
import type { Engine } from './engine.ts';
import { createProcedures } from './procedures.ts';

const budget = vi.fn(async () => ({
  ...{ captures: 1, atMost: 2, fits: true, speed: 2, bottleneck: null, isFresh: true },
  ...{ diskFreeBytes: 1, diskLeftS: 1, helps: [], message: '' },
}));
const engine = { capture: () => ({ budget }) } as unknown as Engine;
const api = captureApi(createProcedures(silentLogger), engine);
const ask = (role: (typeof roles)[number], source: string) =>
  call(api.budget, { source }, { context: { role, personId: 'p' as PersonId } });

it.each([
  'file:/etc/passwd',
  'file:tape.dv',
  'simulator:/tmp/recipe.json',
  'simulator:../recipe.json',
  'simulator:C:\\r.json',
])('lets only the station itself name the path %s', async (source) => {
  for (const role of ['technician', 'manager'] as const) {
    await expect(ask(role, source)).rejects.toMatchObject({ data: { code: 'NOT_ALLOWED' } });
  }
  await expect(ask('local', source)).resolves.toMatchObject({ fits: true });
});

it.each(['simulator', 'simulator:small-pal'])('lets a technician choose %s', async (source) => {
  await expect(ask('technician', source)).resolves.toMatchObject({ fits: true });
});
