import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askInputs } from '#core/ffmpeg/inputs.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Device, DeviceKind, OpenContext, Selection } from './device.ts';
import { devices, discoverSources, openSource, parseSelection } from './registry.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-devices-'));
const { ffmpegPath, ffprobePath } = await locateFfmpeg();
const context: OpenContext = { workDir: folder, cacheDir: join(folder, 'cache'), ffmpegPath, ffprobePath };
const text = join(folder, 'words.txt');
await writeFile(text, 'These are words.');
const badRecipe = join(folder, 'bad.json');
await writeFile(badRecipe, '{"name": "bad"}');

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A new device adds a row: what an operator may get wrong with it, and the code of the answer. */
const badSelections: Partial<Record<DeviceKind, [string, Selection, string][]>> = {
  simulator: [
    ['no such recipe', { sourceId: 'simulator', argument: 'nonesuch' }, 'INVALID_INPUT'],
    ['a recipe that is none', { sourceId: 'simulator', argument: badRecipe }, 'INVALID_INPUT'],
    ['a missing recipe file', { sourceId: 'simulator', argument: '/nowhere/x.json' }, 'FILE_UNREADABLE'],
    ['a length below zero', { sourceId: 'simulator', durationS: -1 }, 'INVALID_INPUT'],
  ],
  file: [
    ['no file', { sourceId: 'file' }, 'INVALID_INPUT'],
    ['a missing file', { sourceId: 'file', argument: '/nowhere/x.mov' }, 'FILE_UNREADABLE'],
    ['a folder', { sourceId: 'file', argument: folder }, 'FILE_UNREADABLE'],
    ['a file of words', { sourceId: 'file', argument: text }, 'FILE_UNREADABLE'],
  ],
};

describe.each(devices.map((device) => [device.kind, device] as const))(
  'device %s',
  (kind, device: Device) => {
    it('shows its sources with an id that leads back to it', async () => {
      const sources = await device.discover(context, askInputs(context.ffmpegPath));
      for (const source of sources) {
        expect(source.kind).toBe(kind);
        expect(source.name).not.toBe('');
        expect(parseSelection(source.id).sourceId).toBe(kind);
        expect(new Set(source.inputs.map((input) => input.id)).size).toBe(source.inputs.length);
        for (const input of source.inputs) expect(parseSelection(input.selection).sourceId).toBe(kind);
      }
      expect(new Set(sources.map((source) => source.id)).size).toBe(sources.length);
    });

    const rows = badSelections[kind] ?? [];
    it('has rows for what may be wrong', () => expect(rows).not.toHaveLength(0));

    it.each(rows)('answers %s with a sentence', async (_, selection, code) => {
      const error = await openSource(selection, context).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(HelicalError);
      expect((error as HelicalError).code).toBe(code);
      expect((error as HelicalError).problem).toMatch(/^\S.* .*\.$/s);
    });
  },
);

describe('the registry', () => {
  it('finds what needs no hardware', async () => {
    const sources = await discoverSources(context);
    expect(sources.map((source) => source.id)).toEqual(['simulator', 'file']);
    expect(sources[0]?.inputs[0]?.id).toBe('programme-pal');
  });

  it.each([
    ['simulator', { sourceId: 'simulator' }],
    ['simulator:troubled-pal', { sourceId: 'simulator', argument: 'troubled-pal' }],
    ['simulator:/a/b.json', { sourceId: 'simulator', argument: '/a/b.json' }],
    ['file:C:\\tapes\\a: b.mov', { sourceId: 'file', argument: 'C:\\tapes\\a: b.mov' }],
  ])('reads %s', (said, selection) => expect(parseSelection(said)).toEqual(selection));

  it.each(['', ':', 'vhs', 'vhs:1', 'simulator:', 'file: '])('refuses "%s"', (said) => {
    expect(() => parseSelection(said)).toThrow(HelicalError);
  });
});
