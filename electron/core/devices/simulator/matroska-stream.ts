import { type Rational, toNumber } from '#shared/domain/rational.ts';
import { sampleRateHz } from './standard.ts';
import { v210SizeBytes } from './v210.ts';

/**
 * A live Matroska stream (RFC 9559): a segment of unknown size, one cluster per frame, and nothing to seek by. Times
 * are in microseconds, so that frames of 29.97 a second stay apart and samples can be told from each other.
 */
const timestampScaleNs = 1000;

interface StreamLayout {
  width: number;
  height: number;
  frameRate: Rational;
  fieldOrder: 'tff' | 'bff';
  standard: 'PAL' | 'NTSC';
  channels: number;
  timecode: string;
}

/** Everything in front of the first cluster. */
export function streamHeader(layout: StreamLayout): Buffer {
  const ebml = element(0x1a45dfa3, [
    unsigned(0x4286, 1),
    unsigned(0x42f7, 1),
    unsigned(0x42f2, 4),
    unsigned(0x42f3, 8),
    element(0x4282, Buffer.from('matroska')),
    unsigned(0x4287, 4),
    unsigned(0x4285, 2),
  ]);
  const info = element(0x1549a966, [
    unsigned(0x2ad7b1, timestampScaleNs),
    element(0x4d80, Buffer.from('Helical simulator')),
    element(0x5741, Buffer.from('Helical simulator')),
  ]);
  const tags = element(0x1254c367, [
    element(0x7373, [
      element(0x63c0, Buffer.alloc(0)),
      element(0x67c8, [
        element(0x45a3, Buffer.from('TIMECODE')),
        element(0x4487, Buffer.from(layout.timecode)),
      ]),
    ]),
  ]);
  const unknownSize = Buffer.from('01ffffffffffffff', 'hex');
  const segment = Buffer.concat([elementId(0x18538067), unknownSize]);
  return Buffer.concat([
    ebml,
    segment,
    info,
    element(0x1654ae6b, [videoTrack(layout), audioTrack(layout)]),
    tags,
  ]);
}

/**
 * Header of the cluster of one frame and of its video block; the picture follows. `audioBytes` counts samples only
 * (undefined: no sound in this cluster), `paddingBytes` is a whole void element.
 */
export function clusterHeader(
  timestampUs: number,
  videoBytes: number,
  audioBytes: number | undefined,
  paddingBytes: number,
): Buffer {
  const time = unsigned(0xe7, timestampUs);
  const video = blockHeader(1, 0, videoBytes);
  const sound = audioBytes === undefined ? 0 : blockHeader(2, 0, audioBytes).length + audioBytes;
  const size = time.length + video.length + videoBytes + sound + paddingBytes;
  return Buffer.concat([elementId(0x1f43b675), elementSize(size), time, video]);
}

/** Header of a cluster that holds one block of sound, whose own header follows. */
export function soundClusterHeader(timestampUs: number, audioBytes: number): Buffer {
  const time = unsigned(0xe7, timestampUs);
  const size = time.length + blockHeader(2, 0, audioBytes).length + audioBytes;
  return Buffer.concat([elementId(0x1f43b675), elementSize(size), time]);
}

/** Header of a block of the cluster; `relativeUs` is against the cluster's time. Track 1 is video, 2 is audio. */
export function blockHeader(track: 1 | 2, relativeUs: number, bytes: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(0x80 | track, 0);
  head.writeInt16BE(relativeUs, 1);
  head.writeUInt8(0x80, 3); // key frame, no lacing
  return Buffer.concat([elementId(0xa3), elementSize(bytes + head.length), head]);
}

/** An element that says nothing and takes room; empty for no bytes at all. */
export function voidElement(bytes: number): Buffer {
  return bytes > 0 ? element(0xec, Buffer.alloc(bytes)) : Buffer.alloc(0);
}

function videoTrack(layout: StreamLayout): Buffer {
  const { width, height } = layout;
  // BITMAPINFOHEADER, as V_MS/VFW/FOURCC wants it.
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(height, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(20, 14);
  header.write('v210', 16, 'latin1');
  header.writeUInt32LE(v210SizeBytes(width, height), 20);
  // ITU-T H.273: 5 = BT.470 BG, 6 = SMPTE 170M, transfer 1 = BT.709; range 1 = limited.
  const system = layout.standard === 'PAL' ? 5 : 6;
  return element(0xae, [
    unsigned(0xd7, 1),
    unsigned(0x73c5, 1),
    unsigned(0x83, 1),
    unsigned(0x9c, 0),
    element(0x86, Buffer.from('V_MS/VFW/FOURCC')),
    element(0x63a2, header),
    unsigned(0x23e383, Math.round(1e9 / toNumber(layout.frameRate))),
    element(0xe0, [
      unsigned(0xb0, width),
      unsigned(0xba, height),
      unsigned(0x9a, 1),
      unsigned(0x9d, layout.fieldOrder === 'tff' ? 1 : 6),
      element(0x55b0, [
        unsigned(0x55b1, system),
        unsigned(0x55b9, 1),
        unsigned(0x55ba, 1),
        unsigned(0x55bb, system),
      ]),
    ]),
  ]);
}

function audioTrack(layout: StreamLayout): Buffer {
  const rate = Buffer.alloc(8);
  rate.writeDoubleBE(sampleRateHz);
  return element(0xae, [
    unsigned(0xd7, 2),
    unsigned(0x73c5, 2),
    unsigned(0x83, 2),
    unsigned(0x9c, 0),
    element(0x86, Buffer.from('A_PCM/INT/LIT')),
    element(0xe1, [element(0xb5, rate), unsigned(0x9f, layout.channels), unsigned(0x6264, 32)]),
  ]);
}

function element(id: number, content: Buffer | Buffer[]): Buffer {
  const body = Array.isArray(content) ? Buffer.concat(content) : content;
  return Buffer.concat([elementId(id), elementSize(body.length), body]);
}

function unsigned(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return element(id, bytes);
}

function elementId(id: number): Buffer {
  const hex = id.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}

/** A size in eight bytes: longer than needed and always the same length. */
function elementSize(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size) | (1n << 56n));
  return bytes;
}
