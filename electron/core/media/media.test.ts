import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFrameService, type FrameService } from '#core/compare/frames/frame-service.ts';
import { silentLogger } from '#core/db/logger.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { decodeDrawnSamples, drawnMeasuresHeader } from '#shared/domain/drawn-samples.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { fileIdSchema, passIdSchema } from '#shared/domain/ids.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { pictureHeaderName, pictureHeaderSchema, planesOf } from '#shared/domain/picture-planes.ts';
import { exactFrame } from './exact-frame.ts';
import { createMedia } from './media.ts';

const passId = passIdSchema.parse('019a0000-0000-7000-8000-000000000001');
const gappedId = passIdSchema.parse('019a0000-0000-7000-8000-000000000005');
const recordingId = passIdSchema.parse('019a0000-0000-7000-8000-000000000004');
const fileId = fileIdSchema.parse('019a0000-0000-7000-8000-000000000002');
const masterId = fileIdSchema.parse('019a0000-0000-7000-8000-000000000003');
const text = 'abcdefghij';
const sha256 = createHash('sha256').update(text).digest('hex');
const frames = 60;
const ntsc = { num: 30000, den: 1001 };

let folder: string;
let ffmpeg: Ffmpeg;
let frameService: FrameService;
let media: (request: Request) => Promise<Response>;

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  media(new Request(`http://127.0.0.1${path}`, { headers, method }));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'helical-media-'));
  ffmpeg = await locateFfmpeg();
  frameService = createFrameService({ ffmpeg });
  writeFileSync(join(folder, 'seal.json'), text);
  mkdirSync(join(folder, 'derived', 'work'), { recursive: true });
  mkdirSync(join(folder, 'derived', 'thumbnails'));
  writeFileSync(join(folder, 'derived', 'work', 'live.jpg'), 'live');
  writeFileSync(join(folder, 'derived', 'thumbnails', '000003.jpg'), 'three');
  // Each frame is a grey of its own: 16 + 3 n of 8-bit luma.
  const made = await runFfmpeg(ffmpeg.ffmpegPath, [
    ...[
      '-f',
      'lavfi',
      '-i',
      `color=black:s=64x48:r=30000/1001,geq=lum='16+3*N':cb=128:cr=128,format=yuv422p`,
    ],
    ...['-frames:v', String(frames), '-c:v', 'ffv1', '-g', '1', join(folder, 'master.mkv')],
  ]);
  expect(made.reason).toBe('finished');
  // The same with ten frames lost on the way: the clock ran on.
  const lossy = await runFfmpeg(ffmpeg.ffmpegPath, [
    ...[
      '-i',
      join(folder, 'master.mkv'),
      '-vf',
      "select='not(between(n,20,29))'",
      '-fps_mode',
      'passthrough',
    ],
    ...['-c:v', 'ffv1', '-g', '1', join(folder, 'gapped.mkv')],
    ...['-vf', "select='not(between(n,20,29))'", '-fps_mode', 'passthrough', '-enc_time_base', '1001/30000'],
    ...['-c:v', 'rawvideo', '-f', 'framehash', join(folder, 'gapped.framehash')],
  ]);
  expect(lossy.reason).toBe('finished');
  const file = (id: PassFile['id'], name: string, role: PassFile['role'], ofPass = passId) =>
    ({ id, passId: ofPass, role, name, sizeBytes: 0, md5: '', sha256, sha512: '' }) satisfies PassFile;
  const files = [
    file(fileId, 'seal.json', 'seal'),
    file(masterId, 'master.mkv', 'master'),
    file(fileIdSchema.parse('019a0000-0000-7000-8000-000000000006'), 'gapped.mkv', 'master', gappedId),
    file(
      fileIdSchema.parse('019a0000-0000-7000-8000-000000000007'),
      'gapped.framehash',
      'frame-hashes',
      gappedId,
    ),
  ];
  const passOf = (id: string) =>
    id === passId || id === recordingId || id === gappedId
      ? ({
          ...{ id, video: { frameRate: ntsc } },
          ...(id === gappedId ? { frames: frames - 10, droppedFrames: 10 } : { frames, droppedFrames: 0 }),
          state: id === recordingId ? 'recording' : 'sealed',
        } as Pass)
      : undefined;
  media = createMedia({
    pathOf: ({ name }) => join(folder, name),
    derivedFolder: () => join(folder, 'derived'),
    passes: { find: passOf, brief: passOf },
    files: {
      find: (id) => files.find((one) => one.id === id),
      ofPass: (id) => files.filter((one) => one.passId === id),
    },
    ffmpegPath: () => ffmpeg.ffmpegPath,
    picture: (file, frame, signal) => frameService.picture(file, frame, signal),
    masterOnTheWay: () => undefined,
    samples: async (_passId, { measures, from, to, points }) => {
      const lane = Float32Array.of(points, Number.NaN);
      const lanes = measures.map((id) => [id, { min: lane, mean: lane, max: lane }] as const);
      return { frames: Uint32Array.of(from, to), endFrame: to + 1, measures: new Map(lanes) };
    },
    certificateDocument: async (certificateId, language) => {
      if (certificateId === fileId)
        return { fileName: 'Été 1_p1_certificate.html', html: `<p>${language}</p>` };
      const problem = `${folder}/master.mkv is broken`;
      throw new HelicalError(certificateId === masterId ? 'FILE_UNREADABLE' : 'NOT_FOUND', problem);
    },
    reportDocument: async () => {
      throw new HelicalError('WRONG_STATE', { problem: 'Not measured yet.', remedy: 'Measure it.' });
    },
    logger: silentLogger,
  });
});
afterAll(async () => {
  await frameService.close();
  rmSync(folder, { recursive: true });
});

