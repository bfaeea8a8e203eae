import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { failureOf } from './failure.ts';
import { addFrames } from './frames.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'helical-cli-frames-'));
  const { ffmpegPath } = await locateFfmpeg();
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=0.4'];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=0.1'];
  const ends = [
    await runFfmpeg(ffmpegPath, ['-v', 'error', ...picture, '-c:v', 'ffv1', join(folder, 'ten.mkv')]),
    await runFfmpeg(ffmpegPath, ['-v', 'error', ...sound, join(folder, 'sound.wav')]),
  ];
  expect(ends.map(({ reason }) => reason)).toEqual(['finished', 'finished']);
  writeFileSync(join(folder, 'note.mkv'), 'a note, and no recording');
  writeFileSync(join(folder, 'taken.png'), 'mine');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The command as it is typed; what it ends with, and what it says. */
async function frames(...args: string[]) {
  const program = new Command('helical').option('--json').option('--data <dir>').exitOverride();
  addFrames(program);
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await program.parseAsync(['frames', '--json', ...args], { from: 'user' });
    return { exitCode: 0, said: String(out.mock.calls.at(-1)?.[0]) };
  } catch (error) {
    const { exitCode, message } = failureOf(error);
    return { exitCode, said: message ?? '' };
  } finally {
    out.mockRestore();
  }
}
const at = (name: string) => join(folder, name);

it.each([
  ['a file that is not there', 'no.mkv', '0', 'never.png', 'There is no file '],
  ['what is no recording', 'note.mkv', '0', 'never.png', 'note.mkv is no recording that can be read'],
  ['a file without a picture', 'sound.wav', '0', 'never.png', 'sound.wav holds no picture.'],
  ['a frame behind the last', 'ten.mkv', '10', 'never.png', 'ten.mkv: its last is frame 9.'],
  ['what names no frame', 'ten.mkv', 'soon', 'never.png', '"soon" names no frame.'],
  ['a folder that is not there', 'ten.mkv', '0', 'no/a.png', 'There is no folder '],
  ['a file that is taken', 'ten.mkv', '0', 'taken.png', 'taken.png is there already.'],
])('refuses %s in a sentence, with what to do', async (_what, file, frame, to, problem) => {
  const { exitCode, said } = await frames(at(file), '--at', frame, '--to', at(to));
  expect(said).toContain(problem);
  expect(said).toMatch(/Name |Check |Choose |Give |Make /);
  expect(said).not.toMatch(/ENO|ffprobe|Invalid data/);
  expect(exitCode).toBe(2);
  expect(existsSync(at('never.png'))).toBe(false);
});

it('gives the last frame', async () => {
  const { exitCode, said } = await frames(at('ten.mkv'), '--at', '9', '--to', at('last.png'));
  expect(exitCode).toBe(0);
  expect(JSON.parse(said)).toEqual({ frame: 9, timecode: '00:00:00:09', path: at('last.png') });
  expect(existsSync(at('last.png'))).toBe(true);
});
