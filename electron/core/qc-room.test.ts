import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { rational } from '#shared/domain/rational.ts';
import { makeTestMaster } from './essence/test-master.ts';
import { locateFfmpeg } from './ffmpeg/locate.ts';
import { measuresFor } from './qc/every-measure.ts';
import { recordedPass } from './qc/reports/recorded-pass.testbed.ts';
import { createSampleStore } from './qc/sample-store.ts';
import { createQcRoom } from './qc-room.ts';
import type { RoomOptions } from './rooms-options.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-qc-room-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const samples = createSampleStore(join(folder, 'p1.samples.arrows'), measuresFor(1), {
  frameRate: rational(25),
  bitDepth: 10,
  channels: 1,
  standard: 'PAL',
});
for (let frame = 0; frame < 30; frame++) samples.append(measuresFor(1).map((_, at) => frame + at));
await samples.close();

const files: Record<string, { role: string; name: string }[]> = {
  sealed: [
    { role: 'master', name: 'p1.mkv' },
    { role: 'samples', name: 'p1.samples.arrows' },
  ],
  recording: [],
};
const logged: unknown[] = [];
let format = 'other';
const options = {
  profiles: {
    qc: [
      { id: 'a-format', name: 'A', description: '', formats: ['hi8'], checks: {} },
      { id: 'test', name: 'Test', description: '', checks: {} },
    ],
  },
  log: { append: (events: unknown[]) => logged.push(...events) },
  newId: () => '019a0000-0000-7000-8000-000000000003',
  stores: {
    files: { ofPass: (passId: string) => files[passId] ?? [] },
    passes: {
      find: (passId: string) => (passId in files ? recordedPass({ state: passId, frames: 30 }) : undefined),
    },
    qc: { latest: () => undefined },
    tapes: { find: () => ({ format }) },
    intentions: { ofTape: () => [] },
    review: { decisions: () => [] },
    people: { find: () => undefined },
  },
  reviewDesk: {
    show: (passId: string) => ({
      ...{ passId, outcome: 'accepted', holding: null, decisions: [], notes: [], watched: [], opinions: [] },
      ...{ verdicts: [], qcRunId: null, masterSha256: null, names: {} },
      files: { copy: null, master: null, provedAt: null },
    }),
  },
  vocabulary: { terms: [] },
  publisher: { beginWork: () => ({ progress() {}, end() {} }) },
  pathOf: ({ name }: { name: string }) => join(folder, name),
} as unknown as RoomOptions;
const room = createQcRoom(options, await locateFfmpeg());

it('writes a report of a pass from its samples, also where its master is elsewhere today', async () => {
  const to = join(folder, 'p1.csv');
  const written = await room.reportPass('sealed', undefined, { format: 'csv', language: 'en', to });
  const text = await readFile(to, 'utf8');
  expect(written).toEqual({ path: to, bytes: text.length });
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(31);
  expect(lines[30]).toMatch(/^29,00:00:01\.160,29,30,31,/);
  const page = join(folder, 'p1.html');
  await room.reportPass('sealed', 'test', { format: 'html', language: 'nl', to: page });
  const html = await readFile(page, 'utf8');
  expect(html).toMatch(/<h1>[^<]*<\/h1><p class="file">Run \d+ · p1\.mkv<\/p>/);
  expect(html).toContain('<strong>◉ goedgekeurd</strong>');
});

it('refuses a pass without a master, a place that is taken, and a place that depends on where the engine runs', async () => {
  const taken = join(folder, 'taken.csv');
  await writeFile(taken, 'mine');
  const asked = (passId: string, to: string, profileId?: string) =>
    room.reportPass(passId, profileId, { format: 'csv', language: 'en', to });
  await expect(asked('recording', join(folder, 'a.csv'))).rejects.toMatchObject({ code: 'WRONG_STATE' });
  await expect(asked('none', join(folder, 'a.csv'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(asked('sealed', join(folder, 'a.csv'), 'nope')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(asked('sealed', taken)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  await expect(asked('sealed', 'a.csv')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(await readFile(taken, 'utf8')).toBe('mine');
});

it('judges by the profile of the tape’s format, by another that is asked for, or by the general one', async () => {
  const judgedBy = async (profileId?: string) =>
    (await room.measurePass('sealed', profileId, 'someone')).profile.id;
  expect(await judgedBy()).toBe('test');
  format = 'hi8';
  expect([await judgedBy(), await judgedBy('test')]).toEqual(['a-format', 'test']);
  expect(logged.map((event) => (event as { payload: { profileId: string } }).payload.profileId)).toEqual([
    'test',
    'a-format',
    'test',
  ]);
});

it('judges a pass’s file too, and keeps what MediaConch says beside it, once', async () => {
  const program = join(folder, 'mediaconch');
  const report = `<MediaConch version="0.3"><media ref="p2.mkv"><implementationChecks><check icid="X"><test outcome="fail"/></check></implementationChecks></media></MediaConch>`;
  await writeFile(program, `#!${process.execPath}\nprocess.stdout.write(${JSON.stringify(report)});\n`);
  await chmod(program, 0o755);
  process.env['HELICAL_MEDIACONCH'] = program;
  // Samples and the master of another pass: here it only matters that both are there.
  await rename(makeTestMaster(folder, { seconds: 0.2 }).master, join(folder, 'p1.mkv'));
  try {
    logged.length = 0;
    const result = await room.measurePass('sealed', 'test', 'someone');
    expect(result.events.map(({ check }) => check)).toContain('file-mediaconch');
    expect(result.media?.mediaconch).toEqual({ applied: 1, passed: 0, problems: [expect.anything()] });
    expect(logged).toMatchObject([
      {
        type: 'file.registered',
        payload: { role: 'mediaconch-report', name: 'p1.mediaconch.xml', sizeBytes: report.length },
      },
      { type: 'qc.measured', payload: { events: expect.arrayContaining([expect.anything()]) } },
    ]);
    expect(await readFile(join(folder, 'p1.mediaconch.xml'), 'utf8')).toBe(report);
    logged.length = 0;
    await room.measurePass('sealed', 'test', 'someone');
    expect(logged).toMatchObject([{ type: 'qc.measured' }]);
  } finally {
    delete process.env['HELICAL_MEDIACONCH'];
  }
});
