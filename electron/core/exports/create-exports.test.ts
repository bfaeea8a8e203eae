import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { type Database, openDatabase } from '#core/db/database.ts';
import { silentLogger } from '#core/db/logger.ts';
import { statement } from '#core/db/statement.ts';
import { createLog } from '#core/log/log.ts';
import { openStationKey } from '#core/log/station-key.ts';
import { preparedPass } from '#core/stores/prepared-pass.testbed.ts';
import type { HelicalLog } from '#core/stores/record.ts';
import { createStores } from '#core/stores/stores.ts';
import { linksOf, type NewEvent, parsePayload } from '#shared/domain/events.ts';
import { createExports, type Exports } from './create-exports.ts';
import { manifestAnew } from './forged-bag.testbed.ts';

let folder: string;
let db: Database;
let log: HelicalLog;
let exports: Exports;
let batchId: string;
let sealed: string;
const actorId = newId();
const settings = {
  id: 'preservation-bag',
  name: 'Bag',
  description: '',
  sourceOrganization: 'Museum',
  contactEmail: '',
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-exports-'));
  db = await openDatabase(join(folder, 'helical.db'), { logger: silentLogger });
  const { stores, projections } = createStores(db);
  const now = () => new Date();
  log = createLog<NewEvent>({
    db,
    projections,
    parsePayload,
    linksOf,
    now,
    newId,
    signer: openStationKey(folder),
    stationId: newId(),
    checkpointFolders: [folder],
    logger: silentLogger,
  });
  await mkdir(join(folder, 'files'));
  exports = createExports({
    settings: [settings],
    stores,
    log,
    now,
    newId,
    pathOf: (file) => join(folder, 'files', file.name),
    // The master's own proof is tested where it is made; here it only matters that it is asked.
    verifyMaster: async (path) => ({
      ok: true,
      problems: existsSync(path) ? [] : [{ rule: 'unreadable', message: 'gone', path }],
    }),
    deliveriesDir: join(folder, 'deliveries'),
    software: [{ name: 'Helical', version: '0' }],
    beginWork: () => ({ progress() {}, end() {} }),
  });
  const registered = newId();
  sealed = newId();
  append('person.added', { personId: actorId, role: 'manager' });
  append('tape.registered', {
    tapeId: sealed,
    description: tapeDescription('MHK 0417 é', {
      title: 'Untitled, Loop <1987>',
      artist: 'X & Y',
      notes: 'a \u0001 mark',
    }),
  });
  append('tape.registered', { tapeId: registered, description: tapeDescription('MHK-0418', {}) });
  await recordPass(sealed);
  batchId = newId();
  append('batch.created', { batchId, name: 'Gent / 1', tapeIds: [sealed, registered] });
});
afterEach(async () => {
  db.close();
  await rm(folder, { recursive: true, force: true });
});

function append(type: string, payload: unknown): void {
  log.append([{ type, payload, actorId } as NewEvent]);
}

function tapeDescription(identifier: string, more: object): object {
  return {
    identifier,
    format: 'umatic',
    title: '',
    artist: '',
    standard: 'PAL',
    generation: 'unknown',
    condition: 'unknown',
    location: '',
    notes: '',
    ...more,
  };
}

async function registerFile(file: {
  passId: string;
  tapeId: string;
  role: string;
  name: string;
}): Promise<void> {
  const content = `${file.role} of a tape`;
  await writeFile(join(folder, 'files', file.name), content);
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
  append('file.registered', {
    fileId: newId(),
    ...file,
    sizeBytes: content.length,
    digests: { md5: digest('md5'), sha256: digest('sha256'), sha512: digest('sha512') },
  });
}