describe('a document', () => {
  it('comes as a download in the language asked for', async () => {
    const answer = await get(`/media/access-certificates/${fileId}.html?language=fr`);
    expect([answer.status, await answer.text()]).toEqual([200, '<p>fr</p>']);
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''%C3%89t%C3%A9%201_p1_certificate.html",
    );
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const unknown = await get(`/media/access-certificates/${fileId}.html?language=tlh`);
    expect([unknown.status, await unknown.json()]).toMatchObject([
      400,
      { problem: 'Name one of: en, nl, fr.' },
    ]);
  });

  it('is refused in words, and never with a path', async () => {
    const report = await get(`/media/passes/${passId}/report.html`);
    expect([report.status, await report.json()]).toEqual([
      409,
      { code: 'WRONG_STATE', problem: 'Not measured yet.', remedy: 'Measure it.' },
    ]);
    const broken = await get(`/media/access-certificates/${masterId}.html`);
    const said = await broken.text();
    expect([broken.status, said.includes(folder), said.includes('cannot be read')]).toEqual([
      422,
      false,
      true,
    ]);
  });
});

describe('a registered file', () => {
  it.each([
    [undefined, 200, 'abcdefghij', null],
    ['bytes=0-', 206, 'abcdefghij', 'bytes 0-9/10'],
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/10'],
    ['bytes=9-', 206, 'j', 'bytes 9-9/10'],
    ['bytes=5-99', 206, 'fghij', 'bytes 5-9/10'],
    ['bytes=-3', 206, 'hij', 'bytes 7-9/10'],
    ['bytes=-99', 206, 'abcdefghij', 'bytes 0-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=4-2', 200, 'abcdefghij', null],
    ['bytes=0-1,3-4', 200, 'abcdefghij', null],
    ['frames=0-1', 200, 'abcdefghij', null],
  ])('answers Range %s with %i', async (range, status, body, contentRange) => {
    const response = await get(`/media/files/${fileId}`, range === undefined ? {} : { range });
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      status,
      body,
      contentRange,
    ]);
    if (status !== 416) expect(response.headers.get('content-length')).toBe(String(body.length));
  });

  it('is known by its digest', async () => {
    const etag = `"${sha256}"`;
    const whole = await get(`/media/files/${fileId}`);
    expect([whole.headers.get('etag'), whole.headers.get('content-type')]).toEqual([
      etag,
      'application/json',
    ]);
    await whole.body?.cancel();
    expect((await get(`/media/files/${fileId}`, { 'if-none-match': etag })).status).toBe(304);
    const other = await get(`/media/files/${fileId}`, { range: 'bytes=0-1', 'if-range': '"other"' });
    expect([other.status, await other.text()]).toEqual([200, text]);
    const head = await get(`/media/files/${fileId}`, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });
});

describe('addresses', () => {
  it.each([
    [`/media/passes/${passId}/live.jpg`, 200],
    [`/media/passes/${passId}/thumbnails/3.jpg`, 200],
    [`/media/passes/${passId}/thumbnails/4.jpg`, 404],
    [`/media/passes/${passId}/frames/60.png`, 404],
    [`/media/passes/${fileId}/frames/0.png`, 404],
    [`/media/files/${passId}`, 404],
    ['/media/files/..%2F..%2Fetc%2Fpasswd', 404],
    ['/media/files/../../etc/passwd', 404],
    [`/media/passes/${passId}/thumbnails/..%2Flive.jpg`, 404],
    [`/media/passes/${passId}/samples?points=0`, 400],
    [`/media/passes/${passId}/pictures/master/60`, 404],
    [`/media/passes/${passId}/pictures/access/0`, 404],
    [`/media/passes/${passId}/pictures/seal/0`, 404],
    [`/media/passes/${fileId}/pictures/master/0`, 404],
  ])('%s answers %i', async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    await response.body?.cancel();
  });

  it('answer with nothing where a pass that is over has no live picture any more', async () => {
    rmSync(join(folder, 'derived', 'work', 'live.jpg'));
    const late = await get(`/media/passes/${passId}/live.jpg?v=3`);
    expect([late.status, late.body]).toEqual([204, null]);
    expect((await get(`/media/passes/${fileId}/live.jpg`)).status).toBe(404);
  });

  it('take nothing but reading', async () => {
    expect((await get(`/media/files/${fileId}`, {}, 'DELETE')).status).toBe(405);
  });

  it('give samples as asked', async () => {
    const response = await get(`/media/passes/${passId}/samples?measures=a,b&from=5&to=9&points=3`);
    const ids = response.headers.get(drawnMeasuresHeader)?.split(',') ?? [];
    const { frames, endFrame, measures } = decodeDrawnSamples(ids, await response.arrayBuffer());
    expect([ids, [...frames], endFrame]).toEqual([['a', 'b'], [5, 9], 10]);
    expect(measures.get('b')?.max).toEqual(Float32Array.of(3, Number.NaN));
  });
});

