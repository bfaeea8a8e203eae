import { basename, join } from 'node:path';
import type { MasterOnTheWay } from '#core/capture/capture.ts';
import { livePictureName } from '#core/capture/follower-port.ts';
import type { Picture, PictureFile } from '#core/compare/frames/picture.ts';
import type { Logger } from '#core/db/logger.ts';
import { findLostFrames } from '#core/essence/capture-gaps.ts';
import type { FilesStore } from '#core/stores/files.ts';
import type { PassBrief, PassesStore } from '#core/stores/passes.ts';
import { type DrawnSamples, drawnMeasuresHeader, encodeDrawnSamples } from '#shared/domain/drawn-samples.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { type PictureRole, pictureHeaderName, pictureRoles } from '#shared/domain/picture-planes.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { contentTypeOf } from './content-type.ts';
import { exactFrame } from './exact-frame.ts';
import { createFrameCache } from './frame-cache.ts';
import { refuseInWords, statusOf } from './refuse.ts';
import { type MadeDocument, sendDocument } from './send-document.ts';
import { sendFile } from './send-file.ts';

export interface MediaOptions {
  /** Absolute path of a registered file. */
  pathOf: (file: PassFile) => string;
  /** Folder of what is derived from a pass's master. */
  derivedFolder: (passId: PassId) => string;
  passes: Pick<PassesStore, 'find' | 'brief'>;
  files: Pick<FilesStore, 'find' | 'ofPass'>;
  /** Throws FFMPEG_MISSING where there is none. */
  ffmpegPath: () => string;
  /** Planes of one frame of a file; throws FFMPEG_MISSING, NOT_FOUND, FILE_UNREADABLE. */
  picture: (file: PictureFile, frame: number, signal: AbortSignal) => Promise<Picture>;
  /** The master of a pass that is not sealed yet; undefined where there is none now. */
  masterOnTheWay: (passId: PassId) => MasterOnTheWay | undefined;
  /** A stretch of a pass's samples; undefined where it was not measured yet. */
  samples: (passId: string, request: SampleRequest) => Promise<DrawnSamples | undefined>;
  /** What was certified of an access copy, as a page that stands alone. NOT_FOUND, WRONG_STATE, FILE_UNREADABLE. */
  certificateDocument: (certificateId: string, language: ReportLanguage) => Promise<MadeDocument>;
  /** What was measured and found on a pass, as a page that stands alone. NOT_FOUND, WRONG_STATE. */
  reportDocument: (passId: string, language: ReportLanguage) => Promise<MadeDocument>;
  logger: Logger;
}

export interface SampleRequest {
  measures: string[];
  from: number;
  to: number;
  points: number;
}

/** Calls what it is given when an answer has been sent or never will be: what the answer was made of may be used again. */
export type WhenGone = (then: () => void) => void;

/** A screen shows a few frames at a time, each some 1 MB as PNG. */
const frameCacheBytes = 64 * 1024 * 1024;
const id = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * Every byte that a screen shows comes from here. Addresses hold ids and numbers, never names or paths, so that nothing
 * outside the data folder can be asked for. Who may ask is the host's to decide, before it calls this; a host that tells when an
 * answer has gone spares the engine garbage.
 */
