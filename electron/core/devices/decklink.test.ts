import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDemuxerHelp } from '#core/ffmpeg/demuxer-help.ts';
import { askInputs } from '#core/ffmpeg/inputs.ts';
import { parseSelection } from '#shared/domain/selection.ts';
import * as recorded from './decklink.fixture.ts';
import { decklink } from './decklink.ts';
import { decklinkChoices } from './decklink-choices.ts';
import { help51, help51OldSdk, help71 } from './decklink-help.fixture.ts';
import { decklinkBytesPerSecond, decklinkQueue } from './decklink-queue.ts';
import { type FakeAnswer, fakeDevices, fakeFfmpeg } from './fake-ffmpeg.fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-decklink-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Builds of ffmpeg as they answer on a station with a card: old and new. */
const builds = {
  '5.1': {
    help: help51,
    sources: recorded.sources51,
    formats: recorded.formats51,
    opened: recorded.opened51,
  },
  '6.1': {
    help: help51,
    sources: recorded.sources51,
    formats: recorded.formats51,
    opened: recorded.opened51,
  },
  '7.1': {
    help: help71,
    sources: recorded.sources51,
    formats: recorded.formats51,
    opened: recorded.opened51,
  },
  '8': {
    help: help71,
    sources: recorded.sources8,
    formats: recorded.formats8,
    opened: recorded.opened8,
  },
};
const cards = {
  '5.1': 'UltraStudio Express',
  '6.1': 'UltraStudio Express',
  '7.1': 'UltraStudio Express',
  '8': 'DeckLink Duo 2 (1)',
};
type Build = keyof typeof builds;

let made = 0;
async function station(build: Build, answers: readonly FakeAnswer[] = []) {
  const { help, sources, formats, opened } = builds[build];
  made += 1;
  const ffmpegPath = await fakeFfmpeg(folder, `ffmpeg-${made}`, [
    ...answers,
    fakeDevices('decklink', 'lavfi'),
    { when: ['-h', 'demuxer=decklink'], stdout: help },
    { when: ['-sources', 'decklink'], stdout: sources },
    { when: ['-list_formats'], stderr: formats, exitCode: 1 },
    { when: ['-frames:v'], stderr: opened },
  ]);
  const context = { ffmpegPath, ffprobePath: 'unused', workDir: folder, cacheDir: folder };
  const inputs = askInputs(ffmpegPath);
  return {
    sources: () => decklink.discover(context, inputs),
    open: (said: string) => decklink.open(parseSelection(said), context, inputs),
  };
}

describe.each(Object.keys(builds) as Build[])('a DeckLink card through ffmpeg %s', (build) => {
  const card = cards[build];

  it('is found with what the build and the card offer', async () => {
    const [source] = await (await station(build)).sources();
    expect(source).toMatchObject({ id: `decklink:${card}`, kind: 'decklink', name: card, live: true });
    expect(source?.unavailable).toBeUndefined();
    expect(source?.inputs.map(({ id }) => id)).toEqual([
      ...['unset', 'sdi', 'hdmi', 'optical_sdi', 'component', 'composite', 's_video'],
    ]);
    expect(source?.inputs[1]?.selection).toBe(`decklink:${card}?video=sdi`);
    const option = (name: string) => source?.options.find((one) => one.name === name);
    expect(option('timecode')?.choices.map(({ value }) => value)).toEqual([
      ...['none', 'rp188vitc', 'rp188vitc2', 'rp188ltc', 'rp188any', 'vitc', 'vitc2', 'serial', 'rp188hfr'],
    ]);
    expect(option('audio')?.choices.map(({ value }) => value)).toContain('analog_xlr');
    expect(option('mode')?.choices[0]?.value).toBe('auto');
    expect(option('mode')?.choices.map(({ value }) => value)).toContain('pal');
    expect(option('raw')?.choices.map(({ value }) => value)).toEqual(['yuv422p10', 'uyvy422']);
  });

  it('is opened without bars, by the option that the build has', async () => {
    const { inputArgs } = await (await station(build)).open(`decklink:${card}`);
    const isNew = build === '7.1' || build === '8';
    expect(inputArgs.includes('-draw_bars')).toBe(!isNew);
    expect(inputArgs.includes('-signal_loss_action')).toBe(isNew);
    expect(inputArgs[inputArgs.indexOf(isNew ? '-signal_loss_action' : '-draw_bars') + 1]).toBe(
      isNew ? 'none' : '0',
    );
  });
});