/** The grey of a PNG's first pixel, as 8-bit luma. */
async function greyOf(png: Uint8Array): Promise<number> {
  const path = join(folder, `${createHash('md5').update(png).digest('hex')}.png`);
  writeFileSync(path, png);
  const raw = await runFfmpeg(ffmpeg.ffmpegPath, [
    '-i',
    path,
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    'pipe:1',
  ]);
  if (raw.reason !== 'finished') throw new Error(raw.reason);
  return 16 + ((raw.stdout[0] ?? 0) * 219) / 255;
}

describe('exact frames', () => {
  it.each([0, 1, 2, 29, 30, 31, 58, 59])('frame %i is that frame, found by the index', async (frame) => {
    const response = await get(`/media/passes/${passId}/frames/${frame}.png`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    const grey = await greyOf(new Uint8Array(await response.arrayBuffer()));
    expect(Math.round((grey - 16) / 3)).toBe(frame);
  });

  it.each([
    [19, 19],
    [20, 30],
    [49, 59],
  ])('frame %i of a master that lost ten is what the tape had as its frame %i', async (frame, ofTape) => {
    const response = await get(`/media/passes/${gappedId}/frames/${frame}.png`);
    expect(Math.round(((await greyOf(new Uint8Array(await response.arrayBuffer()))) - 16) / 3)).toBe(ofTape);
  });

  it.each([0, 17, 59])('frame %i is that frame, counted from the beginning', async (frame) => {
    const { ffmpegPath } = ffmpeg;
    const png = await exactFrame({ ffmpegPath, path: join(folder, 'master.mkv'), frame, bitsPerColour: 16 });
    expect(Math.round(((await greyOf(png)) - 16) / 3)).toBe(frame);
  });

  it('behind the end are refused', async () => {
    const { ffmpegPath } = ffmpeg;
    const path = join(folder, 'master.mkv');
    await expect(exactFrame({ ffmpegPath, path, frame: 60, bitsPerColour: 8 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('planes', () => {
  it.each([0, 1, 29, 58, 59, 0])('of frame %i are those of that frame', async (frame) => {
    const response = await get(`/media/passes/${passId}/pictures/master/${frame}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/octet-stream',
    ]);
    const header = pictureHeaderSchema.parse(JSON.parse(response.headers.get(pictureHeaderName) ?? ''));
    const chroma = { chromaWidth: 32, chromaHeight: 48 };
    const colour = { range: 'limited', matrix: 'bt601' };
    expect(header).toEqual({
      ...{ frame, frames, width: 64, height: 48, ...chroma, bitDepth: 8, ...colour, damaged: false },
    });
    const { y, u } = planesOf(header, await response.arrayBuffer());
    expect([y[0], y.at(-1), u[0]]).toEqual([16 + 3 * frame, 16 + 3 * frame, 128]);
  });

  it('that do not come are refused in words', async () => {
    const response = await get(`/media/passes/${passId}/pictures/master/60`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { code: 'NOT_FOUND', problem: 'There is no frame 60: this file has 60.' },
    ]);
  });

  it('of a pass that is not finished, or that it has not, are refused in words too', async () => {
    const early = await get(`/media/passes/${recordingId}/pictures/master/0`);
    expect([early.status, await early.json()]).toEqual([
      409,
      {
        code: 'WRONG_STATE',
        problem:
          'No frame of this pass can be looked at now: its recording has not begun, or waits to be mended.',
        safe: 'Nothing was changed.',
      },
    ]);
    const none = await get(`/media/passes/${passId}/pictures/access/0`);
    expect([none.status, await none.json()]).toEqual([
      404,
      { code: 'NOT_FOUND', problem: 'This pass has no access copy.' },
    ]);
  });

  it('are not waited for any more by who has left', async () => {
    const leaving = new AbortController();
    const url = `http://127.0.0.1/media/passes/${passId}/pictures/master/30`;
    const asked = media(new Request(url, { signal: leaving.signal }));
    leaving.abort();
    expect((await asked).status).toBe(499);
  });
});
