import { beforeAll, expect, it } from 'vitest';
import { locateFfmpeg } from './locate.ts';
import { createNutReader } from './nut-reader.ts';
import { runTool } from './run.ts';

let ffmpegPath: string;
beforeAll(async () => {
  ({ ffmpegPath } = await locateFfmpeg());
});

async function written(input: string, args: string[]): Promise<Buffer> {
  const end = await runTool(ffmpegPath, ['-v', 'error', '-f', 'lavfi', '-i', input, ...args, '-']);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  return end.stdout;
}

/** Frames of a stream that comes in pieces of so many bytes. */
function read(bytes: Buffer, pieceBytes: number) {
  const frames: { timeS: number; bytes: Uint8Array }[] = [];
  let ended = 0;
  const reader = createNutReader({
    begin(sizeBytes, timeS) {
      const memory = new Uint8Array(sizeBytes);
      frames.push({ timeS, bytes: memory });
      return memory;
    },
    end() {
      ended += 1;
    },
  });
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  expect(ended).toBe(frames.length);
  return frames;
}

const nut = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'nut'];
const picture = 'testsrc2=s=64x48:r=25:d=0.4';

it.each([
  ['yuv422p10le', 1],
  ['yuv422p10le', 7],
  ['yuv411p', 1000],
  ['yuv410p', 1 << 20],
  ['yuv444p16le', 65_536],
])('gives every picture of %s back, byte for byte, in pieces of %i', async (pixelFormat, pieceBytes) => {
  const bytes = await written(picture, ['-pix_fmt', pixelFormat, ...nut]);
  const plain = await written(picture, ['-pix_fmt', pixelFormat, '-f', 'rawvideo']);
  const frames = read(bytes, pieceBytes);
  expect(frames.map(({ timeS }) => timeS)).toEqual(
    Array.from({ length: 10 }, (_, at) => expect.closeTo(at / 25, 9)),
  );
  expect(Buffer.concat(frames.map((frame) => frame.bytes)).equals(plain)).toBe(true);
});

it('takes heads that are said again in mid stream', async () => {
  const bytes = await written(picture, ['-pix_fmt', 'yuv444p16le', ...nut]);
  const syncpoint = Buffer.from([0x4e, 0x4b, 0xe4, 0xad, 0xee, 0xca, 0x45, 0x69]);
  const first = bytes.indexOf(syncpoint);
  const last = bytes.lastIndexOf(syncpoint);
  expect(last).toBeGreaterThan(first);
  const heads = bytes.subarray('nut/multimedia container\0'.length, first);
  const again = Buffer.concat([bytes.subarray(0, last), heads, bytes.subarray(last)]);
  expect(read(again, 500)).toEqual(read(bytes, 500));
});

it('takes times with gaps, and those of a long tape', async () => {
  const bytes = await written(`testsrc2=s=16x16:r=25,setpts='N*N*100000/25/TB'`, ['-frames:v', '8', ...nut]);
  expect(read(bytes, 999).map(({ timeS }) => timeS)).toEqual(
    Array.from({ length: 8 }, (_, at) => expect.closeTo((at * at * 100_000) / 25, 6)),
  );
});

it('takes pictures that begin like a head which the stream leaves out', async () => {
  // 0, 0, 1 at the beginning: NUT knows it from MPEG, and says only that it was there.
  const bytes = await written("color=s=16x16:r=25:d=0.2,format=gray,geq=lum='eq(X,2)*eq(Y,0)'", [
    ...['-pix_fmt', 'gray', ...nut],
  ]);
  for (const frame of read(bytes, 50)) expect([...frame.bytes.subarray(0, 4)]).toEqual([0, 0, 1, 0]);
});

it('passes over an index that is longer than any head', async () => {
  const bytes = await written('testsrc2=s=64x48:r=25:d=0.2', ['-pix_fmt', 'yuv420p', ...nut]);
  // What stands behind the last picture of ten hours: start code, length, check sum, and a number for each syncpoint.
  const length = 300_000;
  const head = [
    0x4e,
    0x58,
    0xdd,
    0x67,
    0x2f,
    0x23,
    0xe6,
    0x4e,
    0x80 | (length >> 14),
    0x80 | ((length >> 7) & 127),
  ];
  const index = Buffer.concat([Buffer.from([...head, length & 127, 1, 2, 3, 4]), Buffer.alloc(length, 0x4e)]);
  const again = Buffer.concat([bytes, index, bytes.subarray('nut/multimedia container\0'.length)]);
  for (const pieceBytes of [1000, 1 << 20]) expect(read(again, pieceBytes)).toHaveLength(10);
});

it('takes sound, and refuses what is no NUT', async () => {
  const bytes = await written('sine=d=0.2:r=48000', ['-c:a', 'pcm_f32le', '-f', 'nut']);
  const sound = read(bytes, 333);
  expect(sound.reduce((sum, frame) => sum + frame.bytes.length, 0)).toBe(9600 * 4);
  expect(() => read(Buffer.from('RIFF'.repeat(20)), 100)).toThrow('does not speak NUT');
});
