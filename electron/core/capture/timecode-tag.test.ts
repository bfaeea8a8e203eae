import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scanMaster } from '#core/essence/scan-master.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { fillTimecodeTag, unknownTimecode } from './timecode-tag.ts';

const { ffmpegPath, ffprobePath } = await locateFfmpeg();
let folder: string;
let recorded: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-tag-'));
  const path = join(folder, 'recorded.mkv');
  await execa(ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=192x144:d=0.4', '-c:v', 'ffv1', '-level', '3'],
    ...[
      '-metadata',
      'TITLE=a tape',
      '-metadata',
      `TIMECODE=${unknownTimecode}`,
      '-metadata',
      'ENCODED_BY=somebody',
    ],
    path,
  ]);
  recorded = await readFile(path);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fill(name: string, bytes: Buffer, timecode: string | undefined) {
  const path = join(folder, `${name}.mkv`);
  await writeFile(path, bytes);
  const isFilled = await fillTimecodeTag(path, timecode);
  const { tags } = await probe(ffprobePath, path);
  const { damage } = (await scanMaster(path)).facts;
  return { isFilled, tags, damage, bytes: await readFile(path) };
}

/** Places at which two files of the same length differ. */
function differences(a: Buffer, b: Buffer): number[] {
  expect(a.length).toBe(b.length);
  return [...a.keys()].filter((at) => a[at] !== b[at]);
}

test('the first timecode goes into the tag that was left open for it, and the file stays whole', async () => {
  const { isFilled, tags, damage, bytes } = await fill('filled', recorded, '10:00:00;02');
  expect(isFilled).toBe(true);
  expect(tags).toMatchObject({ TIMECODE: '10:00:00;02', ENCODED_BY: 'somebody' });
  expect(damage).toEqual([]);
  // Eleven characters and four bytes of CRC, some of which may be the same by chance.
  expect(differences(recorded, bytes).length).toBeLessThanOrEqual(15);
});

test('a tape without timecode loses the tag, and nothing moves', async () => {
  const { isFilled, tags, damage, bytes } = await fill('none', recorded, undefined);
  expect(isFilled).toBe(true);
  expect(tags).not.toHaveProperty('TIMECODE');
  expect(tags).toMatchObject({ ENCODED_BY: 'somebody' });
  expect(damage).toEqual([]);
  expect(bytes.length).toBe(recorded.length);
});

test('a write that was cut short is finished when it is asked for again', async () => {
  const whole = (await fill('whole', recorded, '10:00:00:00')).bytes;
  const places = differences(recorded, whole);
  for (let written = 0; written <= places.length; written += 3) {
    const torn = Buffer.from(recorded);
    for (const at of places.slice(0, written)) torn[at] = whole[at] as number;
    // A torn CRC of its own is told from damage no more; one written whole is.
    const isWholeCrc = written === 0 || written >= 4;
    if (!isWholeCrc) continue;
    const again = await fill(`torn-${written}`, torn, '10:00:00:00');
    expect(again.isFilled).toBe(true);
    expect(again.bytes.equals(whole)).toBe(true);
  }
});

test('nothing is changed in a file that has no such tag, or whose tags are damaged', async () => {
  const tagged = (await fill('once', recorded, '10:00:00:00')).bytes;
  for (const [name, bytes] of Object.entries({
    tagged,
    empty: Buffer.alloc(0),
    text: Buffer.from('no master'),
  })) {
    const path = join(folder, `${name}-other.mkv`);
    await writeFile(path, bytes);
    expect(await fillTimecodeTag(path, '11:00:00:00')).toBe(false);
    expect((await readFile(path)).equals(bytes)).toBe(true);
  }
  const damaged = Buffer.from(recorded);
  const at = damaged.indexOf('somebody');
  damaged[at] = 0x62;
  const path = join(folder, 'damaged.mkv');
  await writeFile(path, damaged);
  expect(await fillTimecodeTag(path, '10:00:00:00')).toBe(false);
  expect((await readFile(path)).equals(damaged)).toBe(true);
});
