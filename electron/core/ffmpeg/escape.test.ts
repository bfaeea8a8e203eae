import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeFilterValue, filterText } from './escape.ts';
import { locateFfmpeg } from './locate.ts';
import { runFfmpeg } from './run.ts';

const { ffmpegPath } = await locateFfmpeg();

/** What ffmpeg understands of a value, by having it written into a frame's metadata and printed. */
async function understood(value: string): Promise<string> {
  const graph = [
    filterText('color', { s: '16x16', r: 1, d: 1 }),
    filterText('metadata', { mode: 'add', key: 'said', value }),
    filterText('metadata', { mode: 'print', file: '-' }),
  ].join(',');
  const end = await runFfmpeg(ffmpegPath, ['-v', 'error', '-f', 'lavfi', '-i', graph, '-f', 'null', '-']);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  return (
    end.stdout
      .toString('utf8')
      .split('said=')[1]
      ?.replace(/\r?\n$/, '') ?? ''
  );
}

describe('escapeFilterValue', () => {
  it.each(["it's", 'C:\\tapes\\one.txt', 'a,b;c[d]', ' edges ', "\\'", 'x=y:z', '%{pts}', 'één band'])(
    'ffmpeg reads %j back',
    async (value) => {
      expect(await understood(value)).toBe(value);
    },
  );

  it('ffmpeg reads any mixture of special characters back', async () => {
    const special = fc.constantFrom('\\', "'", ':', ',', ';', '[', ']', '=', ' ', '@', '%', '/', 'a');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: special, minLength: 1, maxLength: 12 }), async (value) => {
        expect(await understood(value)).toBe(value);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves plain values as they are', () => {
    expect(escapeFilterValue('/srv/tapes/one.txt')).toBe('/srv/tapes/one.txt');
  });
});

describe('filterText', () => {
  it('writes a filter with and without options', () => {
    expect(filterText('scale', { w: 768, h: 576 })).toBe('scale=w=768:h=576');
    expect(filterText('null')).toBe('null');
  });
});
