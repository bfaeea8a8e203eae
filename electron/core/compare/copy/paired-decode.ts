import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { createComplaints, type DecodeComplaints } from './decode-complaints.ts';
import { readPsnr, readSsim } from './frame-figures.ts';
import { type FullPair, fullPairBytes, planesOf } from './full-pair.ts';
import type { SoundTrack } from './sound-groups.ts';
import { listenRateHz } from './sound-queue.ts';
import { emptyTiny, pairBytes, splitPair, type TinyPicture, tiny } from './tiny-pair.ts';

/** Behind standard input, output and error: whole pictures, then the sound. */
const [fullPipe, firstPipe] = [3, 4];

/** A track of sound of one of the files. */
export interface ListenedTrack extends SoundTrack {
  side: 'a' | 'b';
}

/** Two files, decoded side by side. */
export interface PairedDecode {
  ffmpegPath: string;
  pathA: string;
  pathB: string;
  describedA: MediaDescription;
  describedB: MediaDescription;
  /** From a decoded picture of A to what B should hold; the same for B, empty where it is what it is. */
  filtersA: readonly string[];
  filtersB: readonly string[];
  /** Pictures a second behind the filters. */
  frameRate: Rational;
  /** Frames that are left out at the head of each, behind the filters. */
  skipA: number;
  skipB: number;
  onPair(expected: TinyPicture, copy: TinyPicture): void;
  /** Of every so many pairs the whole pictures, of this size behind the filters; undefined: of none. */
  full: { every: number; width: number; height: number } | undefined;
  onFull(pair: FullPair): void;
  /** Tracks that are listened to, as `listenRateHz` samples of 16 bits. */
  sound: readonly ListenedTrack[];
  onSound(track: ListenedTrack, chunk: Buffer): void;
  onProgress?: ((pairs: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** PSNR and SSIM of luma for each pair, up to the end of the shorter file. */
export interface PairFigures {
  psnr: Float32Array;
  ssim: Float32Array;
  /** What ffmpeg said of either file, though it went on to the end. */
  complaints: DecodeComplaints;
}

/**
 * Decodes two files once, picture and sound, in one ffmpeg at the lowest priority: pictures pair by pair in the order of their frames,
 * whatever their clocks say, and each track of sound as it comes.
 * @throws HelicalError FILE_UNREADABLE where one of them cannot be decoded to its end.
 */
export async function decodePaired(decode: PairedDecode): Promise<PairFigures> {
  const { ffmpegPath, signal } = decode;
  signal?.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'helical-compare-'));
  try {
    // Names of its own folder: a path in a graph would have to be escaped.
    const { full } = decode;
    const child = spawn(ffmpegPath, argumentsOf(decode), {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...decode.sound.map(() => 'pipe' as const)],
      windowsHide: true,
    });
    // More pipes than the usual three are typed as if each might be missing.
    const [, stdout, stderr] = child.stdio as unknown as [unknown, Readable, Readable];
    for (const [at, track] of decode.sound.entries()) {
      const pipe = child.stdio[firstPipe + at] as Readable | null;
      pipe?.on('data', (chunk: Buffer) => decode.onSound(track, chunk));
    }
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (full) {
      const inPieces = piecesOf(fullPairBytes(full), (bytes) => decode.onFull(planesOf(bytes, full)));
      (child.stdio[fullPipe] as Readable | null)?.on('data', inPieces);
    }
    const abort = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', abort, { once: true });
    giveWay(child.pid);
    let said = '';
    const complaints = createComplaints(decode.describedA, decode.describedB);
    stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaints.read(chunk);
      said = (said + chunk).slice(-4_096);
    });
    // Together: one that could not be started has said so before its output ends.
    const [code] = await Promise.all([ended, readPairs(stdout, decode)]);
    signal?.removeEventListener('abort', abort);
    signal?.throwIfAborted();
    if (code !== 0) throw unreadable(decode, said.trim().split('\n').at(-1) ?? `code ${code}`);
    const [psnr, ssim] = await Promise.all(
      ['psnr.txt', 'ssim.txt'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    return { psnr: readPsnr(psnr ?? ''), ssim: readSsim(ssim ?? ''), complaints: complaints.found() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function argumentsOf(decode: PairedDecode): string[] {
  const { pathA, pathB, filtersA, filtersB, frameRate, skipA, skipB, sound, full } = decode;
  const rate = `${frameRate.num}/${frameRate.den}`;
  // By number: pairs are made of clocks otherwise.
  const side = (input: number, filters: readonly string[], skip: number) =>
    [
      `[${input}:v:0]${[...filters, `fps=${rate}`].join(',')}`,
      ...(skip > 0 ? [`trim=start_frame=${skip}`] : []),
      `settb=${frameRate.den}/${frameRate.num},setpts=N`,
    ].join(',');
  const small = `scale=${tiny.width}:${tiny.height}:flags=area`;
  const sometimes = `select=not(mod(n\\,${full?.every ?? 1}))`;
  // One behind the other, so that the last pulls all of them along.
  const graph = [
    `${side(0, filtersA, skipA)},split=${full ? 4 : 3}[a1][a2][a3]${full ? '[a5]' : ''}`,
    `${side(1, filtersB, skipB)}${full ? ',split[b5]' : ''}[b1]`,
    ...(full
      ? [
          `[a5]${sometimes}[a6]`,
          `[b5]${sometimes}[b6]`,
          '[a6][b6]hstack=inputs=2:shortest=1,format=yuv420p[full]',
        ]
      : []),
    '[b1][a1]psnr=stats_file=psnr.txt:shortest=1[b2]',
    '[b2][a2]ssim=stats_file=ssim.txt:shortest=1[b3]',
    `[b3]${small}[b4]`,
    `[a3]${small}[a4]`,
    '[a4][b4]hstack=inputs=2:shortest=1,format=yuv420p[pairs]',
  ].join(';');
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'repeat+error', '-i', pathA, '-i', pathB],
    ...['-filter_complex', graph, '-map', '[pairs]', '-fps_mode', 'passthrough'],
    ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
    ...(full
      ? [
          '-map',
          '[full]',
          '-fps_mode',
          'passthrough',
          '-c:v',
          'rawvideo',
          '-f',
          'rawvideo',
          `pipe:${fullPipe}`,
        ]
      : []),
    ...sound.flatMap(({ side, track, channels }, at) =>
      soundOutput(side === 'a' ? 0 : 1, track, channels, firstPipe + at),
    ),
  ];
}

/** By the clock of the container, so that holes in it are silence. */
function soundOutput(input: number, track: number, channels: number, pipe: number): string[] {
  return [
    ...['-map', `${input}:a:${track}`, '-af', 'aresample=async=1:first_pts=0', '-ac', String(channels)],
    ...['-ar', String(listenRateHz), '-c:a', 'pcm_s16le', '-f', 's16le', `pipe:${pipe}`],
  ];
}

async function readPairs(stream: AsyncIterable<Buffer>, { onPair, onProgress }: PairedDecode): Promise<void> {
  const [expected, copy] = [emptyTiny(), emptyTiny()];
  let pairs = 0;
  const inPieces = piecesOf(pairBytes, (pair) => {
    pairs++;
    splitPair(pair, expected, copy);
    onPair(expected, copy);
  });
  for await (const chunk of stream) {
    inPieces(chunk);
    onProgress?.(pairs);
  }
}

/** Cuts what a pipe brings into pieces of one length, in bytes that are used again. */
function piecesOf(length: number, onPiece: (bytes: Uint8Array) => void): (chunk: Buffer) => void {
  const piece = new Uint8Array(length);
  let filled = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, length - filled);
      piece.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < length) break;
      filled = 0;
      onPiece(piece);
    }
  };
}

function giveWay(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, 19);
  } catch {
    // Already ended, or the system refuses: it is then only less polite.
  }
}

function unreadable({ pathA, pathB }: PairedDecode, said: string): HelicalError {
  return new HelicalError('FILE_UNREADABLE', {
    problem: `${pathA} and ${pathB} could not be decoded together: ${said}.`,
    safe: 'Neither was changed.',
    remedy: 'Play both, to see which of them breaks off, and fetch another copy of that one.',
  });
}
