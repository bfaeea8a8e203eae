import { execFile } from 'node:child_process';
import { cp, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readElementHead } from '#core/essence/ebml-values.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { verifyMaster } from '#core/master-verifier.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';
import { seeded } from './seeded.ts';
import { counted, ffmpeg, openStation, recordTape, smallRecipe } from './station.ts';

const flips = 40;
const seed = Number(process.env['HELICAL_SEED'] ?? 20261122);
const program = fileURLToPath(new URL('../../electron/hosts/cli/main.ts', import.meta.url));

let folder: string;
let master: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-verify-test-'));
  const station = await openStation(join(folder, 'data'));
  const { passId } = await recordTape(
    station,
    'V-1',
    smallRecipe({ pace: 'unpaced', segments: [{ content: 'scene', seconds: 1 }] }),
  );
  const pass = await station.capture.whenSettled(passIdSchema.parse(passId));
  expect(pass).toMatchObject({ state: 'sealed', frames: 25 });
  master = station.masterOf(passId);
  await station.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What `helical verify PATH --json` says, as a program of its own. */
async function helicalVerify(path: string): Promise<{ exitCode: number; rules: string[] }> {
  const { promise, resolve } = Promise.withResolvers<{ exitCode: number; stdout: string }>();
  execFile(process.execPath, [program, 'verify', path, '--json'], (error, stdout) => {
    resolve({ exitCode: error ? Number(error.code) : 0, stdout });
  });
  const { exitCode, stdout } = await promise;
  const { items } = JSON.parse(stdout) as { items: { problems: { rule: string }[] }[] };
  return { exitCode, rules: items.flatMap(({ problems }) => problems.map(({ rule }) => rule)) };
}