async function recordPass(
  tapeId: string,
  {
    passNumber = 1,
    frames = 50,
    droppedFrames = 0,
    reason = 'operator',
    plan = undefined as object | undefined,
    verdict = 'accept' as 'accept' | null,
  } = {},
): Promise<string> {
  const base = passNumber === 1 ? 'MHK_p1' : `${tapeId}_p${passNumber}`;
  const passId = newId();
  append('pass.prepared', preparedPass({ passId, tapeId, operatorId: actorId }, { passNumber }));
  if (plan) append('pass.planned', { passId, plan: { start: { on: 'operator' }, stop: {}, ...plan } });
  append('pass.recording-started', { passId, argv: ['ffmpeg', '-i', 'tape'], pid: 1 });
  append('pass.marked', { passId, frame: 3, label: 'glitch' });
  append('pass.recording-ended', { passId, reason, frames, droppedFrames });
  append('pass.followed', { passId, frames });
  append('qc.measured', {
    qcRunId: newId(),
    passId,
    profileId: 'analogue-sd',
    frames: 50,
    checks: ['black'],
    events: [
      {
        check: 'black',
        startFrame: 0,
        endFrame: 49,
        severity: 'info',
        confidence: 1,
        evidence: { yMax: 90 },
        message: 'Black for 50 frames.',
      },
    ],
  });
  for (const [role, name] of [
    ['master', `${base}.mkv`],
    ['frame-hashes', `${base}.framemd5`],
    ['seal', `${base}.seal.json`],
    ['access', `${base}_access.mp4`],
    ['samples', `${base}.samples.arrows`],
  ] as const) {
    await registerFile({ passId, tapeId, role, name });
  }
  append('pass.sealed', {
    passId,
    frames,
    checks: [{ id: 'frame-count', ok: true, expected: '50', measured: '50', message: '' }],
  });
  if (verdict) judge(passId, verdict);
  return passId;
}

function judge(passId: string, verdict: string, reason = ''): void {
  append('review.verdict-given', {
    ...{ verdictId: newId(), passId, verdict, reason, master: null, qcRunId: null, settles: false },
    basis: {
      ...{ events: 1, judgedEvents: 0, planId: 'random', planFrames: 50 },
      ...{ watchedPlanFrames: 25, watchedFrames: 25 },
    },
  });
}

const schemas = join(import.meta.dirname, '../../../../shared/standards/meemoo-2.1/xsd');

/** Asks the schema of the Library of Congress, where it is here. */
async function expectValidPremis(xml: string): Promise<void> {
  if (!existsSync(schemas)) return;
  const read = async (name: string) => ({
    fileName: name,
    contents: await readFile(join(schemas, name), 'utf8'),
  });
  const result = await validateXML({
    xml: { fileName: 'premis.xml', contents: xml },
    schema: [await read('premis-3-0.xsd.xml')],
    preload: await Promise.all(['xlink-2.xsd.xml', 'xml.xsd.xml'].map(read)),
  });
  expect(result.errors).toEqual([]);
  expect(result.valid).toBe(true);
}

const deliver = () => exports.export(batchId, undefined, undefined, actorId);

