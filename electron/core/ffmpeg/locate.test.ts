import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HelicalError } from '#shared/domain/errors.ts';
import { locateFfmpeg } from './locate.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-locate-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A folder with programs that answer `-version` the way ffmpeg and ffprobe of a release do. */
async function installed(name: string, version: string, only?: 'ffmpeg'): Promise<string> {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  for (const tool of only ? [only] : ['ffmpeg', 'ffprobe']) {
    const path = join(place, tool);
    await writeFile(
      path,
      `#!/bin/sh\necho "${tool} version ${version} Copyright"\necho "configuration: --as ${name}"\n`,
    );
    await chmod(path, 0o755);
  }
  return place;
}

const nowhere = { systemFolders: [], packaged: null };

describe.skipIf(process.platform === 'win32')('locateFfmpeg', () => {
  it('prefers the setting, then HELICAL_FFMPEG, then the PATH, then the packages, then the system', async () => {
    const [setting, variable, path, packaged, system] = await Promise.all(
      ['setting', 'variable', 'path', 'packaged', 'system'].map((name) => installed(name, '6.1')),
    );
    const pair = { ffmpegPath: `${packaged}/ffmpeg`, ffprobePath: `${packaged}/ffprobe` };
    const all = {
      setting,
      environment: { HELICAL_FFMPEG: variable, PATH: path },
      packaged: pair,
      systemFolders: [`${system}`],
    };
    expect(await locateFfmpeg(all)).toEqual({
      ffmpegPath: `${setting}/ffmpeg`,
      ffprobePath: `${setting}/ffprobe`,
      version: '6.1',
      origin: 'setting',
      configuration: '--as setting',
    });
    expect((await locateFfmpeg({ ...all, setting: undefined })).origin).toBe('environment');
    expect((await locateFfmpeg({ ...all, setting: undefined, environment: { PATH: path } })).origin).toBe(
      'path',
    );
    expect((await locateFfmpeg({ ...all, setting: undefined, environment: {} })).origin).toBe('package');
    expect((await locateFfmpeg({ ...nowhere, environment: {}, systemFolders: [`${system}`] })).origin).toBe(
      'system',
    );
  });

  it('takes the path of ffmpeg itself', async () => {
    const place = await installed('itself', '5.1.9-0+deb12u1');
    const found = await locateFfmpeg({ ...nowhere, environment: { HELICAL_FFMPEG: join(place, 'ffmpeg') } });
    expect(found).toMatchObject({ ffprobePath: join(place, 'ffprobe'), version: '5.1.9-0+deb12u1' });
  });

  it('takes the ffprobe that is named like ffmpeg, as Homebrew names a second build', async () => {
    const place = await installed('second', '7.1');
    for (const tool of ['ffmpeg', 'ffprobe']) await rename(join(place, tool), join(place, `${tool}-dl`));
    const found = await locateFfmpeg({
      ...nowhere,
      environment: { HELICAL_FFMPEG: join(place, 'ffmpeg-dl') },
    });
    expect(found.ffprobePath).toBe(join(place, 'ffprobe-dl'));
  });

  it('passes over an old ffmpeg on the PATH for a newer one', async () => {
    const old = await installed('old', '4.4.2');
    const recent = await installed('recent', 'n7.1');
    const found = await locateFfmpeg({ ...nowhere, environment: { PATH: [old, recent].join(delimiter) } });
    expect(found.ffmpegPath).toBe(join(recent, 'ffmpeg'));
  });

  it('refuses a chosen ffmpeg that is too old, although another is at hand', async () => {
    const old = await installed('chosen-old', '4.4.2');
    const recent = await installed('at-hand', '7.1');
    const refusal = await locateFfmpeg({ ...nowhere, setting: old, environment: { PATH: recent } }).catch(
      (error) => error,
    );
    expect(refusal).toBeInstanceOf(HelicalError);
    expect(refusal.code).toBe('FFMPEG_MISSING');
    expect(refusal.message).toContain(`the setting: ${join(old, 'ffmpeg')} is version 4.4.2, older than 5.1`);
    expect(refusal.remedy).toContain('HELICAL_FFMPEG');
  });

  it('refuses ffmpeg without ffprobe', async () => {
    const place = await installed('half', '7.1', 'ffmpeg');
    await expect(locateFfmpeg({ ...nowhere, environment: { PATH: place } })).rejects.toThrow(
      `${join(place, 'ffprobe')} cannot be started`,
    );
  });

  it('refuses a program that is not ffmpeg', async () => {
    const place = await installed('other', '7.1');
    await writeFile(join(place, 'ffmpeg'), '#!/bin/sh\necho hello\n');
    await expect(locateFfmpeg({ ...nowhere, environment: { PATH: place } })).rejects.toThrow(
      'is not ffmpeg or ffprobe',
    );
  });

  it('says what is needed when there is none at all', async () => {
    await expect(locateFfmpeg({ ...nowhere, environment: { PATH: folder } })).rejects.toMatchObject({
      code: 'FFMPEG_MISSING',
      problem: 'Helical needs ffmpeg and ffprobe 5.1 or newer. None was found.',
    });
  });

  it('finds a real one on this machine', async () => {
    const found = await locateFfmpeg();
    expect(found.configuration).toContain('--');
  });
});
