import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { digestFile } from './digests.ts';

const folder = mkdtempSync(join(tmpdir(), 'helical-digests-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const large = randomBytes((19 << 20) + 12345);
const largePath = write('large', large);

describe('digests of a file', () => {
  test.each([
    ['empty', Buffer.alloc(0)],
    ['small', randomBytes(1234)],
    ['large, on threads', large],
  ])('%s', async (name, bytes) => {
    const digests = await digestFile(write(name, bytes));
    expect(digests).toEqual({
      sizeBytes: bytes.length,
      md5: createHash('md5').update(bytes).digest('hex'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sha512: createHash('sha512').update(bytes).digest('hex'),
    });
  });

  test('only what was asked for; the tap and the counter see every byte once, in order', async () => {
    const tapped = createHash('sha1');
    const counts: number[] = [];
    const digests = await digestFile(largePath, {
      algorithms: ['md5'],
      tap: (chunk) => tapped.update(chunk),
      onBytes: (bytes) => counts.push(bytes),
    });
    expect(digests).toEqual({ sizeBytes: large.length, md5: createHash('md5').update(large).digest('hex') });
    expect(tapped.digest('hex')).toBe(createHash('sha1').update(large).digest('hex'));
    expect(counts.at(-1)).toBe(large.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  test('an abort ends it', async () => {
    const controller = new AbortController();
    const running = digestFile(largePath, { signal: controller.signal, onBytes: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a tap that throws ends it with that error', async () => {
    const boom = new Error('boom');
    const running = digestFile(largePath, {
      tap: () => {
        throw boom;
      },
    });
    await expect(running).rejects.toBe(boom);
  });

  test('a file that is not there, or a folder, is unreadable', async () => {
    await expect(digestFile(join(folder, 'absent'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(digestFile(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
