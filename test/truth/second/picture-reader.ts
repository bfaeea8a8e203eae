import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Standard } from '#core/devices/simulator/standard.ts';
import type { Plates } from './damage.ts';

/** Frames out of an ffmpeg graph, one by one. */
export interface PictureReader extends AsyncDisposable {
  /** The next frame, its own to change. Throws where the graph has none left. */
  next(): Promise<Plates>;
}

/** Opens a graph that ends in `[out]`, yuv422p10le. */
export function readPictures(graph: string, { width, height }: Standard, ffmpegPath: string): PictureReader {
  const args = ['-v', 'error', '-nostdin', '-filter_complex_threads', '1', '-filter_complex', graph];
  const child = spawn(ffmpegPath, [...args, '-map', '[out]', '-f', 'rawvideo', 'pipe:1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const frameBytes = width * height * 4;
  const pieces = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  return {
    async next() {
      const frame = new Uint8Array(frameBytes);
      let at = 0;
      while (at < frameBytes) {
        if (rest.length === 0) {
          const piece = await pieces.next();
          if (piece.done) throw new Error(`no frames left: ${graph}`);
          rest = piece.value;
        }
        const taken = rest.subarray(0, frameBytes - at);
        frame.set(taken, at);
        at += taken.length;
        rest = rest.subarray(taken.length);
      }
      const luma = width * height;
      return {
        width,
        height,
        y: new Uint16Array(frame.buffer, 0, luma),
        u: new Uint16Array(frame.buffer, luma * 2, luma / 2),
        v: new Uint16Array(frame.buffer, luma * 3, luma / 2),
      };
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
