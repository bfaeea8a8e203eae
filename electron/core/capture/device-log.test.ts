import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { logReaderOf } from '#core/devices/registry.ts';
import { createDeviceLog } from './device-log.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-device-log-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const readLine = logReaderOf('decklink:DeckLink Duo (1)') ?? (() => undefined);
const line = (words: string) => `[decklink @ 0x11f104870] [warning] ${words}\n`;
const lost = (frame: number) =>
  line(`Frame received (#${frame}) - No input signal detected - Frames dropped 1`);
const returned = (frame: number) => line(`Frame received (#${frame}) - Input returned - Frames dropped 2`);
const overrun = line('Decklink input buffer overrun!');

let made = 0;
function logOf(text: string) {
  made += 1;
  const path = join(folder, `${made}.log`);
  return { path, written: writeFile(path, text) };
}

it('has nothing to say of a recorder that has not written yet', async () => {
  const log = createDeviceLog(join(folder, 'not-there.log'), readLine);
  const nothing = { signal: 'unknown', overruns: 0, gone: undefined, standardChanged: undefined };
  expect(await log.read(0)).toEqual(nothing);
  await log.close();
});

it('takes the loss that cards report when they start for what it is', async () => {
  const { path, written } = logOf(lost(1));
  await written;
  const log = createDeviceLog(path, readLine);
  expect((await log.read(3)).signal).toBe('present');
  await appendFile(path, returned(14));
  expect((await log.read(400)).signal).toBe('present');
  await log.close();
});

it('tells of a signal that never came', async () => {
  const { path, written } = logOf(lost(1));
  await written;
  const log = createDeviceLog(path, readLine);
  expect((await log.read(14)).signal).toBe('present');
  expect((await log.read(15)).signal).toBe('lost');
  await log.close();
});

it('follows the signal, line by line as the log grows', async () => {
  const { path, written } = logOf(returned(14));
  await written;
  const log = createDeviceLog(path, readLine);
  const words = lost(18452);
  await appendFile(path, words.slice(0, 40));
  expect((await log.read(18400)).signal).toBe('present');
  await appendFile(path, words.slice(40));
  expect((await log.read(18452)).signal).toBe('lost');
  await appendFile(path, returned(18454));
  expect((await log.read(18460)).signal).toBe('present');
  await log.close();
});

it('counts what was thrown away, repeated lines included', async () => {
  const { path, written } = logOf(
    `${overrun}    Last message repeated 1706 times\n${overrun}[libx264 @ 0x1] [info] x\n`,
  );
  await written;
  const log = createDeviceLog(path, readLine);
  expect((await log.read(20_000)).overruns).toBe(1708);
  // What is repeated now is another part's line.
  await appendFile(path, '    Last message repeated 5 times\n');
  expect((await log.read(20_000)).overruns).toBe(1708);
  await log.close();
});

it('says that the device is gone, and why', async () => {
  const { path, written } = logOf('gone: No such device\nchanged: 625\n');
  await written;
  const log = createDeviceLog(path, (text) => {
    if (text.startsWith('gone')) return { kind: 'device-gone', detail: text };
    return text.startsWith('changed') ? { kind: 'standard-changed', detail: text } : undefined;
  });
  expect(await log.read(9)).toMatchObject({ gone: 'gone: No such device', standardChanged: 'changed: 625' });
  await log.close();
});
