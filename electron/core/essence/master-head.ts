import type { FileHandle } from 'node:fs/promises';
import { childrenOf, numberIn } from './ebml-children.ts';
import { readElementHead } from './ebml-values.ts';
import { segmentId } from './matroska-elements.ts';

const ids = {
  ebml: 0x1a45dfa3,
  seekHead: 0x114d9b74,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  cues: 0x1c53bb6b,
};
const videoTrackType = 1;
const headAtMost = 1 << 20;

/** What the head of a master says of its picture and its index. */
export interface MasterHead {
  segmentDataOffset: number;
  trackEntry: Buffer;
  trackNumber: number;
  timestampScaleNs: number;
  cuesOffset: number | undefined;
}

/** Undefined for what is no Matroska, or has no picture. */
export async function readMasterHead(file: FileHandle): Promise<MasterHead | undefined> {
  const bytes = Buffer.alloc(headAtMost);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
  const read = bytes.subarray(0, bytesRead);
  const ebml = readElementHead(read);
  if (typeof ebml === 'string' || ebml.id !== ids.ebml || ebml.dataBytes === undefined) return undefined;
  const segmentOffset = ebml.headBytes + ebml.dataBytes;
  const segment = readElementHead(read.subarray(segmentOffset));
  if (typeof segment === 'string' || segment.id !== segmentId) return undefined;
  const segmentDataOffset = segmentOffset + segment.headBytes;
  let [cuesOffset, timestampScaleNs] = [undefined as number | undefined, 1_000_000];
  let video: { entry: Buffer; number: number } | undefined;
  for (const { id, data } of childrenOf(read.subarray(segmentDataOffset))) {
    if (id === ids.seekHead) cuesOffset = cuesPosition(data);
    else if (id === ids.info) timestampScaleNs = numberIn(data, ids.timestampScale) ?? timestampScaleNs;
    else if (id === ids.tracks) video = videoTrack(data);
  }
  return (
    video && {
      segmentDataOffset,
      trackEntry: Buffer.from(video.entry),
      trackNumber: video.number,
      timestampScaleNs,
      cuesOffset: cuesOffset === undefined ? undefined : segmentDataOffset + cuesOffset,
    }
  );
}

function cuesPosition(seekHead: Buffer): number | undefined {
  for (const { data } of childrenOf(seekHead)) {
    if (numberIn(data, ids.seekId) === ids.cues) return numberIn(data, ids.seekPosition);
  }
  return undefined;
}

function videoTrack(tracks: Buffer): { entry: Buffer; number: number } | undefined {
  for (const { id, data, whole } of childrenOf(tracks)) {
    if (id !== ids.trackEntry || numberIn(data, ids.trackType) !== videoTrackType) continue;
    return { entry: whole, number: numberIn(data, ids.trackNumber) ?? 0 };
  }
  return undefined;
}
