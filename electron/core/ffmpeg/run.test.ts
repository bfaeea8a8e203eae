import { getPriority } from 'node:os';
import { describe, expect, it } from 'vitest';
import { locateFfmpeg } from './locate.ts';
import type { Progress } from './progress.ts';
import { runFfmpeg, runTool } from './run.ts';

const { ffmpegPath } = await locateFfmpeg();
const source = (seconds: number, realTime = false) => [
  ...(realTime ? ['-re'] : []),
  '-f',
  'lavfi',
  '-i',
  `testsrc2=size=96x72:rate=25:duration=${seconds}`,
];

describe('runFfmpeg', () => {
  it('finishes, telling of progress up to the last frame', async () => {
    const seen: Progress[] = [];
    const end = await runFfmpeg(ffmpegPath, [...source(2), '-f', 'null', '-'], {
      onProgress: (progress) => seen.push(progress),
    });
    expect(end.reason).toBe('finished');
    expect(seen.at(-1)).toMatchObject({ frame: 50, ended: true });
  });

  it('collects what a job writes to standard output', async () => {
    const end = await runFfmpeg(ffmpegPath, [...source(1), '-f', 'framemd5', 'pipe:1']);
    expect(end.reason).toBe('finished');
    if (end.reason !== 'finished') return;
    expect(end.stdout.toString().match(/^0,/gm)).toHaveLength(25);
  });

  it('fails with the exit code, the last line of standard error and the command', async () => {
    const end = await runFfmpeg(ffmpegPath, ['-i', '/nonexistent/tape.mkv', '-f', 'null', '-']);
    expect(end).toMatchObject({ reason: 'failed', exitCode: 1, signal: null });
    if (end.reason !== 'failed') return;
    expect(end.lastError).toContain('/nonexistent/tape.mkv: No such file or directory');
    expect(end.argv[0]).toBe(ffmpegPath);
    expect(end.argv).toContain('/nonexistent/tape.mkv');
  });

  it('is aborted by its signal, in the middle', async () => {
    const controller = new AbortController();
    const end = await runFfmpeg(ffmpegPath, [...source(600, true), '-f', 'null', '-'], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(end.reason).toBe('aborted');
  });

  it('does not start what is aborted already', async () => {
    const end = await runFfmpeg('/nonexistent/ffmpeg', [], { signal: AbortSignal.abort() });
    expect(end.reason).toBe('aborted');
  });

  it('says that the program is missing', async () => {
    const end = await runFfmpeg('/nonexistent/ffmpeg', ['-version']);
    expect(end).toMatchObject({
      reason: 'missing',
      argv: ['/nonexistent/ffmpeg', '-hide_banner', '-nostdin', '-nostats', '-version'],
    });
  });
});

describe('runTool', () => {
  it('bounds what it keeps of standard error', async () => {
    const script = 'for (let i = 0; i < 20000; i += 1) console.error("line " + i); process.exitCode = 7;';
    const end = await runTool(process.execPath, ['-e', script]);
    expect(end).toMatchObject({ reason: 'failed', exitCode: 7, lastError: 'line 19999' });
    if (end.reason === 'failed') expect(end.stderrTail.length).toBeLessThanOrEqual(16 * 1024);
  });

  it('fails, rather than cut, when standard output is too long', async () => {
    const end = await runTool(process.execPath, ['-e', 'process.stdout.write("x".repeat(5000))'], {
      maximumStdoutBytes: 4999,
    });
    expect(end).toMatchObject({
      reason: 'failed',
      lastError: 'wrote more than 4999 bytes to standard output',
    });
  });

  it('names the signal that ended the program', async () => {
    const end = await runTool(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")']);
    expect(end).toMatchObject({
      reason: 'failed',
      exitCode: null,
      signal: 'SIGKILL',
      lastError: 'ended by SIGKILL',
    });
  });

  it.skipIf(process.platform === 'win32')('runs at the nice value asked for', async () => {
    const nice = getPriority() + 3;
    // The value is set just after the start, so the child waits for it; without it this ends at the deadline, exit code 1.
    const script = `const until = Date.now() + 10000; const look = () => { if (require('node:os').getPriority() === ${nice}) process.exit(0); if (Date.now() > until) process.exit(1); setTimeout(look, 10); }; look();`;
    const end = await runTool(process.execPath, ['-e', script], { nice });
    expect(end.reason).toBe('finished');
  });
});