/** Changes one bit and puts it back afterwards, so that the seal beside it stays the one that was made. */
async function withFlippedBit<T>(bit: number, look: () => Promise<T>, path = master): Promise<T> {
  const turn = async () => {
    await using file = await open(path, 'r+');
    const byte = Buffer.alloc(1);
    const at = Math.floor(bit / 8);
    await file.read(byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ (1 << (bit % 8));
    await file.write(byte, 0, 1, at);
  };
  await turn();
  try {
    return await look();
  } finally {
    await turn();
  }
}

/** Puts another file in the master's place for a while. */
async function inPlaceOfMaster<T>(other: string, look: () => Promise<T>): Promise<T> {
  const kept = join(folder, 'kept.mkv');
  await rename(master, kept);
  await rename(other, master);
  try {
    return await look();
  } finally {
    await rename(kept, master);
  }
}

/** Offsets of the Segment's children, from a walk of its own: the code that is tested must not find its own errors. */
function childrenOf(bytes: Uint8Array) {
  const children: { id: number; offset: number; headBytes: number; bytes: number }[] = [];
  const head = (offset: number) => {
    const found = readElementHead(bytes.subarray(offset));
    if (typeof found === 'string' || found.dataBytes === undefined)
      throw new Error(`no element at ${offset}`);
    return { ...found, dataBytes: found.dataBytes };
  };
  const ebml = head(0);
  let offset = ebml.headBytes + ebml.dataBytes;
  offset += head(offset).headBytes;
  while (offset < bytes.length) {
    const { id, headBytes, dataBytes } = head(offset);
    children.push({ id, offset, headBytes, bytes: headBytes + dataBytes });
    offset += headBytes + dataBytes;
  }
  return children;
}

const ids = { cues: 0x1c53bb6b, cluster: 0x1f43b675, void: 0xec, info: 0x1549a966 };

test('a master that nobody touched is verified by the program: exit code 0', async () => {
  expect(await helicalVerify(master)).toEqual({ exitCode: 0, rules: [] });
});

test(`one bit flipped anywhere is found (${flips} places, seed ${seed}, and every kind of element)`, async () => {
  const random = seeded(seed);
  const bytes = await readFile(master);
  const children = childrenOf(bytes);
  const first = (id: number) => {
    const found = children.find((child) => child.id === id);
    if (!found) throw new Error(`the master has no element ${id.toString(16)}`);
    return found;
  };
  const inside = ({ offset, headBytes, bytes: length }: ReturnType<typeof first>) =>
    8 * (offset + headBytes + Math.floor(random() * (length - headBytes))) + Math.floor(random() * 8);
  const anywhere = Array.from({ length: flips }, () => Math.floor(random() * bytes.length * 8));
  const verify = verifyMaster(ffmpeg);
  let byStructure = 0;
  const places = [8 * 6, ...[ids.void, ids.info, ids.cues].map((id) => inside(first(id))), ...anywhere];
  // Two at a time, each on a copy of its own: a check waits for its ffmpeg most of the time.
  const waiting = [...places];
  const work = async (path: string) => {
    for (let bit = waiting.shift(); bit !== undefined; bit = waiting.shift()) {
      const { ok, problems } = await withFlippedBit(bit, () => verify(path, {}), path);
      const rules = problems.map(({ rule }) => rule);
      expect({ bit, ok, isNamed: rules.includes('fixity') || rules.includes('unreadable') }).toEqual({
        bit,
        ok: false,
        isNamed: true,
      });
      if (rules.some((rule) => rule !== 'fixity')) byStructure += 1;
    }
    expect((await verify(path, {})).ok).toBe(true);
  };
  const copyFolder = join(folder, 'copy');
  await cp(dirname(master), copyFolder, { recursive: true });
  await Promise.all([work(master), work(join(copyFolder, basename(master)))]);
  process.stdout.write(
    `${places.length} bits flipped: all found by their digest, ${byStructure} by another check as well\n`,
  );

  // In a frame: told by the digest, by the CRC of the cluster and by the hash of the decoded frame.
  const cluster = first(ids.cluster);
  const inFrame = await withFlippedBit(8 * (cluster.offset + Math.floor(cluster.bytes / 2)), () =>
    helicalVerify(master),
  );
  expect(inFrame.exitCode).toBe(1);
  expect(inFrame.rules).toEqual(expect.arrayContaining(['fixity', 'matroska-crc']));
  // In padding: nothing but the digest can know.
  const padding = first(ids.void);
  expect(await withFlippedBit(8 * (padding.offset + padding.bytes - 1), () => helicalVerify(master))).toEqual(
    { exitCode: 1, rules: ['fixity'] },
  );
});

test('one frame cut out of a sealed master is found: exit code 1', async () => {
  const shorter = join(folder, 'shorter.mkv');
  const cut = await runTool(ffmpeg.ffmpegPath, [
    ...['-v', 'error', '-i', master, '-map', '0', '-c', 'copy', '-bsf:v', 'noise=drop=eq(n\\,11)'],
    ...['-write_crc32', '1', '-f', 'matroska', shorter],
  ]);
  expect(cut.reason).toBe('finished');
  expect(await readFrameNumbers(shorter, ffmpeg)).toEqual(counted(25).filter((number) => number !== 11));
  const { exitCode, rules } = await inPlaceOfMaster(shorter, () => helicalVerify(master));
  expect(exitCode).toBe(1);
  expect(rules).toEqual(expect.arrayContaining(['fixity', 'frame-hashes', 'timestamps']));
});

test('an index that was removed is found: exit code 1', async () => {
  const bytes = await readFile(master);
  const cues = childrenOf(bytes).find(({ id }) => id === ids.cues);
  if (!cues) throw new Error('the master has no Cues');
  // A Void of the same length in its place: one byte of id, eight of size (RFC 8794, 11.3.2).
  bytes.fill(0, cues.offset, cues.offset + cues.bytes);
  bytes[cues.offset] = ids.void;
  bytes.writeBigUInt64BE((1n << 56n) | BigInt(cues.bytes - 9), cues.offset + 1);
  const without = join(folder, 'without-cues.mkv');
  await using file = await open(without, 'wx');
  await file.writeFile(bytes);
  // The pictures are all there still.
  expect(await readFrameNumbers(without, ffmpeg)).toEqual(counted(25));
  const { exitCode, rules } = await inPlaceOfMaster(without, () => helicalVerify(master));
  expect(exitCode).toBe(1);
  expect(rules).toEqual(expect.arrayContaining(['fixity', 'matroska-cues']));
  expect(rules).not.toContain('frame-hashes');
});

test('a master without its list of hashes is not called good', async () => {
  const listPath = join(dirname(master), `${basename(master, '.mkv')}.framemd5`);
  await rename(listPath, `${listPath}.away`);
  const withoutList = await verifyMaster(ffmpeg)(master, {});
  await rename(`${listPath}.away`, listPath);
  expect(withoutList.ok).toBe(false);
  expect(withoutList.problems.map(({ rule }) => rule)).toContain('hash-list');
});
