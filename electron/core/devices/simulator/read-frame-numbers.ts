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
  const { stdout } = await execa(
    ffmpegPath,
    [
      ...['-v', 'error', '-nostdin', '-i', masterPath, '-map', '0:v:0', '-vf', filters],
      ...['-fps_mode', 'passthrough', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'],
    ],
    { encoding: 'buffer', stdin: 'ignore' },
  );
  const frameBytes = width * height;
  const numbers: (number | undefined)[] = [];
  for (let at = 0; at + frameBytes <= stdout.byteLength; at += frameBytes) {
    numbers.push(readFrameNumber(stdout.subarray(at, at + frameBytes), width, height, { x: 0, y: 0 }));
  }
  return numbers;
}
