import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askInputs } from '#core/ffmpeg/inputs.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { noSuchCard } from './decklink.fixture.ts';
import { help51 } from './decklink-help.fixture.ts';
import type { Device, DeviceKind, OpenContext } from './device.ts';
import { type FakeAnswer, fakeDevices, fakeFfmpeg } from './fake-ffmpeg.fixture.ts';
import { devices, discoverSources, logReaderOf, namesPath, openSource, parseSelection } from './registry.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-devices-'));
const { ffmpegPath, ffprobePath } = await locateFfmpeg();
const context: OpenContext = { workDir: folder, cacheDir: join(folder, 'cache'), ffmpegPath, ffprobePath };
const text = join(folder, 'words.txt');
await writeFile(text, 'These are words.');
const badRecipe = join(folder, 'bad.json');
await writeFile(badRecipe, '{"name": "bad"}');

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a kind is held to. A new device adds a row. */
interface Row {
  live: boolean;
  /** What an operator may get wrong, and the code of the answer. */
  bad: [what: string, selection: string, code: string][];
  /** An ffmpeg that has the device, on a machine where no card is: answers by words of the command line. Kinds that need none leave it out. */
  emptyMachine?: FakeAnswer[];
}

const rows: Partial<Record<DeviceKind, Row>> = {
  simulator: {
    live: true,
    bad: [
      ['no such recipe', 'simulator:nonesuch', 'INVALID_INPUT'],
      ['a recipe that is none', `simulator:${badRecipe}`, 'INVALID_INPUT'],
      ['a missing recipe file', 'simulator:/nowhere/x.json', 'FILE_UNREADABLE'],
    ],
  },
  file: {
    live: false,
    bad: [
      ['no file', 'file', 'INVALID_INPUT'],
      ['a missing file', 'file:/nowhere/x.mov', 'FILE_UNREADABLE'],
      ['a folder', `file:${folder}`, 'FILE_UNREADABLE'],
      ['a file of words', `file:${text}`, 'FILE_UNREADABLE'],
    ],
  },
  decklink: {
    live: true,
    bad: [
      ['no card', 'decklink', 'INVALID_INPUT'],
      ['a card that is not there', 'decklink:DeckLink 8K', 'DEVICE_FAILED'],
    ],
    emptyMachine: [
      fakeDevices('decklink'),
      { when: ['demuxer=decklink'], stdout: help51 },
      { when: ['-sources', 'decklink'], stdout: 'Auto-detected sources for decklink:\n' },
      { when: ['-list_devices'], stderr: 'Blackmagic DeckLink input devices:\n', exitCode: 1 },
      { when: ['-list_formats'], stderr: noSuchCard, exitCode: 1 },
    ],
  },
  v4l2: {
    live: true,
    bad: [
      ['no node', 'v4l2', process.platform === 'linux' ? 'INVALID_INPUT' : 'DEVICE_FAILED'],
      ['a node that is not there', 'v4l2:/dev/video987', 'DEVICE_FAILED'],
    ],
    emptyMachine: [
      fakeDevices('v4l2'),
      { when: ['-sources', 'v4l2'], stdout: 'Auto-detected sources for video4linux2,v4l2:\n' },
      {
        when: ['-list_formats'],
        stderr: 'Cannot open video device /dev/video987: No such file or directory\n',
        exitCode: 1,
      },
    ],
  },
  avfoundation: {
    live: true,
    bad: [['a device that is not there', 'avfoundation:USB Video?audio=none', 'DEVICE_FAILED']],
    emptyMachine: [
      fakeDevices('avfoundation'),
      {
        when: ['-list_devices'],
        stderr: '[AVFoundation indev @ 0x1] AVFoundation video devices:\n',
        exitCode: 1,
      },
    ],
  },
  dshow: {
    live: true,
    bad: [['a device that is not there', 'dshow:USB Video', 'DEVICE_FAILED']],
    emptyMachine: [
      fakeDevices('dshow'),
      {
        when: ['-list_devices'],
        stderr: 'Could not enumerate video devices (or none found).\n',
        exitCode: 1,
      },
    ],
  },
  iec61883: {
    live: true,
    bad: [
      ['a GUID that is none', 'iec61883:x', process.platform === 'linux' ? 'INVALID_INPUT' : 'DEVICE_FAILED'],
      ['a deck that is not there', 'iec61883', 'DEVICE_FAILED'],
    ],
    emptyMachine: [fakeDevices('iec61883')],
  },
  hdv: {
    live: true,
    bad: [['a deck that is not there', 'hdv:08004601024a3b2c', 'DEVICE_FAILED']],
    emptyMachine: [fakeDevices('iec61883')],
  },
  dvrescue: {
    live: true,
    bad: [['a deck that is not there', 'dvrescue:0x1', 'DEVICE_FAILED']],
  },
  ffmpeg: {
    live: true,
    bad: [
      ['no profile', 'ffmpeg', 'INVALID_INPUT'],
      ['a profile that is not there', 'ffmpeg:nonesuch', 'INVALID_INPUT'],
      ['a missing profile file', 'ffmpeg:/nowhere/x.json', 'FILE_UNREADABLE'],
      ['a profile that is none', `ffmpeg:${badRecipe}`, 'INVALID_INPUT'],
    ],
  },
};

