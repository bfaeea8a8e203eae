import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDemuxerHelp } from './demuxer-help.ts';
import { askInputs } from './inputs.ts';
import { locateFfmpeg } from './locate.ts';

// Recorded from ffmpeg 5.1.9 (Debian 12), shortened.
const v4l2 = `Demuxer video4linux2,v4l2 [Video4Linux2 device grab]:
V4L2 indev AVOptions:
  -standard          <string>     .D......... set TV standard, used only by analog frame grabber
  -channel           <int>        .D......... set TV channel, used only by frame grabber (from -1 to INT_MAX) (default -1)
  -list_formats      <int>        .D......... list available formats and exit (from 0 to INT_MAX) (default 0)
     all             3            .D......... show all available formats
     raw             1            .D......... show only non-compressed formats
  -timestamps        <int>        .D......... set type of timestamps for grabbed frames (from 0 to 2) (default default)
     default         0            .D......... use timestamps from the kernel
     abs             1            .D......... use absolute timestamps (wall clock)
  -use_libv4l2       <boolean>    .D......... use libv4l2 (v4l-utils) conversion functions (default false)

`;

it('reads options with their limits, defaults and named values', () => {
  const options = parseDemuxerHelp(v4l2);
  expect([...(options?.keys() ?? [])]).toEqual([
    ...['standard', 'channel', 'list_formats', 'timestamps', 'use_libv4l2'],
  ]);
  expect(options?.get('standard')).toEqual({
    type: 'string',
    description: 'set TV standard, used only by analog frame grabber',
    values: [],
    default: undefined,
    from: undefined,
    to: undefined,
  });
  expect(options?.get('channel')).toMatchObject({ type: 'int', default: '-1', from: '-1', to: 'INT_MAX' });
  expect(options?.get('list_formats')?.values).toEqual(['all', 'raw']);
  expect(options?.get('timestamps')).toMatchObject({ values: ['default', 'abs'], default: 'default' });
});

it('is undefined where the build has no such demuxer', () => {
  expect(parseDemuxerHelp("Unknown format 'decklink'.\n")).toBeUndefined();
  expect(parseDemuxerHelp('')).toBeUndefined();
});

it('takes any text', () => {
  const cut = fc
    .tuple(fc.nat(v4l2.length), fc.string({ unit: 'binary-ascii' }), fc.nat(v4l2.length))
    .map(([from, noise, to]) => v4l2.slice(0, from) + noise + v4l2.slice(to));
  fc.assert(fc.property(cut, (text) => void parseDemuxerHelp(text)));
  // A hostile length must not cost more than its own reading.
  const startedAtMs = performance.now();
  parseDemuxerHelp(`Demuxer x [y]:\n  -a <int> ${'.'.repeat(11)} ${'(from '.repeat(20_000)}`);
  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
});

it('is asked from the ffmpeg in use, once', async () => {
  const { ffmpegPath } = await locateFfmpeg();
  const inputs = askInputs(ffmpegPath);
  expect(inputs.devices()).toBe(inputs.devices());
  expect(await inputs.devices()).toContain('lavfi');
  expect((await inputs.optionsOf('lavfi'))?.get('graph')?.type).toBe('string');
  expect(await inputs.optionsOf('no-such-demuxer')).toBeUndefined();
});

it('says which ffmpeg did not answer', async () => {
  await expect(askInputs('/nonexistent/ffmpeg').devices()).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
});