export function createMedia(
  options: MediaOptions,
): (request: Request, whenGone?: WhenGone) => Promise<Response> {
  const { passes, files, pathOf } = options;
  const derived = (passId: string, ...names: string[]) =>
    join(options.derivedFolder(passId as PassId), ...names);
  const cached = createFrameCache(frameCacheBytes);

  const file = async (request: Request, fileId: string) => {
    const found = files.find(fileId);
    if (!found) return undefined;
    return sendFile(request, pathOf(found), { contentType: contentTypeOf(found.name), sha256: found.sha256 });
  };

  const livePicture = async (request: Request, passId: string) => {
    const path = derived(passId, 'work', livePictureName);
    const picture = await sendFile(request, path, { contentType: 'image/jpeg' });
    // A pass that is over has none any more. A screen that asks a moment late has done nothing wrong.
    return picture ?? (passes.brief(passId) && new Response(null, { status: 204 }));
  };

  const thumbnail = (request: Request, passId: string, number: string) => {
    const name = `${number.padStart(6, '0')}.jpg`;
    return sendFile(request, derived(passId, 'thumbnails', name), { contentType: 'image/jpeg' });
  };

  /** Frames of the tape that the card lost before this one: the master's clock ran on meanwhile. */
  const lostBefore = async (pass: Pass, frame: number): Promise<number> => {
    const list = files.ofPass(pass.id).find(({ role }) => role === 'frame-hashes');
    if (pass.droppedFrames === 0 || !list) return 0;
    const lost = await findLostFrames(pathOf(list), pass.video.frameRate);
    return lost.reduce((sum, one) => sum + (one.frame <= frame ? one.lostFrames : 0), 0);
  };

  const frame = async (request: Request, pass: Pass, number: string) => {
    const master = files.ofPass(pass.id).find(({ role }) => role === 'master');
    if (!master) return undefined;
    const wanted = Number(number);
    if (wanted >= pass.frames) throw new HelicalError('NOT_FOUND', `This pass has ${pass.frames} frames.`);
    const picture = await cached(`${master.id}/${wanted}`, async () =>
      exactFrame({
        ffmpegPath: options.ffmpegPath(),
        path: pathOf(master),
        frame: wanted,
        seek: master.name.endsWith('.mkv')
          ? { rate: pass.video.frameRate, lostBefore: await lostBefore(pass, wanted) }
          : undefined,
        bitsPerColour: 8,
      }),
    );
    const headers = {
      'content-type': 'image/png',
      'content-length': String(picture.length),
      'cache-control': 'private, max-age=31536000, immutable',
    };
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(picture), { headers });
  };

  const pictureFile = (pass: PassBrief, role: PictureRole): PictureFile | undefined => {
    const found = files.ofPass(pass.id).find((file) => file.role === role);
    if (found)
      return { key: found.id, path: pathOf(found), frames: role === 'master' ? pass.frames : undefined };
    const onTheWay = role === 'master' ? options.masterOnTheWay(pass.id) : undefined;
    if (!onTheWay) return undefined;
    const { path, isGrowing } = onTheWay;
    // Where its frames lie may change when its recorder ends, and by what mends it: each of these is a file of its own.
    const key = `${pass.id}/${isGrowing ? 'growing' : 'complete'}/${basename(path)}`;
    return { key, path, frames: isGrowing ? undefined : pass.frames, isGrowing };
  };

  const picture = async (
    request: Request,
    whenGone: WhenGone | undefined,
    pass: PassBrief,
    { role, number }: { role: PictureRole; number: string },
  ) => {
    try {
      const file = pictureFile(pass, role);
      if (!file) throw noPicture(pass, role);
      const { header, planes, release } = await options.picture(file, Number(number), request.signal);
      whenGone?.(release);
      const headers = {
        'content-type': 'application/octet-stream',
        'content-length': String(planes.length),
        // Kept by the engine, and by the screen as it likes: a browser would write all of it to its disk.
        'cache-control': 'no-store',
        [pictureHeaderName]: JSON.stringify(header),
      };
      return new Response(request.method === 'HEAD' ? null : streamOf(planes), { headers });
    } catch (error) {
      // Who steps on before a picture has come has done nothing wrong; nobody reads this answer.
      if (request.signal.aborted) return new Response(null, { status: 499 });
      if (!(error instanceof HelicalError)) throw error;
      return refuseInWords(error);
    }
  };

  const samples = async (passId: string, query: URLSearchParams) => {
    const found = await options.samples(passId, sampleRequest(query));
    if (!found) return undefined;
    const headers = {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
      [drawnMeasuresHeader]: [...found.measures.keys()].join(','),
    };
    return new Response(encodeDrawnSamples(found), { headers });
  };

  const routes: [
    RegExp,
    (request: Request, parts: string[], url: URL, whenGone?: WhenGone) => Promise<Response | undefined>,
  ][] = [
    [new RegExp(`^/media/files/(${id})$`), (request, [fileId = '']) => file(request, fileId)],
    [
      new RegExp(`^/media/passes/(${id})/live\\.jpg$`),
      (request, [passId = '']) => livePicture(request, passId),
    ],
    [
      new RegExp(`^/media/passes/(${id})/thumbnails/(\\d{1,6})\\.jpg$`),
      (request, [passId = '', number = '']) => thumbnail(request, passId, number),
    ],
    [
      new RegExp(`^/media/passes/(${id})/frames/(\\d{1,9})\\.png$`),
      async (request, [passId = '', number = '']) => {
        const pass = passes.find(passId);
        return pass && frame(request, pass, number);
      },
    ],
    [
      new RegExp(`^/media/passes/(${id})/pictures/(${pictureRoles.join('|')})/(\\d{1,9})$`),
      async (request, [passId = '', role = '', number = ''], _url, whenGone) => {
        const pass = passes.brief(passId);
        return pass && picture(request, whenGone, pass, { role: role as PictureRole, number });
      },
    ],
    [
      new RegExp(`^/media/passes/(${id})/samples$`),
      async (_request, [passId = ''], url) =>
        passes.brief(passId) ? samples(passId, url.searchParams) : undefined,
    ],
    [
      new RegExp(`^/media/passes/(${id})/report\\.html$`),
      (request, [passId = '']) =>
        sendDocument(request, (language) => options.reportDocument(passId, language), options.logger),
    ],
    [
      new RegExp(`^/media/access-certificates/(${id})\\.html$`),
      (request, [certificateId = '']) =>
        sendDocument(
          request,
          (language) => options.certificateDocument(certificateId, language),
          options.logger,
        ),
    ],
  ];

  return async (request, whenGone) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    const url = new URL(request.url);
    for (const [pattern, answer] of routes) {
      const match = pattern.exec(url.pathname);
      if (!match) continue;
      try {
        return (await answer(request, match.slice(1), url, whenGone)) ?? new Response(null, { status: 404 });
      } catch (error) {
        if (!(error instanceof HelicalError)) throw error;
        options.logger.info({ path: url.pathname, code: error.code }, 'bytes refused');
        return new Response(null, { status: statusOf(error) });
      }
    }
    return new Response(null, { status: 404 });
  };
}

