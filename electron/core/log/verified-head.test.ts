import { expect, it, vi } from 'vitest';
import { silentLogger } from '#core/db/logger.ts';
import { createTestbed } from './log.testbed.ts';
import { createVerifiedHead } from './verified-head.ts';

async function open() {
  const bed = await createTestbed();
  const errors: object[] = [];
  const logger = { ...silentLogger, error: (fields: object) => errors.push(fields) };
  const head = createVerifiedHead(bed.log, logger, () => {});
  const append = () => bed.log.append([{ type: 'note', actorId: null, payload: { text: 'glitch' } }]);
  return { bed, head, errors, append };
}

it('follows what is appended, once the whole log was read', async () => {
  const { bed, head, append } = await open();
  append();
  expect(head.state()).toMatchObject({ verifiedSeq: 0, ok: true });
  await head.verify();
  append();
  append();
  await vi.waitFor(() => expect(head.state().verifiedSeq).toBe(bed.log.head().seq), 5000);
  expect(head.state()).toMatchObject({ seq: 4, ok: true });
  head[Symbol.dispose]();
  bed[Symbol.dispose]();
});

it('sees an event that was changed between its writing and its reading', async () => {
  const { bed, head, errors, append } = await open();
  await head.verify();
  const { verifiedSeq } = head.state();
  append();
  bed.tamper((raw) =>
    raw.exec(`UPDATE event_log SET payload = '{"text":"splice"}' WHERE seq = ${verifiedSeq + 1}`),
  );
  await vi.waitFor(() => expect(head.state().ok).toBe(false), 5000);
  expect(head.state().verifiedSeq).toBe(verifiedSeq);
  expect(errors).toHaveLength(1);
  head[Symbol.dispose]();
  bed[Symbol.dispose]();
});
