import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataFolder } from '#core/config.ts';
import type { HelicalClient } from '#hosts/attach.ts';
import { withEngine } from '#hosts/engine-access.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { messages } from '#shared/i18n/messages.ts';
import { smallDisk, smallRecipe, until } from '../capture-faults/station.ts';

// One pass of a whole engine, on a disk of its own where one can be mounted. Each test goes on where the one before ended.
let folder: string;
let dataDir: string;
let disk: Awaited<ReturnType<typeof smallDisk>>;
let passId: PassId;

const onEngine = <T>(work: (client: HelicalClient) => Promise<T>) =>
  withEngine({ dataDir, logger: pino({ enabled: false }) }, work);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-certifying-'));
  const place = join(folder, 'disk');
  // Large enough for a recording to be begun on it, and small when it is to be filled.
  disk = await smallDisk(place, 4 * 2 ** 30);
  dataDir = join(place, 'data');
  const recipe = smallRecipe({ pace: 'unpaced', segments: [{ content: 'scene', seconds: 2 }] });
  await writeFile(join(folder, 'tape.json'), JSON.stringify(recipe));
  await onEngine(async (client) => {
    await client.tapes.register({ identifier: 'VT-1', format: 'betacamsp' });
    const source = `simulator:${join(folder, 'tape.json')}`;
    const armed = await client.capture.arm({ tape: 'VT-1', source, anyway: true });
    passId = armed.passId;
    await client.capture.record({ passId });
    await until('the pass is sealed', async () => (await client.passes.show({ passId })).state === 'sealed');
  });
  await disk?.grow(64 << 20);
});
afterAll(async () => {
  await disk?.unmount();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('killed while it certifies, an engine has certified nothing, and does it anew', async () => {
  const main = fileURLToPath(new URL('../../electron/hosts/cli/main.ts', import.meta.url));
  const killed = spawn(process.execPath, [main, '--data', dataDir, 'compare', passId], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(createInterface({ input: killed.stderr }), 'line');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await onEngine(async (client) => {
    expect(await client.compare.certificates({ passId })).toEqual([]);
    expect(await client.log.verify()).toMatchObject({ ok: true });
    expect((await client.compare.certify({ passId })).ok).toBe(true);
  });
});

test('on a full disk nothing is half-written: each refusal says so, and all can be done again', async ({
  skip,
}) => {
  skip(disk === undefined, 'it needs root to mount a disk: it was not tested here');
  const isFull = { code: 'DISK_FULL' };
  const to = (name: string) => join(folder, 'disk', name);
  await onEngine(async (client) => {
    const note = (number: number) =>
      client.review.note({
        ...{ passId, startFrame: number, endFrame: number, words: 'x'.repeat(1000) },
        ...{ region: null, stillFrame: null, term: null, medium: null, origin: null, severity: null },
      });
    await fill(to('fill'));
    let written = 0;
    await expect(async () => {
      for (; written < 50; written++) await note(written);
    }).rejects.toMatchObject({ data: isFull });
    await expect(client.compare.certify({ passId })).rejects.toMatchObject({ data: isFull });
    const certificate = client.compare.exportCertificate({ passId, to: to('paper') });
    await expect(certificate).rejects.toMatchObject({ data: isFull });
    const report = client.qc.reportPass({ passId, format: 'html', to: to('report.html') });
    await expect(report).rejects.toMatchObject({ data: isFull });
    expect(readdirSync(join(folder, 'disk')).toSorted()).toEqual(['data', 'fill']);
    await rm(to('fill'));

    expect(await client.log.verify()).toMatchObject({ ok: true });
    expect((await client.review.show({ passId })).notes).toHaveLength(written);
    expect(await client.compare.certificates({ passId })).toHaveLength(1);
    await note(written);
    await client.compare.exportCertificate({ passId, to: to('paper') });
    expect(existsSync(join(to('paper'), 'certificate.html'))).toBe(true);
  });
});

test('an engine begins on a full disk no worse: it says that the disk is full, and leaves nothing there', async ({
  skip,
}) => {
  skip(disk === undefined, 'it needs root to mount a disk: it was not tested here');
  await fill(join(folder, 'disk', 'fill'));
  const before = readdirSync(dataDir).toSorted();
  await expect(onEngine((client) => client.review.queue())).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(readdirSync(dataDir).toSorted()).toEqual(before);
  await rm(join(folder, 'disk', 'fill'));
  expect(await onEngine((client) => client.review.queue())).toHaveLength(1);
});

test('a master of which one byte is another since its seal is not what its copy is certified against', async () => {
  await onEngine(async (client) => {
    const path = join(dataFolder(dataDir).mastersDir, 'VT-1', 'VT-1_p1.mkv');
    // The name of the program that wrote it: no decoder minds.
    const at = (await readFile(path)).indexOf('Lavf');
    expect(at).toBeGreaterThan(0);
    await using master = await open(path, 'r+');
    await master.write('M', at);
    const { ok, lines } = await client.compare.certify({ passId });
    const failed = lines.filter(({ state }) => state === 'failed').map(({ id }) => id);
    expect({ ok, failed }).toEqual({ ok: false, failed: ['master'] });
    // The earlier one stands beside it.
    const kept = await client.compare.certificates({ passId });
    expect(kept.map((one) => one.ok)).toEqual([false, true]);
    const to = join(folder, 'changed');
    await client.compare.exportCertificate({ passId, to, language: 'fr' });
    const page = await readFile(join(to, 'certificate.html'), 'utf8');
    expect(page).toContain(messages.fr.compare.page.bad);
    // It says where the log holds it.
    const { entries } = await client.log.list({ type: 'access.certified' });
    expect(page).toContain(`événement ${entries[0]?.seq}, ${entries[0]?.eventId}`);
    expect(await client.log.verify()).toMatchObject({ ok: true });
  });
});

/** Writes until the disk takes no more. */
async function fill(path: string): Promise<void> {
  await using file = await open(path, 'w');
  for (const size of [1 << 20, 4096, 1]) {
    const piece = new Uint8Array(size);
    await expect(async () => {
      for (;;) await file.write(piece);
    }).rejects.toMatchObject({ code: 'ENOSPC' });
  }
}
