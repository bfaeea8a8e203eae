import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg, runTool } from '#core/ffmpeg/run.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-ended-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.skipIf(process.platform === 'win32')(
  'ends its decoder when it is told to end, and leaves nothing',
  async () => {
    const { ffmpegPath } = await locateFfmpeg();
    // Far longer than it takes to be measured for a moment.
    const path = join(folder, 'long.mkv');
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=192x144:rate=25', '-t', '60'];
    await runFfmpeg(ffmpegPath, [...picture, '-c:v', 'mpeg2video', '-q:v', '8', path]);
    const program = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'qc', path], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(program, 'exit');
    const decoders = async () => {
      const listed = await runTool('ps', ['-eo', 'args']);
      if (listed.reason !== 'finished') throw new Error('Processes could not be listed.');
      return listed.stdout
        .toString()
        .split('\n')
        .filter((line) => /ffmpeg .*filter_complex/.test(line) && line.includes(path));
    };
    await expect.poll(decoders, { timeout: 30_000 }).toHaveLength(1);
    program.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(await decoders()).toEqual([]);
    expect(await readdir(folder)).toEqual(['long.mkv']);
  },
  60_000,
);
