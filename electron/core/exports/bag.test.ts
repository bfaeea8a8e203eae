import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PayloadEntry } from './archive-profile.ts';
import { formatManifest, parseManifest, parseTags } from './bag-manifest.ts';
import { verifyBag } from './bag-verifier.ts';
import { writeBag } from './bag-writer.ts';

let folder: string;
let bag: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-bag-'));
  bag = join(folder, 'MHK-1_p1');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function source(name: string, content: string): Promise<PayloadEntry> {
  const from = join(folder, name);
  await writeFile(from, content);
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
  return {
    path: `master/${name}`,
    from,
    expected: { md5: digest('md5'), sha512: digest('sha512'), sizeBytes: content.length },
  };
}

async function write(): Promise<PayloadEntry[]> {
  const payload = [
    await source('tape é 100%.mkv', 'essence'),
    { path: 'provenance/premis.xml', text: '<premis/>' },
  ];
  await writeBag(bag, payload, [['Source-Organization', 'Museum\nGent']]);
  return payload;
}

const rules = async () => (await verifyBag(bag)).map((problem) => problem.rule);

describe('a bag', () => {
  it('is whole, declared, and valid when it is read back', async () => {
    await write();
    expect((await readdir(bag)).sort()).toEqual([
      'bag-info.txt',
      'bagit.txt',
      'data',
      'manifest-md5.txt',
      'manifest-sha512.txt',
      'tagmanifest-md5.txt',
      'tagmanifest-sha512.txt',
    ]);
    expect(await readFile(join(bag, 'bagit.txt'), 'utf8')).toBe(
      'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    );
    expect(parseTags(await readFile(join(bag, 'bag-info.txt'), 'utf8'))).toEqual([
      ['Source-Organization', 'Museum Gent'],
      ['Payload-Oxum', '16.2'],
    ]);
    expect(await verifyBag(bag)).toEqual([]);
  });

  it('is never written over', async () => {
    await mkdir(bag);
    await expect(write()).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(await readdir(bag)).toEqual([]);
  });

  it('is refused, and leaves nothing, when a source is not what was registered', async () => {
    const entry = await source('a.mkv', 'essence');
    await writeFile(join(folder, 'a.mkv'), 'essencf');
    const attempt = writeBag(bag, [entry], []);
    await expect(attempt).rejects.toBeInstanceOf(HelicalError);
    await expect(attempt).rejects.toMatchObject({ code: 'PACKAGE_INVALID' });
    expect(await readdir(folder)).toEqual(['a.mkv']);
  });

  it('names a source that is gone', async () => {
    const entry = await source('a.mkv', 'essence');
    await rm(join(folder, 'a.mkv'));
    await mkdir(join(folder, 'to'));
    await expect(writeBag(join(folder, 'to/bag'), [entry], [])).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      problem: expect.stringContaining('it is not there'),
    });
    expect(await readdir(join(folder, 'to'))).toEqual([]);
  });

  it('takes away what an interrupted export left, and nothing else', async () => {
    await mkdir(join(folder, '.MHK-1_p1.part'));
    await writeFile(join(folder, '.MHK-1_p1.part', 'half'), '');
    await write();
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('the verifier', () => {
  const damages: [string, () => Promise<void>, string[]][] = [
    [
      'a changed byte',
      () => writeFile(join(bag, 'data/provenance/premis.xml'), '<premit/>'),
      ['bag-fixity', 'bag-fixity'],
    ],
    [
      'a missing file',
      () => rm(join(bag, 'data/provenance/premis.xml')),
      ['bag-file-missing', 'bag-file-missing', 'bag-oxum'],
    ],
    [
      'a file that nobody listed',
      () => writeFile(join(bag, 'data/.DS_Store'), ''),
      ['bag-file-unlisted', 'bag-file-unlisted', 'bag-oxum'],
    ],
    [
      'a changed tag file',
      () => writeFile(join(bag, 'bag-info.txt'), 'Payload-Oxum: 16.2\n'),
      ['bag-fixity', 'bag-fixity'],
    ],
    [
      'no declaration',
      () => rm(join(bag, 'bagit.txt')),
      ['bag-declaration', 'bag-file-missing', 'bag-file-missing'],
    ],
    [
      'another version',
      () => writeFile(join(bag, 'bagit.txt'), 'BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n'),
      ['bag-declaration', 'bag-fixity', 'bag-fixity'],
    ],
    [
      'no payload manifest',
      async () => {
        await rm(join(bag, 'manifest-md5.txt'));
        await rm(join(bag, 'manifest-sha512.txt'));
      },
      [
        'bag-file-missing',
        'bag-file-missing',
        'bag-file-missing',
        'bag-file-missing',
        'bag-manifest-missing',
      ],
    ],
    [
      'a second manifest that lies',
      () => writeFile(join(bag, 'manifest-sha256.txt'), `${'0'.repeat(64)}  data/provenance/premis.xml\n`),
      ['bag-file-unlisted', 'bag-fixity'],
    ],
    [
      'a path that leads out',
      () => writeFile(join(bag, 'tagmanifest-sha256.txt'), `${'0'.repeat(64)}  ../../etc/passwd\n`),
      ['bag-path'],
    ],
    ['a link', () => symlink('/etc/passwd', join(bag, 'data/link')), ['bag-path']],
    [
      'a line that is none',
      async () => {
        const path = join(bag, 'tagmanifest-md5.txt');
        await writeFile(path, `${await readFile(path, 'utf8')}rubbish\n`);
      },
      ['bag-manifest-line'],
    ],
    [
      'a renamed file',
      () => rename(join(bag, 'data/provenance/premis.xml'), join(bag, 'data/provenance/PREMIS.xml')),
      ['bag-file-missing', 'bag-file-missing', 'bag-file-unlisted', 'bag-file-unlisted'],
    ],
  ];
  it.each(damages)('finds %s', async (_name, damage, expected) => {
    await write();
    await damage();
    expect((await rules()).sort()).toEqual(expected);
  });

  const standards = join(import.meta.dirname, '../../../../shared/standards/meemoo-1.2/samples');
  it('agrees with two bags of the standards folder: one good, one that fails its own manifest', async (context) => {
    const there = await readdir(standards).catch(() => undefined);
    if (!there) return context.skip('../shared is not here');
    await cp(join(standards, 'conform_extended'), bag, { recursive: true });
    expect(await rules()).toEqual([]);
    const other = join(folder, 'other');
    await cp(join(standards, 'conform'), other, { recursive: true });
    expect((await verifyBag(other)).map((problem) => problem.rule)).toContain('bag-fixity');
  });
});

it('writes manifests that give back any path', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ minLength: 1 }).filter((path) => path.trim() === path),
        { maxLength: 5 },
      ),
      (names) => {
        const digests = new Map(names.map((name) => [`data/${name}`, 'ab'.repeat(16)]));
        expect(parseManifest(formatManifest(digests)).digests).toEqual(digests);
      },
    ),
  );
});
