import { describe, expect, it } from 'vitest';
import { isRecentEnough, parseVersion } from './version.ts';

const libavcodec = (major: number, minor: number) =>
  `libavcodec     ${major}. ${minor}.100 / ${major}. ${minor}.100`;
const output = (text: string, codec: string) =>
  `ffmpeg version ${text} Copyright (c) 2000-2026 the FFmpeg developers\nbuilt with gcc 12\nconfiguration: --enable-gpl --enable-libx264\n${codec}\n`;

describe('parseVersion', () => {
  it('reads version, configuration and libavcodec', () => {
    expect(parseVersion(output('5.1.9-0+deb12u1', libavcodec(59, 37)))).toEqual({
      text: '5.1.9-0+deb12u1',
      configuration: '--enable-gpl --enable-libx264',
      libavcodec: [59, 37],
    });
  });
  it('reads ffprobe built with an empty configuration', () => {
    expect(parseVersion('ffprobe version n7.1 Copyright\nconfiguration:\n')).toEqual({
      text: 'n7.1',
      configuration: '',
      libavcodec: undefined,
    });
  });
  it('does not take another program for ffmpeg', () => {
    expect(parseVersion('avconv version 12.3\n')).toBeUndefined();
  });
});

describe('isRecentEnough', () => {
  it.each([
    ['5.1.9-0+deb12u1', 59, 37, true],
    ['5.1', 59, 37, true],
    ['n7.1', 61, 19, true],
    ['8.0-full_build-www.gyan.dev', 62, 11, true],
    ['10.0', 64, 1, true],
    ['5.0.3', 59, 18, false],
    ['4.4.2-0ubuntu0.22.04.1', 58, 134, false],
    ['N-66595-gc2b38619c0-static', 60, 22, true],
    ['N-45000-g0123456', 58, 134, false],
    ['2024-11-01-git-31581ae7ee-full_build', 61, 24, true],
    ['git-2018-02-12-abcdef', 58, 10, false],
  ])('%s with libavcodec %i.%i: %s', (text, major, minor, expected) => {
    const version = parseVersion(output(text, libavcodec(major, minor)));
    expect(version && isRecentEnough(version)).toBe(expected);
  });
});
