import { type DrawnSamples, decodeDrawnSamples, drawnMeasuresHeader } from '#shared/domain/drawn-samples.ts';
import {
  type PictureHeader,
  type PicturePlanes,
  type PictureRole,
  pictureBytes,
  pictureHeaderName,
  pictureHeaderSchema,
  planesOf,
} from '#shared/domain/picture-planes.ts';
import { readBytes } from './read-bytes.ts';

/** Addresses of bytes. The same in the app (app:// origin) and in a browser. */
export const media = {
  file: (fileId: string) => `/media/files/${fileId}`,
  live: (passId: string, version: number) => `/media/passes/${passId}/live.jpg?v=${version}`,
  thumbnail: (passId: string, index: number) => `/media/passes/${passId}/thumbnails/${index}.jpg`,
  frame: (passId: string, frame: number) => `/media/passes/${passId}/frames/${frame}.png`,
  picture: (passId: string, role: PictureRole, frame: number) =>
    `/media/passes/${passId}/pictures/${role}/${frame}`,
  samples: (passId: string, measures: readonly string[], from: number, to: number, points: number) =>
    `/media/passes/${passId}/samples?${new URLSearchParams({
      measures: measures.join(','),
      from: String(from),
      to: String(to),
      points: String(points),
    })}`,
  report: (passId: string, language: string) => `/media/passes/${passId}/report.html?language=${language}`,
  certificate: (certificateId: string, language: string) =>
    `/media/access-certificates/${certificateId}.html?language=${language}`,
};

/** Reads measures of a pass between two frames, thinned to `points` pieces of least, mean and greatest. */
export async function readSamples(
  passId: string,
  measures: readonly string[],
  range: { from: number; to: number; points: number },
  signal: AbortSignal,
): Promise<DrawnSamples> {
  const answer = await fetch(media.samples(passId, measures, range.from, range.to, range.points), { signal });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`);
  const ids = answer.headers.get(drawnMeasuresHeader)?.split(',').filter(Boolean) ?? [];
  return decodeDrawnSamples(ids, await answer.arrayBuffer());
}

/** Reads the samples of one frame of a pass's file. Throws with the engine's words where there is no such picture. */
export async function readPicture(
  passId: string,
  role: PictureRole,
  frame: number,
  signal: AbortSignal,
): Promise<{ header: PictureHeader; planes: PicturePlanes }> {
  // The viewer keeps what it needs itself: megabytes a frame would push everything else out of the browser's own store.
  const answer = await fetch(media.picture(passId, role, frame), { signal, cache: 'no-store' });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`);
  const header = pictureHeaderSchema.parse(JSON.parse(answer.headers.get(pictureHeaderName) ?? 'null'));
  // It would be kept and shown under the number of another.
  if (header.frame !== frame) throw new Error(`Frame ${frame} was asked for, and ${header.frame} came.`);
  return { header, planes: planesOf(header, await readBytes(answer, pictureBytes(header))) };
}