/** Response copies bytes that it is given as they are: 1.6 MB for each frame, and as much to be collected as garbage. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

function sampleRequest(query: URLSearchParams): SampleRequest {
  const whole = (name: string, otherwise: number, least: number, most: number): number => {
    const text = query.get(name);
    if (text === null) return otherwise;
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new HelicalError('INVALID_INPUT', `${name} must be a whole number from ${least} to ${most}.`);
  };
  const frames = Number.MAX_SAFE_INTEGER - 1;
  return {
    measures: (query.get('measures') ?? '').split(',').filter(Boolean).slice(0, 100),
    from: whole('from', 0, 0, frames),
    to: whole('to', frames, 0, frames),
    points: whole('points', 2000, 1, 20_000),
  };
}

function noPicture({ state }: PassBrief, role: PictureRole): HelicalError {
  if (state !== 'sealed' && state !== 'failed') {
    return new HelicalError('WRONG_STATE', {
      problem:
        role === 'master'
          ? 'No frame of this pass can be looked at now: its recording has not begun, or waits to be mended.'
          : 'This pass is not finished: its access copy can be looked at when it is sealed.',
      safe: 'Nothing was changed.',
    });
  }
  return new HelicalError('NOT_FOUND', `This pass has no ${role === 'master' ? 'master' : 'access copy'}.`);
}
