import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { HelicalError } from '#shared/domain/errors.ts';

/**
 * The frames of a DV stream as they came from the tape, out of any container, without decoding: `ffmpeg -c copy -f rawvideo`.
 * Each is valid until the next is asked for. Ends where the stream does; HelicalError FILE_UNREADABLE where ffmpeg cannot read
 * it; rejects with the signal's reason.
 * @param frameBytes size of one frame: `dvFrameBytes`
 */
export async function* readDvFrames(job: {
  ffmpegPath: string;
  path: string;
  frameBytes: number;
  signal?: AbortSignal | undefined;
}): AsyncGenerator<Uint8Array> {
  const { ffmpegPath, path, frameBytes, signal } = job;
  signal?.throwIfAborted();
  const copy = ['-v', 'error', '-nostdin', '-i', path, '-map', '0:v:0', '-c', 'copy', '-f', 'rawvideo'];
  const reader = spawn(ffmpegPath, [...copy, 'pipe:1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stop = () => reader.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  let said = '';
  reader.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const closed = once(reader, 'close') as Promise<[number | null, string | null]>;
  // A program that cannot be started is met where its end is awaited.
  closed.catch(() => {});
  try {
    const frame = Buffer.alloc(frameBytes);
    let filled = 0;
    for await (const chunk of reader.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const taken = chunk.copy(frame, filled, at);
        at += taken;
        filled += taken;
        if (filled < frameBytes) break;
        filled = 0;
        yield frame;
      }
    }
    const [code] = await closed;
    signal?.throwIfAborted();
    if (code !== 0) {
      throw new HelicalError('FILE_UNREADABLE', {
        problem: `The DV stream of ${path} cannot be read: ${said.trim() || `ffmpeg ended with ${code}`}`,
        safe: 'The file was not changed.',
      });
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', stop);
  }
}
