import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { threadCpuMs } from '../cpu-time.ts';
import { createQc } from '../create-qc.ts';
import { judgeForeign, reportForeign } from './foreign-tape.ts';
import { mediaconchImplementation } from './mediaconch.fixture.ts';

const profile = { id: 'test', name: 'Test', description: '', checks: {} };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-foreign-tape-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A report as QCTools writes it, of a grey picture that goes black for its second half. */
async function reportOf(name: string, frames: number, end = '</frames></ffprobe:ffprobe>'): Promise<string> {
  const pieces = Array.from({ length: frames }, (_, frame) => {
    const luma = frame < frames / 2 ? 126 + (frame % 3) : 16;
    const tags = [
      'YMIN',
      'YLOW',
      'YAVG',
      'YHIGH',
      'YMAX',
      'UAVG',
      'VAVG',
      'SATMAX',
      'HUEAVG',
      'TOUT',
      'BRNG',
    ].map(
      (key) =>
        `<tag key="lavfi.signalstats.${key}" value="${key.startsWith('Y') ? luma : key === 'TOUT' || key === 'BRNG' ? 0 : 128}"/>`,
    );
    const timeS = (frame / 25).toFixed(2);
    return `<frame media_type="video" stream_index="0" pkt_pts_time="${timeS}" pkt_duration_time="0.04" width="720" height="576" pix_fmt="yuv422p10le">${tags.join('')}</frame>`;
  });
  const path = join(folder, name);
  await writeFile(path, `<ffprobe:ffprobe><frames>${pieces.join('\n')}${end}`);
  return path;
}

describe('a long report of another tool', () => {
  it('is judged and written in a thread: the engine answers meanwhile', async () => {
    const path = await reportOf('long.qctools.xml', 8000);
    expect((await stat(path)).size).toBeGreaterThan(4 << 20);
    const qc = createQc({ profiles: [profile], ffmpeg: { ffmpegPath: 'none', ffprobePath: 'none' } });
    const to = join(folder, 'long.csv');
    const [ownBefore, allBefore] = [threadCpuMs(), process.cpuUsage()];
    await qc.reportFile(path, undefined, { format: 'csv', language: 'en', to });
    const own = threadCpuMs() - ownBefore;
    const all = process.cpuUsage(allBefore);
    // Work and not time: how busy the machine is does not matter.
    expect(own / ((all.user + all.system) / 1000)).toBeLessThan(0.2);
    expect((await readFile(to, 'utf8')).trim().split('\r\n')).toHaveLength(8001);
  });

  it('is found the same in a thread as in the engine, and refused in the same words', async () => {
    const path = await reportOf('short.qctools.xml', 200);
    const [here, apart] = [await judgeForeign(path, profile), await judgeForeign(path, profile, 0)];
    expect(apart).toEqual(here);
    expect(apart).toMatchObject({ file: path, frames: 200 });
    expect(apart.events.length).toBeGreaterThan(0);

    const cut = await reportOf('cut.qctools.xml', 50, '<frame media');
    const other = join(folder, 'other.xml');
    await writeFile(other, mediaconchImplementation);
    const [toHere, toApart] = [join(folder, 'here.csv'), join(folder, 'apart.csv')];
    const request = { format: 'csv', language: 'en' } as const;
    const written = await reportForeign(cut, profile, { ...request, to: toHere });
    expect(await reportForeign(cut, profile, { ...request, to: toApart }, 0)).toEqual({
      ...written,
      path: toApart,
    });
    expect(written.cutAtFrame).toBe(50);
    expect(await readFile(toApart, 'utf8')).toBe(await readFile(toHere, 'utf8'));
    await expect(judgeForeign(cut, profile)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    const refusal = await judgeForeign(other, profile).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT' });
    await expect(judgeForeign(other, profile, 0)).rejects.toEqual(refusal);
  });
});