describe.each(devices.map((device) => [device.kind, device] as const))(
  'device %s',
  (kind, device: Device) => {
    const row = rows[kind];

    it('has a row here, with what may be wrong', () => expect(row?.bad).not.toHaveLength(0));

    async function machine(): Promise<OpenContext> {
      if (!row?.emptyMachine) return context;
      return { ...context, ffmpegPath: await fakeFfmpeg(folder, `ffmpeg-${kind}`, row.emptyMachine) };
    }

    it('finds nothing where nothing is, and says so without an error', async () => {
      const there = await machine();
      const sources = await device.discover(there, askInputs(there.ffmpegPath));
      if (row?.emptyMachine) expect(sources.filter((source) => source.unavailable === undefined)).toEqual([]);
      for (const source of sources) {
        expect(source.kind).toBe(kind);
        expect(source.live).toBe(row?.live);
        expect(parseSelection(source.id).sourceId).toBe(kind);
        for (const input of source.inputs) expect(parseSelection(input.selection).sourceId).toBe(kind);
        expect(new Set(source.inputs.map((input) => input.id)).size).toBe(source.inputs.length);
      }
      expect(new Set(sources.map((source) => source.id)).size).toBe(sources.length);
    });

    it('says what this ffmpeg lacks for it, or nothing', async () => {
      const lack = await device.lacks(context, askInputs(ffmpegPath));
      if (lack) for (const sentence of [lack.problem, lack.remedy]) expect(sentence).toMatch(/^\S.* .*\.$/s);
    });

    it.each(row?.bad ?? [])(
      'answers %s with what is wrong, what is safe and what to do',
      async (_, said, code) => {
        const error = await openSource(parseSelection(said), await machine()).catch(
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(HelicalError);
        expect(error).toMatchObject({
          code,
          problem: expect.stringMatching(/^\S.* .*\.$/s),
          remedy: expect.any(String),
        });
      },
    );

    it('never hands a name to a shell', async () => {
      const mark = join(folder, `touched-by-${kind}`);
      const there = await machine();
      const command = `touch ${mark}`;
      const name = `x"'; ${command} & $(${command}) | ${command} \`${command}\` #`;
      const opened = await openSource({ sourceId: kind, argument: name }, there).catch(() => undefined);
      await opened?.close();
      expect(existsSync(mark)).toBe(false);
    });

    it('refuses an option that it does not know, naming those that it does', () => {
      const said = `${kind}:x?no-such-option=1`;
      expect(() => parseSelection(said)).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          remedy: expect.stringContaining(device.optionNames.join(', ')),
        }),
      );
    });
  },
);

describe('the registry', () => {
  it('finds what needs no hardware', async () => {
    const sources = await discoverSources(context);
    const byId = Object.fromEntries(sources.map((source) => [source.id, source]));
    expect(byId['simulator']?.inputs[0]).toMatchObject({ selection: 'simulator:programme-pal' });
    expect(byId['file']?.unavailable).toBeUndefined();
  });

  it('lists a kind that this ffmpeg was built without, and says where to get one that has it', async () => {
    const bare = await fakeFfmpeg(folder, 'bare', [fakeDevices('lavfi')]);
    const sources = await discoverSources({ ffmpegPath: bare });
    const source = sources.find(({ kind }) => kind === 'decklink');
    expect(source).toMatchObject({ id: 'decklink', inputs: [] });
    expect(source?.unavailable).toMatch(/built without .*DeckLink.*--enable-decklink/s);
    await expect(
      openSource(parseSelection('decklink:X'), { ...context, ffmpegPath: bare }),
    ).rejects.toMatchObject({
      code: 'DEVICE_FAILED',
      problem: expect.stringContaining('built without'),
      safe: 'Nothing was recorded.',
    });
  });

  it('shows the other kinds where one does not answer', async () => {
    const hanging = await fakeFfmpeg(folder, 'hanging', [fakeDevices('decklink')]);
    const sources = await discoverSources({ ffmpegPath: hanging });
    expect(sources.find(({ id }) => id === 'simulator')?.unavailable).toBeUndefined();
    expect(sources.find(({ kind }) => kind === 'decklink')?.unavailable).toMatch(/did not answer/);
  });

  it.each(['', ':', 'vhs', 'vhs:1', 'simulator:', 'file: '])('refuses "%s"', (said) => {
    expect(() => parseSelection(said)).toThrow(HelicalError);
  });

  it('refuses a length below zero', async () => {
    await expect(openSource({ sourceId: 'simulator', durationS: -1 }, context)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('knows which selections name a path of this computer', () => {
    expect(namesPath(parseSelection('file:/a.mov'))).toBe(true);
    expect(namesPath(parseSelection('simulator:/a.json'))).toBe(true);
    expect(namesPath(parseSelection('simulator'))).toBe(false);
    expect(namesPath(parseSelection('decklink:/dev/blackmagic/io0'))).toBe(false);
  });

  it("finds the reader of a card's lines by what a pass keeps", () => {
    expect(logReaderOf('decklink:DeckLink Duo (1)?video=sdi')?.('Decklink input buffer overrun!')).toEqual({
      kind: 'queue-overrun',
    });
    expect(logReaderOf('file:/a.mov')).toBeUndefined();
    expect(logReaderOf('a word of an older release')).toBeUndefined();
  });
});
