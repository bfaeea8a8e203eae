import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCheckpointFile } from './checkpoint-file.ts';
import { createTestbed, playTape, type Testbed } from './log.testbed.ts';
import { signHeads } from './sign-heads.ts';

let bed: Testbed;
let at = new Date('2026-03-01T10:00:00.000Z');
const now = () => at;
beforeEach(async () => {
  at = new Date('2026-03-01T10:00:00.000Z');
  bed = await createTestbed({ now });
});
afterEach(() => bed[Symbol.dispose]());

const ended = (type: string) => ({ type, payload: { passId: 'pass-of-t1' }, actorId: 'ann' });
const signed = () => bed.log.checkpoints().map(({ seq, reason }) => ({ seq, reason }));

describe('signed heads', () => {
  test('stand behind each pass that was sealed, failed or recovered, on both disks', () => {
    using _signing = signHeads(bed.log, now);
    playTape(bed.log, 't1');
    expect(signed()).toEqual([]);
    for (const type of ['pass.sealed', 'pass.failed', 'pass.recovered']) bed.log.append([ended(type)]);
    expect(signed()).toEqual([7, 8, 9].map((seq) => ({ seq, reason: 'pass' })));
    for (const folder of [bed.folder, bed.secondDisk]) {
      expect(readCheckpointFile(folder).checkpoints).toEqual(bed.log.checkpoints());
    }
  });

  test('come once a day at a start, where there is something new', async () => {
    const start = async (time: string) => {
      at = new Date(time);
      const log = await bed.reopen();
      signHeads(log, now)[Symbol.dispose]();
    };
    await start('2026-03-01T11:00:00.000Z');
    expect(signed()).toEqual([]);
    playTape(bed.log, 't1');
    await start('2026-03-01T12:00:00.000Z');
    playTape(bed.log, 't2');
    await start('2026-03-01T13:00:00.000Z');
    expect(signed()).toEqual([{ seq: 6, reason: 'day' }]);
    await start('2026-03-02T09:00:00.000Z');
    await start('2026-03-03T09:00:00.000Z');
    expect(signed()).toEqual([6, 11].map((seq) => ({ seq, reason: 'day' })));
  });
});

describe('verify() says in words', () => {
  test('that nothing signed covers the log, and how much the last signature does not cover', async () => {
    playTape(bed.log, 't1');
    expect((await bed.log.verify()).notes).toEqual([
      expect.stringContaining('Nothing signed covers this log yet'),
    ]);
    bed.log.checkpoint('day');
    expect((await bed.log.verify()).notes).toEqual([]);
    playTape(bed.log, 't2');
    expect((await bed.log.verify()).notes).toEqual([
      'Events 7 to 11 came after the last checkpoint: no signature covers them yet.',
    ]);
  });

  test('that the key of the station changed', async () => {
    playTape(bed.log, 't1');
    const before = readFileSync(join(bed.folder, 'station-key.pem'), 'utf8');
    rmSync(join(bed.folder, 'station-key.pem'));
    const log = await bed.reopen();
    log.checkpoint('day');
    expect(readFileSync(join(bed.folder, 'station-key.pem'), 'utf8')).not.toBe(before);
    const { ok, notes } = await log.verify();
    expect(ok).toBe(true);
    expect(notes).toEqual([
      expect.stringMatching(/^The station's key changed at event 7 \(2026-03-01T10:00:00/),
    ]);
  });

  test('that a folder for checkpoints is not there', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'helical-gone-'));
    rmSync(gone, { recursive: true });
    const log = await bed.reopen({ checkpointFolders: [bed.folder, gone] });
    log.checkpoint('day');
    expect(bed.errors).toHaveLength(1);
    expect((await log.verify()).notes).toEqual([
      expect.stringContaining('checkpoint folder 1 on another disk is not there'),
    ]);
  });
});