describe('a batch', () => {
  it('names every problem before anything is written', async () => {
    const problems = await exports.check(batchId, undefined);
    expect(problems.map(({ rule, level, tape }) => [rule, level, tape])).toEqual([
      ['not-sealed', 'error', 'MHK-0418'],
    ]);
    expect(existsSync(join(folder, 'deliveries'))).toBe(false);
  });

  it('is delivered as bags with manifests, without an unexplained tape', async () => {
    const { path, packages, problems } = await deliver();
    expect(packages).toMatchObject([{ path: join(path, 'MHK_0417_e_p1'), ok: true }]);
    expect(problems.map((problem) => problem.rule)).toEqual(['not-sealed']);
    expect((await readdir(path)).sort()).toEqual(['MHK_0417_e_p1', 'manifest.csv', 'manifest.json']);
    const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      batch: 'Gent / 1',
      packages: [{ identifier: 'MHK 0417 é', frames: 50, durationS: 2, qcInfo: 1, passNumber: 1 }],
      notDelivered: [{ identifier: 'MHK-0418', reason: expect.stringContaining('no sealed pass') }],
    });
    const csv = (await readFile(join(path, 'manifest.csv'), 'utf8')).split('\r\n');
    expect(csv).toHaveLength(4);
    expect(csv[1]).toContain('"Untitled, Loop <1987>"');
    const written = log.list({ type: 'package.written' });
    expect(written).toMatchObject([
      { payload: { name: 'MHK_0417_e_p1', manifestSha512: manifest.packages[0].manifestSha512 } },
    ]);
    expect(log.list({ type: 'package.verified' })).toMatchObject([{ payload: { ok: true, problems: [] } }]);
  });

  it('does not count what the artist meant, and keeps it all the same', async () => {
    const said = { intentionId: newId(), tapeId: sealed, check: 'black', channels: null, range: null };
    append('qc.intention-stated', { ...said, reason: 'A dark work.' });
    const { path } = await deliver();
    const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
    expect(manifest.packages).toMatchObject([{ qcInfo: 0 }]);
    const bag = join(path, 'MHK_0417_e_p1', 'data');
    const { events } = JSON.parse(await readFile(join(bag, 'quality-control', 'events.json'), 'utf8'));
    expect(events).toMatchObject([{ check: 'black', intended: { reason: 'A dark work.' } }]);
    const premis = await readFile(join(bag, 'provenance', 'premis.xml'), 'utf8');
    expect(premis).toContain('What the check black finds is intended by the artist, in the whole work.');
    expect(await exports.verifyPaths([path])).toMatchObject({ ok: true });
  });

  it('is read back by its paths alone: the delivery, then each bag', async () => {
    const { path } = await deliver();
    expect(await exports.verifyPaths([path])).toMatchObject({
      ok: true,
      items: [
        { kind: 'delivery', ok: true },
        { kind: 'bag', ok: true },
      ],
    });
  });

  it('is never delivered into a folder that is in use', async () => {
    await expect(exports.export(batchId, undefined, join(folder, 'files'), actorId)).rejects.toMatchObject({
      code: 'FILE_EXISTS',
    });
  });

  it('is refused by an unknown profile, and an unknown batch is named', async () => {
    await expect(exports.check(batchId, 'nypl')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(exports.check(newId(), undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the provenance in a package', () => {
  const damage = async (name: string, change: (text: string) => string) => {
    const { path } = await deliver();
    const file = join(path, 'MHK_0417_e_p1', 'data', 'provenance', name);
    await writeFile(file, change(await readFile(file, 'utf8')));
    const { ok, items } = await exports.verifyPaths([join(path, 'MHK_0417_e_p1')]);
    expect(ok).toBe(false);
    return items.flatMap((item) => item.problems.map((problem) => problem.rule));
  };

  it('gives away an event that was changed', async () => {
    expect(await damage('log.jsonl', (text) => text.replace('glitch', 'splice'))).toContain('log-event');
  });

  it('gives away a checkpoint that another key signed', async () => {
    expect(await damage('log-checkpoint.json', (text) => text.replace(/"seq": (\d+)/, '"seq": 1'))).toContain(
      'log-checkpoint',
    );
  });

  it('gives away a log without its key', async () => {
    expect(await damage('station-key.pem', () => 'no key')).toContain('log-unreadable');
  });

  it('tells in PREMIS who did what, with what, to which pass', async () => {
    await recordPass(sealed, { passNumber: 2, frames: 25 });
    const { path } = await deliver();
    const xml = await readFile(join(path, 'MHK_0417_e_p1', 'data', 'provenance', 'premis.xml'), 'utf8');
    const events = xml.match(/<event>.*?<\/event>/gs) ?? [];
    const rolesOf = (detail: string) => {
      const event = events.find((each) => each.includes(detail)) ?? '';
      return [...event.matchAll(/<linkingAgentIdentifierValue>([^<]*)<.*?Role>([^<]*)</gs)]
        .filter(([, , role]) => role !== 'station')
        .map(([, id, role]) => [id === actorId ? 'person' : id, role]);
    };
    const person = ['person', 'implementer'];
    const program = ['ffmpeg 5.1', 'executing program'];
    expect(rolesOf('Registered at the station')).toEqual([person]);
    expect(rolesOf('>Recording started')).toEqual([person, program]);
    expect(rolesOf('>Sealed:')).toEqual([program]);
    expect(rolesOf('>Put into batch Gent / 1 for delivery.')).toEqual([person]);
    expect(xml).not.toContain('calibration');
    // Events of the pass that is not here come last, and say so.
    const foreign = events.map((event) => event.includes('Pass 2, which is not in this package: '));
    expect(foreign.lastIndexOf(false)).toBeLessThan(foreign.indexOf(true));
    expect(foreign.filter(Boolean)).toHaveLength(13);
    expect(xml).toMatch(/in this package<.*?>no</s);
    const followed = events.find((event) => event.includes('>Decoded 50 frames')) ?? '';
    expect([...followed.matchAll(/linkingObjectRole>(\w+)</g)].map(([, role]) => role)).toEqual([
      'source',
      'outcome',
    ]);
    expect(xml).toMatch(/derivation<\/relationshipType>\s*<relationshipSubType>has source</);
    await expectValidPremis(xml);
  });

  it('is PREMIS 3 that its schema accepts, with every event and digest', async (context) => {
    const { path } = await deliver();
    const xml = await readFile(join(path, 'MHK_0417_e_p1', 'data', 'provenance', 'premis.xml'), 'utf8');
    expect(xml).toContain('Untitled, Loop &lt;1987&gt;');
    expect(xml).toContain('Mark at frame 3: glitch');
    expect(xml.match(/<event>/g)).toHaveLength(15);
    expect(xml.match(/<messageDigest>/g)).toHaveLength(15);
    if (!existsSync(schemas)) return context.skip('../shared is not here: the schema was not asked');
    await expectValidPremis(xml);
  });
});

describe('a forger who writes the manifests anew', () => {
  const forge = async (change: (bag: string) => Promise<unknown>) => {
    const { path } = await deliver();
    const bag = join(path, 'MHK_0417_e_p1');
    await change(bag);
    await manifestAnew(bag);
    const { items } = await exports.verifyPaths([bag]);
    return items.flatMap((item) => item.problems.map((problem) => problem.rule));
  };
  const rewrite = (bag: string, name: string, change: (text: string) => string) =>
    readFile(join(bag, name), 'utf8').then((text) => writeFile(join(bag, name), change(text)));

  it('is a fair one: nothing is found where nothing was changed', async () => {
    expect(await forge(async () => undefined)).toEqual([]);
  });

  it('cannot put another master in its place', async () => {
    expect(await forge((bag) => writeFile(join(bag, 'data/master/MHK_p1.mkv'), 'forged'))).toEqual([
      'log-file-digest',
    ]);
  });

  it('cannot take a registered file away, nor add one', async () => {
    expect(await forge((bag) => rm(join(bag, 'data/access/MHK_p1_access.mp4')))).toEqual([
      'log-file-missing',
    ]);
    await rm(join(folder, 'deliveries'), { recursive: true });
    expect(await forge((bag) => writeFile(join(bag, 'data/master/b.mkv'), ''))).toEqual(['log-file-unknown']);
  });

  it('cannot leave the seal out of the log', async () => {
    const unsealed = (text: string) => text.replace(/^.*"pass\.sealed".*\n/m, '');
    expect(await forge((bag) => rewrite(bag, 'data/provenance/log.jsonl', unsealed))).toContain(
      'log-not-sealed',
    );
  });
});

describe('what is found before anything is written', () => {
  const found = async () => {
    const problems = (await exports.check(batchId, undefined)).filter(({ tape }) => tape === 'MHK 0417 é');
    return problems.map(({ rule, level, message }) => [rule, level, message]);
  };

  it('delivers the older of two passes where the newest is a part, and says so', async () => {
    await recordPass(sealed, { passNumber: 2, frames: 25 });
    const message =
      'The tape has 2 sealed passes (pass 2: 1.0 seconds, 0 frames dropped, 0 lost; pass 1: 2.0 seconds, 0 frames dropped, 0 lost). Pass 1 is delivered.';
    expect(await found()).toEqual([['several-sealed-passes', 'warning', message]]);
    expect((await deliver()).packages).toMatchObject([{ path: expect.stringMatching(/_p1$/), ok: true }]);
  });

  it('delivers neither of two passes where the one is short and the other lost frames', async () => {
    await recordPass(sealed, { passNumber: 2, frames: 500, droppedFrames: 3 });
    await recordPass(sealed, { passNumber: 3, frames: 50 });
    expect(await found()).toMatchObject([
      ['several-sealed-passes', 'error', expect.stringContaining('neither holds the tape')],
    ]);
  });

  it('delivers the pass that somebody chose, however short, and says so everywhere', async () => {
    const passId = await recordPass(sealed, { passNumber: 2, frames: 25 });
    append('tape.pass-chosen', { tapeId: sealed, passId, reason: 'Calmer <chroma>' });
    expect(await found()).toEqual([
      ['several-sealed-passes', 'warning', expect.stringContaining('It was chosen: Calmer <chroma>')],
    ]);
    const { path, packages } = await deliver();
    expect(packages).toMatchObject([{ path: expect.stringMatching(/_p2$/), ok: true }]);
    const { packages: told } = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
    expect(told).toMatchObject([{ passNumber: 2, passChosen: true, segment: null }]);
    const bag = packages[0]?.path ?? '';
    const premis = await readFile(join(bag, 'data/provenance/premis.xml'), 'utf8');
    expect(premis).toContain('Reason: Calmer &lt;chroma&gt;');
    await expectValidPremis(premis);
    expect(await exports.verifyPaths([path])).toMatchObject({ ok: true });
    // Another choice later does not make the package a lie; a package that claims a choice nobody made is one.
    const described = join(bag, 'data/provenance/tape.json');
    const text = await readFile(described, 'utf8');
    await writeFile(described, text.replace('"chosen": true', '"chosen": false'));
    await manifestAnew(bag);
    const { items } = await exports.verifyPaths([bag]);
    expect(items.flatMap(({ problems }) => problems.map(({ rule }) => rule))).toEqual(['log-tape']);
  });

  it('packages a tape that was chosen in segments segment by segment, with the self-test that they cite', async () => {
    const certificateId = newId();
    const certificate = {
      id: certificateId,
      testedAt: '2026-11-22T08:00:00.000Z',
      ok: true,
      sourceId: 'simulator',
      profileId: 'ffv1-10bit',
      chainName: 'BVU-950P -> DPS-290',
      frames: 250,
      droppedFrames: 0,
      figures: [{ id: 'luma-white', value: 940, unit: 'code', source: 'BT.601' }],
      checks: [],
    };
    append('station.certified', { certificate });
    const ofSegment = (segment: number, passNumber: number) =>
      recordPass(sealed, { passNumber, plan: { segment, certificateId } });
    const first = await ofSegment(1, 2);
    await ofSegment(3, 3);
    // Nobody chose: the pass of the whole tape stands for it.
    expect(await found()).toEqual([]);
    append('tape.pass-chosen', { tapeId: sealed, passId: first, reason: '' });
    expect((await found()).filter(([rule]) => rule === 'segment-missing')).toMatchObject([
      ['segment-missing', 'error', 'Segment 2 of the tape has no sealed pass.'],
      ['segment-missing', 'error', 'Segment 2 of the tape has no sealed pass.'],
    ]);
    await ofSegment(2, 4);
    expect((await found()).map(([rule, level]) => `${rule} ${level}`)).toEqual(
      Array.from({ length: 3 }, () => 'tape-in-segments warning'),
    );
    const { path, packages } = await deliver();
    expect(packages).toMatchObject(
      [2, 4, 3].map((number) => ({ path: expect.stringMatching(new RegExp(`_p${number}$`)), ok: true })),
    );
    const { packages: told } = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
    expect(
      told.map((entry: { segment: number; passChosen: boolean }) => [entry.segment, entry.passChosen]),
    ).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ]);
    const premis = await readFile(join(packages[0]?.path ?? '', 'data/provenance/premis.xml'), 'utf8');
    expect(premis).toContain(`Self-test ${certificateId} of the station`);
    await expectValidPremis(premis);
    expect(await exports.verifyPaths([path])).toMatchObject({ ok: true });
  });

  it('names a recording that ended before the tape, and keeps it in the manifests', async () => {
    await recordPass(sealed, { passNumber: 2, frames: 60, reason: 'disk-nearly-full' });
    expect((await found()).filter(([rule]) => rule === 'ended-early')).toEqual([
      [
        'ended-early',
        'warning',
        'The recording ended after 60 frames because the disk was nearly full: the rest of the tape was not recorded.',
      ],
    ]);
    const { path } = await deliver();
    const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
    expect(manifest.packages[0].endReason).toBe('disk-nearly-full');
    expect(await readFile(join(path, 'manifest.csv'), 'utf8')).toContain(',disk-nearly-full,');
  });

  it('names an installation that does not say whose it is', async () => {
    settings.sourceOrganization = '';
    try {
      expect(await found()).toMatchObject([
        ['organisation-missing', 'warning', expect.stringContaining('Source-Organization')],
      ]);
    } finally {
      settings.sourceOrganization = 'Museum';
    }
  });

  it('names a pass that is shorter than its label, or of another standard', async () => {
    const other = newId();
    append('tape.registered', {
      tapeId: other,
      description: tapeDescription('MHK-0419', {
        title: 'x',
        artist: 'y',
        durationMin: 30,
        standard: 'NTSC',
      }),
    });
    await recordPass(other, { passNumber: 2 });
    batchId = newId();
    append('batch.created', { batchId, name: 'Gent / 2', tapeIds: [other] });
    expect((await exports.check(batchId, undefined)).map(({ rule, level }) => [rule, level])).toEqual([
      ['shorter-than-label', 'warning'],
      ['standard-mismatch', 'warning'],
    ]);
  });

  it('tells what reviewers say of the pass, as a warning, and the package tells it too', async () => {
    const passId = await recordPass(sealed, { passNumber: 2, verdict: null });
    append('tape.pass-chosen', { tapeId: sealed, passId, reason: 'Calmer.' });
    const said = async () => (await found()).filter(([rule]) => rule !== 'several-sealed-passes');
    expect(await said()).toEqual([
      ['no-verdict', 'warning', 'Nobody has given a verdict on the pass that is delivered.'],
    ]);
    append('review.opinion-asked', { opinionId: newId(), passId, personId: null, question: 'Rain?' });
    expect((await said()).map(([rule]) => rule)).toEqual(['opinion-open']);
    append('review.event-decided', {
      ...{ decisionId: newId(), passId, qcRunId: newId(), check: 'black', channels: null, startFrame: 0 },
      ...{ endFrame: 49, judgement: 'dismissed', origin: null, remark: 'It is dusk.' },
    });
    const { packages } = await deliver();
    const premis = await readFile(join(packages[0]?.path ?? '', 'data', 'provenance', 'premis.xml'), 'utf8');
    expect(premis).toContain('found in frames 0 to 49: dismissed. It is dusk.');
    expect(premis).toContain('A second opinion was asked for. Rain?');
  });

  it('names a file that is gone, or has another size', async () => {
    await rm(join(folder, 'files/MHK_p1.mkv'));
    await writeFile(join(folder, 'files/MHK_p1_access.mp4'), '');
    expect(await found()).toEqual([
      ['file-missing', 'error', 'MHK_p1.mkv (master) cannot be read: ENOENT.'],
      ['file-missing', 'error', 'MHK_p1_access.mp4 (access) has 0 bytes; 16 were registered.'],
    ]);
  });

  it('gives names of their own to tapes that are equal in ASCII', async () => {
    const other = newId();
    append('tape.registered', { tapeId: other, description: tapeDescription('MHK 0417 è', {}) });
    await recordPass(other);
    batchId = newId();
    append('batch.created', { batchId, name: 'Gent / 2', tapeIds: [sealed, other] });
    const { packages } = await deliver();
    expect(packages.map(({ ok }) => ok)).toEqual([true, true]);
    const names = packages.map(({ path }) => /MHK_0417_e_p1_[0-9a-f]{8}$/.exec(path)?.[0]);
    expect(new Set(names)).toHaveProperty('size', 2);
    expect(names).not.toContain(undefined);
  });
});

describe('an export that meets a failing disk', () => {
  it('goes on with the next tape, and tells of the one that failed in the manifests', async () => {
    const other = newId();
    append('tape.registered', { tapeId: other, description: tapeDescription('MHK-0419', {}) });
    await recordPass(other, { passNumber: 2 });
    batchId = newId();
    append('batch.created', { batchId, name: 'Gent / 2', tapeIds: [sealed, other] });
    // The same size, so that only reading it can tell.
    await writeFile(join(folder, 'files/MHK_p1.mkv'), 'MASTER of a tape');
    const { path, packages, problems } = await deliver();
    expect(packages).toMatchObject([{ path: join(path, 'MHK-0419_p2'), ok: true }]);
    expect(problems.filter(({ rule }) => rule === 'package-failed')).toMatchObject([{ tape: 'MHK 0417 é' }]);
    const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'));
    expect(manifest.notDelivered).toMatchObject([
      { identifier: 'MHK 0417 é', reason: expect.stringContaining('is not the file that was registered') },
    ]);
    expect((await exports.verifyPaths([path])).ok).toBe(true);
  });

  it('refuses a place that is a file, or lies in one', async () => {
    const file = join(folder, 'files/MHK_p1.mkv');
    for (const to of [file, join(file, 'delivery')]) {
      await expect(exports.export(batchId, undefined, to, actorId)).rejects.toMatchObject({
        name: 'HelicalError',
        code: 'INVALID_INPUT',
      });
    }
  });
});

it('packages what a crash left beside what the recovery made of it', async () => {
  const [{ payload } = { payload: {} }] = log.list({ type: 'pass.sealed' });
  const { passId } = payload as { passId: string };
  for (const [role, name] of [
    ['frame-hashes-as-crashed', 'MHK_p1_crashed.framemd5'],
    ['audio-hashes-as-crashed', 'MHK_p1_crashed.audiomd5'],
    ['decoded-audio-hashes', 'MHK_p1.decoded.audiomd5'],
  ] as const)
    await registerFile({ passId, tapeId: sealed, role, name });
  const { path, packages } = await deliver();
  expect(packages).toMatchObject([{ ok: true }]);
  const master = join(path, 'MHK_0417_e_p1', 'data', 'master');
  expect((await readdir(join(master, 'as-crashed'))).sort()).toEqual([
    'MHK_p1_crashed.audiomd5',
    'MHK_p1_crashed.framemd5',
  ]);
  expect(await readdir(join(master, 'proof'))).toEqual(['MHK_p1.decoded.audiomd5']);
});

describe('tables that say otherwise than the log', () => {
  it.each([
    ['a title', "UPDATE tape SET title = 'Sold'", /title is told as "Sold"; the log says "Untitled/],
    ['frames', 'UPDATE pass SET frames = 51', /frames is told as 51; the log says 50/],
    ['dropped frames', 'UPDATE pass SET dropped_frames = 1', /droppedFrames/],
    [
      'a digest',
      "UPDATE file SET md5 = substr(sha256, 1, 32) WHERE role = 'master'",
      /MHK_p1.mkv was registered with another/,
    ],
    [
      'a file less',
      "DELETE FROM file WHERE role = 'samples'",
      /MHK_p1.samples.arrows is registered in the log/,
    ],
  ])('are never delivered: %s', async (_name, sql, sentence) => {
    statement(db, 'test.forge', sql).run();
    const problems = (await exports.check(batchId, undefined)).filter(
      ({ tape, level }) => tape === 'MHK 0417 é' && level === 'error',
    );
    expect(problems).toMatchObject([{ rule: 'tables-differ-from-log', level: 'error' }]);
    expect(problems[0]?.message).toMatch(sentence);
    expect((await deliver()).packages).toEqual([]);
  });
});

describe('a delivery manifest that was changed', () => {
  const rulesAfter = async (name: string, change: (text: string) => string) => {
    const { path } = await deliver();
    await writeFile(join(path, name), change(await readFile(join(path, name), 'utf8')));
    const { ok, items } = await exports.verifyPaths([path]);
    expect(ok).toBe(false);
    return items.flatMap((item) => item.problems.map((problem) => problem.rule));
  };

  it.each([
    ['title', '"title": "Untitled', '"title": "Entitled'],
    ['frames', '"frames": 50', '"frames": 51'],
    ['lost frames', '"lostFrames": 0', '"lostFrames": 9'],
    ['faults', '"qcFail": 0', '"qcFail": 1'],
    ['size', '"sizeBytes": ', '"sizeBytes": 1'],
    ['package id', '"packageId": "', '"packageId": "0'],
    ['digest of the master', '"masterSha256": "', '"masterSha256": "0'],
  ])('is found by the packages themselves: %s', async (_name, from, to) => {
    expect(await rulesAfter('manifest.json', (text) => text.replace(from, to))).toEqual([
      'delivery-csv',
      'delivery-entry',
    ]);
  });

  it('is found where the spreadsheet tells another story', async () => {
    expect(await rulesAfter('manifest.csv', (text) => text.replace('Untitled', 'Entitled'))).toEqual([
      'delivery-csv',
    ]);
  });
});

describe('a forger who guts a bag', () => {
  const rulesAfter = async (change: (bag: string) => Promise<unknown>) => {
    const { path } = await deliver();
    const bag = join(path, 'MHK_0417_e_p1');
    await change(bag);
    const { ok, items } = await exports.verifyPaths([bag]);
    expect(ok).toBe(false);
    return items.flatMap((item) => item.problems.map((problem) => problem.rule));
  };
  const rewrite = async (bag: string, name: string, change: (text: string) => string) => {
    await writeFile(join(bag, name), change(await readFile(join(bag, name), 'utf8')));
    await manifestAnew(bag);
  };

  it('cannot take the provenance away', async () => {
    expect(
      await rulesAfter(async (bag) => {
        await rm(join(bag, 'data/provenance'), { recursive: true });
        await manifestAnew(bag);
      }),
    ).toEqual(['log-incomplete']);
  });

  it('cannot take the tag manifests away', async () => {
    expect(
      await rulesAfter(async (bag) => {
        for (const name of ['tagmanifest-sha512.txt', 'tagmanifest-md5.txt']) await rm(join(bag, name));
      }),
    ).toEqual(['bag-gutted', 'bag-gutted']);
  });

  it.each([
    ['a mark', (text: string) => text.replace(/^.*"pass\.marked".*\n/m, '')],
    ['the last event', (text: string) => text.replace(/[^\n]*\n$/, '')],
  ])('cannot take %s out of the log', async (_name, change) => {
    const rules = await rulesAfter((bag) => rewrite(bag, 'data/provenance/log.jsonl', change));
    expect(rules).toContain('log-selection');
  });

  it('cannot state the smaller log in bag-info.txt: the station did not sign it', async () => {
    const rules = await rulesAfter(async (bag) => {
      const logPath = join(bag, 'data/provenance/log.jsonl');
      const text = (await readFile(logPath, 'utf8')).replace(/^.*"pass\.marked".*\n/m, '');
      await writeFile(logPath, text);
      const hashes = text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).hash);
      const selection = createHash('sha256').update(hashes.join('\n')).digest('hex');
      await rewrite(bag, 'bag-info.txt', (info) =>
        info
          .replace(/^Log-Events: .*$/m, `Log-Events: ${hashes.length}`)
          .replace(/^Log-Selection: .*$/m, `Log-Selection: ${selection}`),
      );
    });
    expect(rules).toEqual(['log-selection']);
  });

  it('cannot tell of another title or another count of frames in tape.json', async () => {
    const rules = await rulesAfter((bag) =>
      rewrite(bag, 'data/provenance/tape.json', (text) =>
        text.replace('Untitled', 'Entitled').replace('"droppedFrames": 0', '"droppedFrames": 7'),
      ),
    );
    expect(rules).toEqual(['log-tape', 'log-tape']);
  });

  it.each([
    ['another head', /^Log-Head: .*$/m, `Log-Head: ${'0'.repeat(64)}`, 'log-checkpoint'],
    ['another tape', /^External-Identifier: .*$/m, 'External-Identifier: MHK-9', 'log-tape'],
  ])('cannot state %s in bag-info.txt', async (_name, line, other, rule) => {
    const rules = await rulesAfter((bag) =>
      rewrite(bag, 'bag-info.txt', (text) => text.replace(line, other)),
    );
    expect(rules).toEqual([rule]);
  });
});

it('reads back a package that it wrote, and finds it gone', async () => {
  const { path } = await deliver();
  const [packageId = ''] = log
    .list({ type: 'package.written' })
    .map((event) => (event.payload as { packageId: string }).packageId);
  expect((await exports.verifyPackage(packageId, actorId)).ok).toBe(true);
  await rm(path, { recursive: true });
  expect((await exports.verifyPackage(packageId, actorId)).ok).toBe(false);
  expect(
    log.list({ type: 'package.verified' }).map((event) => (event.payload as { ok: boolean }).ok),
  ).toEqual([true, true, false]);
});

it('says what it does not know', async () => {
  const text = join(folder, 'readme.txt');
  await writeFile(text, '');
  const { ok, items } = await exports.verifyPaths([text, join(folder, 'absent'), folder]);
  expect(ok).toBe(false);
  expect(items.map(({ kind, problems }) => [kind, problems[0]?.rule])).toEqual([
    ['unknown', 'unknown-kind'],
    ['unknown', 'unreadable'],
    ['unknown', 'unknown-kind'],
  ]);
});
