import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { thumbnailStepFrames } from '#shared/domain/thumbnails.ts';
import { accessOutputArguments, accessRaster, accessVideoFilters } from './access-copy-arguments.ts';
import {
  type FollowerPlan,
  followerArguments,
  followerFiles,
  followerOutputs,
} from './follower-arguments.ts';

const shipped = new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url);
const profile = masterProfileSchema.parse(JSON.parse(readFileSync(shipped, 'utf8')));

const pal: FollowerPlan = {
  input: 'pipe:0',
  video: {
    width: 720,
    height: 576,
    frameRate: { num: 25, den: 1 },
    fieldOrder: 'tff',
    pixelFormat: 'yuv422p10le',
    standard: 'PAL',
  },
  profile,
  essence: 'encode',
  pixelFormat: 'yuv422p10le',
  trackChannels: [2, 2],
  measures: { videoFilter: 'signalstats', audioFilter: 'astats' },
  timecode: 32,
  outputs: new Set(followerOutputs),
  threads: 2,
};
const ntsc: FollowerPlan = {
  ...pal,
  video: {
    ...pal.video,
    height: 486,
    frameRate: { num: 30000, den: 1001 },
    fieldOrder: 'bff',
    standard: 'NTSC',
  },
};
const wide = { ...profile, master: { ...profile.master, aspect: '16:9' as const } };
const hd: FollowerPlan = {
  ...pal,
  video: { ...pal.video, width: 1920, height: 1080, fieldOrder: 'progressive', standard: 'other' },
};

const graphOf = (plan: FollowerPlan): string => {
  const args = followerArguments(plan);
  return args[args.indexOf('-filter_complex') + 1] ?? '';
};

describe('accessRaster', () => {
  it.each([
    ['PAL 4:3', pal, 786, 576, { num: 50, den: 1 }],
    ['PAL 16:9', { ...pal, profile: wide }, 1048, 576, { num: 50, den: 1 }],
    ['NTSC 4:3', ntsc, 654, 480, { num: 60000, den: 1001 }],
    ['NTSC 16:9', { ...ntsc, profile: wide }, 872, 480, { num: 60000, den: 1001 }],
    ['HD progressive', hd, 1920, 1080, { num: 25, den: 1 }],
  ])('%s', (_, plan, width, keptLines, frameRate) => {
    expect(accessRaster(plan)).toMatchObject({ width, keptLines, frameRate });
  });
});

describe('access copy', () => {
  it('deinterlaces by the field order, before lines are cut', () => {
    const filters = accessVideoFilters(ntsc);
    expect(filters).toContain('bwdif=mode=send_field:parity=bff:deint=all');
    expect(filters).toContain('crop=w=iw:h=480:x=0:y=4:exact=1');
    expect(filters.findIndex((filter) => filter.startsWith('bwdif'))).toBeLessThan(
      filters.findIndex((filter) => filter.startsWith('crop')),
    );
  });

  it('leaves progressive pictures as they are', () => {
    expect(accessVideoFilters(hd).join()).not.toMatch(/bwdif|crop/);
  });

  it('claims the colour that the master has, and none for a copied stream', () => {
    expect(accessVideoFilters(pal).at(-1)).toContain('color_primaries=bt470bg');
    expect(accessVideoFilters({ ...pal, essence: 'copy' }).join()).not.toContain('setparams');
    expect(accessVideoFilters({ ...pal, essence: 'copy' })).toContain(
      'scale=w=2*round(iw*sar/2):h=576:flags=lanczos',
    );
  });

  it('has no audio codec where there is no sound', () => {
    expect(accessOutputArguments(pal, 0)).not.toContain('aac');
  });
});

describe('followerArguments', () => {
  it('splits each decoded stream as often as it is used, and maps every label once', () => {
    const args = followerArguments(pal);
    const graph = graphOf(pal);
    expect(graph).toContain('[0:v:0]split=6');
    expect(graph).toContain('[0:a:0]asplit=3');
    // Numbered in front of the gate: a card that lost frames leaves holes in the master's times.
    expect(graph).toMatch(/setpts=expr=[^,]*N\*1\/\(25\*TB\)[^,]*,metadata@gate-samples=[^,]+,signalstats/);
    expect(graph).toMatch(/amerge=inputs=2,ametadata@gate-samples=[^,]+,astats/);
    const mapped = args.filter((_, index) => args[index - 1] === '-map');
    expect(new Set(mapped).size).toBe(mapped.length);
    for (const label of mapped) expect(graph.split(label)).toHaveLength(2);
  });

  it.each(followerOutputs)('can leave out %s', (left) => {
    const args = followerArguments({
      ...pal,
      outputs: new Set(followerOutputs.filter((name) => name !== left)),
    });
    const all = followerArguments(pal);
    expect(args.filter((arg) => arg === '-map').length).toBeLessThan(
      all.filter((arg) => arg === '-map').length,
    );
    const pictures = (args[args.indexOf('-filter_complex') + 1] ?? '').match(/\[0:v:0\]split=(\d)/)?.[1];
    expect(pictures).toBe(left === 'audio-hashes' ? '6' : '5');
  });

  it('without sound has no audio hashes and no sound for the instrument', () => {
    const args = followerArguments({ ...pal, trackChannels: [] });
    expect(args).not.toContain(followerFiles.audioHashes);
    expect(args.join(' ')).not.toMatch(/asplit|astats|aac/);
  });

  it('joins mono tracks two by two for the access copy, and hashes each by itself', () => {
    const graph = graphOf({ ...pal, trackChannels: [1, 1, 1], measures: undefined });
    expect(graph.match(/amerge=inputs=2,ametadata@gate-access=[^,]+,aresample/g)).toHaveLength(1);
    expect(graph.match(/asetnsamples/g)).toHaveLength(3);
  });

  it('makes a thumbnail each ten seconds', () => {
    expect([
      thumbnailStepFrames({ num: 25, den: 1 }),
      thumbnailStepFrames({ num: 30000, den: 1001 }),
    ]).toEqual([250, 300]);
  });
});
