import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { masterProfileSchema } from '#shared/domain/profiles.ts';
import { rational } from '#shared/domain/rational.ts';
import { locateFfmpeg } from './locate.ts';
import { recorderArguments } from './recorder-arguments.ts';
import { runTool } from './run.ts';
import { createTimecodeListReader, type ListedTimecode, timecodeListEntry } from './timecode-list.ts';

const profilePath = new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url);
const profile = masterProfileSchema.parse(JSON.parse(await readFile(profilePath, 'utf8')));
const tools = await locateFfmpeg();
let folder: string;
beforeAll(async () => {
  // Everything that the filter graph and the option list take for their own.
  folder = await mkdtemp(join(tmpdir(), `helical it's [a];list,100%=\\:`));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function read(text: string, pieceLength = text.length): ListedTimecode[] {
  const found: ListedTimecode[] = [];
  const reader = createTimecodeListReader((listed) => found.push(listed));
  for (let at = 0; at < text.length; at += pieceLength) reader.write(text.slice(at, at + pieceLength));
  return found;
}

/** A source whose frames carry a timecode in their metadata, as the decklink input gives it; the third frame has none. */
function tape(values: readonly (string | undefined)[]): string[] {
  const frames = values.map((value, index) => {
    const said = value
      ? `,metadata=mode=add:key=timecode:value=${value.replace(/:/g, '\\\\:').replace(';', '\\\\\\;')}`
      : '';
    return `testsrc2=s=192x144:r=25:d=0.04,format=yuv422p10le${said}[f${index}]`;
  });
  const joined = `${values.map((_, index) => `[f${index}]`).join('')}concat=n=${values.length},setpts=N/25/TB,fps=25`;
  return ['-f', 'lavfi', '-i', `${frames.join(';')};${joined}[out0]`];
}

test('the recorder writes down the timecode of every frame that has one, and the frames stay what they are', async () => {
  const values = ['10:00:00:00', '10:00:00:01', undefined, '10:00:00;03', '23:59:59:24', 'nonsense'];
  const hashes: string[] = [];
  for (const timecode of [{ key: 'timecode', listPath: join(folder, 'a.list') }, undefined]) {
    const path = (ending: string) => join(folder, `${timecode ? 'with' : 'without'}${ending}`);
    const args = recorderArguments({
      inputArgs: tape(values),
      video: {
        ...{ width: 192, height: 144, frameRate: rational(25), fieldOrder: 'tff' as const },
        ...{ pixelFormat: 'yuv422p10le', standard: 'PAL' as const },
      },
      audio: undefined,
      essence: 'encode',
      master: profile.master,
      masterPath: path('.mkv'),
      frameHashesPath: path('.framemd5'),
      audioHashesPath: path('.audiomd5'),
      timecode,
      progressPath: path('.progress'),
      frames: undefined,
      threads: 1,
      tags: {},
    });
    const end = await runTool(tools.ffmpegPath, args);
    expect(end.reason, 'stderrTail' in end ? end.stderrTail : '').toBe('finished');
    hashes.push(await readFile(path('.framemd5'), 'utf8'));
  }
  expect(hashes[0]).toBe(hashes[1]);
  expect(hashes[0]?.split('\n').filter((line) => line && !line.startsWith('#'))).toHaveLength(values.length);
  expect(read(await readFile(join(folder, 'a.list'), 'utf8'))).toEqual([
    { frame: 0, timecode: '10:00:00:00', timeS: 0 },
    { frame: 1, timecode: '10:00:00:01', timeS: 0.04 },
    { frame: 3, timecode: '10:00:00;03', timeS: 0.12 },
    { frame: 4, timecode: '23:59:59:24', timeS: 0.16 },
  ]);
});

test('a list is read the same in whatever pieces it comes, and gives nothing for what is cut', () => {
  const text = [0, 1, 7].map((frame) => timecodeListEntry(frame, frame / 25, `10:00:00:0${frame}`)).join('');
  const whole = read(text);
  expect(whole.map(({ frame }) => frame)).toEqual([0, 1, 7]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: text.length }), (piece, cut) => {
      expect(read(text, piece)).toEqual(whole);
      const head = read(text.slice(0, cut));
      expect(whole.slice(0, head.length)).toEqual(head);
    }),
  );
});

test('anything at all may stand in a list', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const { frame, timecode } of read(`${text}\n`)) {
        expect(frame).toBeGreaterThanOrEqual(0);
        expect(timecode).toMatch(/^\d\d:[0-5]\d:[0-5]\d[:;]\d\d$/);
      }
    }),
  );
  expect(read('frame:3 pts:3\ntimecode=10:00:00.05\nframe:4 pts:4\nother=1\ntimecode=10:00:00:06\n')).toEqual(
    [{ frame: 3, timecode: '10:00:00:05', timeS: Number.NaN }],
  );
});
