import { execa } from 'execa';
import { readFrameNumber, stampArea } from './frame-number.ts';

/**
 * The tape's frame number of each frame of a recording, in the order of the file; undefined where a frame carries none
 * that can be read. Only the stamp is decoded to memory.
 */
export async function readFrameNumbers(
  masterPath: string,
  { ffmpegPath }: { ffmpegPath: string },
): Promise<(number | undefined)[]> {
  const { x, y, width, height } = stampArea;
  // Gray in the range of the source, so that levels mean the same; passthrough, so that no frame is made up.
  const filters = `crop=${width}:${height}:${x}:${y}:exact=1,extractplanes=y`;
  const reader = execa(
    ffmpegPath,
    [
      ...['-v', 'error', '-nostdin', '-i', masterPath, '-map', '0:v:0', '-vf', filters],
      ...['-fps_mode', 'passthrough', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'],
    ],
    // Hours of stamps are more than belongs in memory.
    { encoding: 'buffer', stdin: 'ignore', buffer: { stdout: false } },
  );
  const frame = new Uint8Array(width * height);
  const numbers: (number | undefined)[] = [];
  let filled = 0;
  for await (const chunk of reader.iterable({ binary: true })) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + frame.length - filled);
      frame.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < frame.length) continue;
      numbers.push(readFrameNumber(frame, width, height, { x: 0, y: 0 }));
      filled = 0;
    }
  }
  await reader;
  return numbers;
}