describe('opening a card', () => {
  it('says all that was chosen to ffmpeg, and nothing twice', async () => {
    const { open } = await station('7.1');
    const opened = await open(
      'decklink:UltraStudio Express?video=sdi&audio=embedded&mode=pal&channels=16&timecode=serial&queue=10&video_pts=reference',
    );
    expect(opened.inputArgs).toEqual([
      ...['-f', 'decklink', '-video_input', 'sdi', '-audio_input', 'embedded', '-format_code', 'pal'],
      ...['-raw_format', 'yuv422p10', '-channels', '16', '-audio_depth', '32', '-video_pts', 'reference'],
      ...['-audio_pts', 'audio', '-timecode_format', 'serial', '-signal_loss_action', 'none'],
      // 1920 bytes a line, 576 lines, 25 a second; 16 channels of 4 bytes at 48 kHz; for ten seconds.
      ...['-queue_size', String((1920 * 576 * 25 + 48_000 * 16 * 4) * 10), '-i', 'UltraStudio Express'],
    ]);
    expect(opened).toMatchObject({
      live: true,
      essence: 'encode',
      codec: 'v210',
      video: { width: 720, height: 576, fieldOrder: 'tff', standard: 'PAL', pixelFormat: 'yuv422p10le' },
      audio: { channels: 16, sampleRateHz: 48_000 },
      timecode: { kind: 'metadata', key: 'timecode', format: 'serial' },
      queue: { seconds: 10 },
    });
  });

  it('takes the mode that the card detects, fixed from then on', async () => {
    const opened = await (await station('8')).open('decklink:DeckLink Duo 2 (1)?video=hdmi');
    expect(opened.video).toMatchObject({ width: 1920, height: 1080, fieldOrder: 'tff', standard: 'other' });
    expect(opened.inputArgs).toContain('Hi59');
    expect(opened.description).toContain('Hi59 (detected)');
  });

  it.each([
    ['composite', 'vitc'],
    ['sdi', 'rp188any'],
  ])('asks a %s input for the timecode that it may carry', async (video, format) => {
    const opened = await (await station('5.1')).open(`decklink:UltraStudio Express?video=${video}`);
    expect(opened.timecode).toEqual({ kind: 'metadata', key: 'timecode', format });
  });

  it('asks for no timecode where none is wanted', async () => {
    const opened = await (await station('5.1')).open('decklink:UltraStudio Express?timecode=none');
    expect(opened.timecode).toBeUndefined();
    expect(opened.inputArgs).not.toContain('-timecode_format');
  });

  it('gives a name to ffmpeg as one word, whatever is in it', async () => {
    const card = '$(touch x); `y` \'DeckLink\' -i "z" & | > (1)';
    const opened = await (await station('5.1')).open(`decklink:${card}`);
    expect(opened.inputArgs.at(-1)).toBe(card);
    const calls = (await readFile(join(folder, 'calls.jsonl'), 'utf8')).trim().split('\n');
    expect(JSON.parse(calls.at(-1) ?? '')).toContain(card);
  });

  it.each([
    ['a connector that the build does not know', '?video=scart', 'sdi'],
    ['a mode that the card does not have', '?mode=4k50', 'pal'],
    ['a number of channels that ffmpeg refuses', '?channels=4', '2, 8, 16'],
    ['a timecode that there is not', '?timecode=atc', 'rp188any'],
    ['samples that would have to be converted', '?raw=rgb10', 'yuv422p10'],
    ['a queue that is no number', '?queue=long', 'number'],
    ['a queue that this machine cannot hold', '?queue=999999', 'number'],
  ])('refuses %s, naming what goes', async (_, options, named) => {
    const { open } = await station('7.1');
    await expect(open(`decklink:UltraStudio Express${options}`)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      safe: 'Nothing was opened.',
      remedy: expect.stringContaining(named),
    });
  });

  it.each([
    ['busy', recorded.busy, 'DEVICE_BUSY'],
    ['without a signal', recorded.noSignal, 'DEVICE_FAILED'],
    ['without the connector', recorded.noSuchConnector, 'INVALID_INPUT'],
  ])('tells of a card that is %s', async (_, stderr, code) => {
    const { open } = await station('7.1', [{ when: ['-frames:v'], stderr, exitCode: 1 }]);
    await expect(open('decklink:UltraStudio Express')).rejects.toMatchObject({ code });
  });

  it('waits for its turn where the same card is being looked at', async () => {
    const trial = { when: ['-frames:v'], stderr: recorded.opened51, exclusive: recorded.busy };
    const { open } = await station('5.1', [trial]);
    const both = [open('decklink:UltraStudio Express'), open('decklink:UltraStudio Express?mode=pal')];
    expect((await Promise.all(both)).map(({ video }) => video.standard)).toEqual(['PAL', 'PAL']);
  });

  it('tells of a card that is not there', async () => {
    const { open } = await station('5.1', [
      { when: ['-list_formats'], stderr: recorded.noSuchCard, exitCode: 1 },
    ]);
    await expect(open('decklink:DeckLink 8K')).rejects.toMatchObject({ code: 'DEVICE_FAILED' });
  });
});

