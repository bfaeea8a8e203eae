import { logLines } from './log-text.ts';

/** One pixel format of a Video4Linux card, as `-list_formats all` prints it. */
export interface V4l2Format {
  /** `compressed` pictures (MJPEG) are not the card's own samples any more. */
  kind: 'raw' | 'compressed';
  /** ffmpeg's name; undefined where ffmpeg does not know it ("Unsupported"). */
  name: string | undefined;
  description: string;
  sizes: { width: number; height: number }[];
  /** Sizes given as ranges instead, each with its step. */
  ranges: { width: V4l2Range; height: V4l2Range }[];
}

interface V4l2Range {
  least: number;
  most: number;
  step: number;
}

const range = /\{(\d{1,6})-(\d{1,6}), (\d{1,6})\}x\{(\d{1,6})-(\d{1,6}), (\d{1,6})\}/g;

/** Reads `-f v4l2 -list_formats all`. Source: libavdevice/v4l2.c, list_formats and list_framesizes. */
export function parseV4l2Formats(text: string): V4l2Format[] {
  return logLines(text).flatMap((line): V4l2Format[] => {
    const match = /^(Raw {7}|Compressed): {1,11}(\S{1,40}) : {0,20}(.{0,64}?) :(?: Emulated :)?(.*)$/.exec(
      line,
    );
    if (!match) return [];
    const [, kind, name, description = '', places = ''] = match;
    return [
      {
        kind: kind === 'Compressed' ? 'compressed' : 'raw',
        name: name === 'Unsupported' ? undefined : name,
        description,
        sizes: [...places.matchAll(/(?<=^|\s)(\d{1,6})x(\d{1,6})(?=\s|$)/g)].map(([, width, height]) => ({
          width: Number(width),
          height: Number(height),
        })),
        ranges: [...places.matchAll(range)].map((found) => {
          const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = found.slice(1).map(Number);
          return { width: { least: a, most: b, step: c }, height: { least: d, most: e, step: f } };
        }),
      },
    ];
  });
}

/** Reads `-f v4l2 -list_standards all`: ` 0,             b000, NTSC`. Source: libavdevice/v4l2.c, list_standards. */
export function parseV4l2Standards(text: string): { name: string; id: string }[] {
  return logLines(text).flatMap((line) => {
    const match = /^\s*\d{1,4},\s+([0-9a-f]{1,16}), (\S.{0,40}?)\s*$/.exec(line);
    return match?.[1] && match[2] ? [{ name: match[2], id: match[1] }] : [];
  });
}
