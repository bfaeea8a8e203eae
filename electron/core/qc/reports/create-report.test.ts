import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passReviewSchema } from '#shared/domain/pass-review.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import { threadCpuMs } from '../cpu-time.ts';
import { measuresFor } from '../every-measure.ts';
import { longFrom } from '../long-tape.ts';
import { readSampleStore } from '../sample-reader.ts';
import { createSampleStore } from '../sample-store.ts';
import { sampleWindow } from '../sample-window.ts';
import { reportSamples } from './create-report.ts';
import { recordedPass } from './recorded-pass.testbed.ts';
import type { ReportReview } from './report-review.ts';
import { portableReview, type WritingOrder, writeHere, writeSamples } from './write-samples.ts';

const profile = { id: 'test', name: 'Test', description: '', checks: {} };
const ffmpeg = { ffmpegPath: 'none', ffprobePath: 'none' };
const ada = '019a0000-0000-7000-8000-000000000001';
const passId = '019a0000-0000-7000-8000-000000000003';
const review: ReportReview = {
  subject: { tape: 'VT-1', passNumber: 1 },
  pass: recordedPass(),
  nameOf: (id) => (id === ada ? 'Ada <Maes>' : id),
  terms: [],
  said: passReviewSchema.parse({
    ...{ passId, outcome: 'disputed', holding: null, qcRunId: null, masterSha256: null, names: {} },
    ...{
      files: { copy: null, master: null, provedAt: null },
      decisions: [],
      notes: [],
      opinions: [],
      verdicts: [],
    },
    watched: [{ personId: ada, ranges: [{ startFrame: 0, endFrame: 29 }] }],
  }),
};
const result: QcResult = {
  ...{ file: 'short', frames: 50, fps: '25/1', standard: 'PAL', profile, events: [] },
  summary: { info: 0, warn: 0, fail: 0, intended: 0, checks: [], notJudged: [] },
};
const source: WritingOrder['source'] = {
  ...{ fileName: 'short', media: undefined, picture: undefined, result, profile, madeAt: new Date(0) },
  measuredArea: 'active',
};

/** Some of each kind: to lay down a store of all takes long. */
const measures = measuresFor(2).filter((_, at) => at % 9 === 0);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-long-report-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function storeOf(frames: number): Promise<string> {
  const path = join(folder, `${frames}.arrows`);
  if (existsSync(path)) return path;
  const description = { frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 2, standard: 'PAL' };
  const store = createSampleStore(path, measures, description);
  const row = new Float32Array(measures.length);
  for (let frame = 0; frame < frames; frame++) {
    for (let at = 0; at < row.length; at++) row[at] = ((frame * 7 + at * 31) % 64) + 1;
    store.append(row);
  }
  await store.close();
  return path;
}

describe('a report of a long tape', () => {
  it('is judged and written in threads: the engine answers meanwhile', async () => {
    const [samplesPath, to] = [await storeOf(longFrom), join(folder, 'long.html')];
    const from = { samplesPath, fileName: 'long', mediaPath: undefined };
    const [ownBefore, allBefore] = [threadCpuMs(), process.cpuUsage()];
    let isWritten = false;
    const report = reportSamples(from, profile, ffmpeg, { format: 'html', language: 'en', to });
    const done = report.finally(() => {
      isWritten = true;
    });
    // Somebody looks at a graph of the same tape.
    await new Promise(setImmediate);
    const asked = { measures: ['yAvg'], from: 0, to: longFrom - 1, points: 100 };
    expect(sampleWindow(readSampleStore(samplesPath), asked).frames.length).toBeGreaterThan(50);
    expect(isWritten).toBe(false);
    await done;
    const all = process.cpuUsage(allBefore);
    // Work and not time: how busy the machine is does not matter. On the loop itself it is half of all, the rest being the compiler and the collector.
    expect((threadCpuMs() - ownBefore) / ((all.user + all.system) / 1000)).toBeLessThan(0.2);
    expect(await readFile(to, 'utf8')).toContain('</html>');
  });

  it('is the same from a thread, and says in the same words what cannot be written', async () => {
    const samplesPath = await storeOf(50);
    const order = (to: string): WritingOrder => ({
      ...{ samplesPath, request: { format: 'html', language: 'nl', to } },
      ...{ source, review: portableReview(review, result) },
    });
    const [apart, here] = [join(folder, 'apart.html'), join(folder, 'here.html')];
    await writeSamples(order(apart), 0);
    await writeHere(order(here));
    expect(await readFile(apart, 'utf8')).toBe(await readFile(here, 'utf8'));
    expect(await readFile(apart, 'utf8')).toContain('Ada &lt;Maes&gt;');
    const refusal = await writeHere(order(apart)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'FILE_EXISTS' });
    await expect(writeSamples(order(apart), 0)).rejects.toEqual(refusal);
  });

  it.skipIf(process.platform !== 'linux')(
    'says from a thread that the disk is full, and leaves nothing there',
    async () => {
      const to = join(folder, 'full.csv');
      const order = {
        samplesPath: await storeOf(50),
        request: { format: 'csv', language: 'en', to },
      } as const;
      // Every write to it fails as on a full disk.
      await symlink('/dev/full', `${to}.part`);
      await expect(writeSamples({ ...order, source, review: undefined }, 0)).rejects.toMatchObject({
        code: 'DISK_FULL',
        problem: `The disk of ${to} is full.`,
      });
      expect((await readdir(folder)).filter((name) => name.startsWith('full.csv'))).toEqual([]);
      expect((await writeSamples({ ...order, source, review: undefined }, 0)).path).toBe(to);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'has not its name where the engine is killed while a thread writes it, and can be written anew',
    async () => {
      const to = join(folder, 'killed.qctools.xml.gz');
      const order: WritingOrder = {
        ...{ samplesPath: await storeOf(longFrom), request: { format: 'qctools', language: 'en', to } },
        ...{ source, review: undefined },
      };
      const orderPath = join(folder, 'order.json');
      await writeFile(orderPath, JSON.stringify({ ...order, source: { ...source, madeAt: 0 } }));
      // The engine's own loop is free to look.
      const work = `import { readFileSync, statSync } from 'node:fs';
        import { writeSamples } from ${JSON.stringify(join(import.meta.dirname, 'write-samples.ts'))};
        const order = JSON.parse(readFileSync(${JSON.stringify(orderPath)}, 'utf8'));
        order.source.madeAt = new Date(0);
        void writeSamples(order);
        for (;;) {
          if (statSync(order.request.to + '.part', { throwIfNoEntry: false })?.size > 0) process.kill(process.pid, 'SIGKILL');
          await new Promise(setImmediate);
        }`;
      const programPath = join(folder, 'engine.mjs');
      await writeFile(programPath, work);
      const { signal, stderr } = spawnSync(process.execPath, [programPath], { encoding: 'utf8' });
      expect([signal, stderr]).toEqual(['SIGKILL', '']);
      const left = (await readdir(folder)).filter((name) => name.startsWith('killed'));
      expect(left).toEqual(['killed.qctools.xml.gz.part']);
      const short = await storeOf(50);
      expect((await writeSamples({ ...order, samplesPath: short }, 0)).path).toBe(to);
      expect((await readdir(folder)).filter((name) => name.startsWith('killed'))).toEqual([
        'killed.qctools.xml.gz',
      ]);
    },
  );
});