describe('finding cards', () => {
  it('gives the same card the same name each time', async () => {
    const { sources } = await station('8');
    const ids = (await sources()).map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect((await sources()).map(({ id }) => id)).toEqual(ids);
    expect(ids.map((id) => parseSelection(id).argument)).toContain('DeckLink: 4K [Extreme]');
  });
  it('names those that share a name by their handles', async () => {
    const { sources } = await station('5.1', [{ when: ['-sources'], stdout: recorded.sourcesOfTwins }]);
    expect((await sources()).map(({ id }) => id)).toEqual([
      'decklink:75:0a4aa32e:00000000',
      'decklink:75:0b11c201:00000000',
    ]);
  });
  it('reads the old listing where the new one is empty', async () => {
    const { sources } = await station('5.1', [
      { when: ['-sources'], stdout: 'Auto-detected sources for decklink:\n' },
      { when: ['-list_devices'], stderr: recorded.oldDevices, exitCode: 1 },
    ]);
    expect((await sources()).map(({ name }) => name)).toEqual([
      'DeckLink Mini Recorder',
      'Intensity Pro 4K (2)',
    ]);
  });
  it('says that the driver is missing, where it is', async () => {
    const { sources } = await station('5.1', [
      { when: ['-sources'], stderr: recorded.noDriver, exitCode: 1 },
    ]);
    const [source, ...others] = await sources();
    expect(others).toEqual([]);
    expect(source?.unavailable).toContain('Desktop Video');
  });
  it('leaves out what an older SDK does not have', () => {
    expect(parseDemuxerHelp(help51OldSdk)?.get('timecode_format')?.values).not.toContain('rp188hfr');
    expect(parseDemuxerHelp(help51)?.get('timecode_format')?.values).toContain('rp188hfr');
  });
});

describe('the queue', () => {
  const pal = {
    code: 'pal',
    width: 720,
    height: 576,
    frameRate: { num: 25, den: 1 },
    fieldOrder: 'tff' as const,
  };
  const bytesPerSecond = decklinkBytesPerSecond(pal, 'yuv422p10', 8);
  const gibibyte = 2 ** 30;
  it("is ffmpeg's own 1 GiB, about 37 s of PAL with eight channels", () => {
    const queue = decklinkQueue({ seconds: undefined, bytesPerSecond, memoryBytes: 16 * gibibyte });
    expect(queue.capacityBytes).toBe(gibibyte);
    expect(queue.seconds).toBeCloseTo(36.8, 1);
  });
  it('is shown in seconds where a source is listed', () => {
    const help = parseDemuxerHelp(help71) ?? new Map();
    const labelWith = (memoryBytes: number) =>
      decklinkChoices(help, [pal], memoryBytes).find(({ name }) => name === 'queue')?.label;
    expect(labelWith(16 * gibibyte)).toContain('1.0 GiB, 36 s of PAL');
    expect(labelWith(2 * gibibyte)).toContain('0.5 GiB, 18 s of PAL');
  });
  it('never takes more than a quarter of the memory', () => {
    expect(
      decklinkQueue({ seconds: undefined, bytesPerSecond, memoryBytes: 2 * gibibyte }).capacityBytes,
    ).toBe(gibibyte / 2);
    expect(() => decklinkQueue({ seconds: 40, bytesPerSecond, memoryBytes: 2 * gibibyte })).toThrow(
      /1 to 18 s/,
    );
  });
});
