import { element, elementHead, uintElement } from '#core/essence/ebml-writer.ts';
import { clusterId, ebmlHeaderId, segmentId } from '#core/essence/matroska-elements.ts';

const ids = {
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
};
const millisecondNs = 1_000_000;
const keyframeFlag = 0x80;

/** The head of a Matroska stream that does not end and has this track alone; its clock counts milliseconds. */
export function fedHead(trackEntry: Buffer): Buffer {
  const header = Buffer.concat([
    element(ids.docType, Buffer.from('matroska')),
    uintElement(ids.docTypeVersion, 4),
    uintElement(ids.docTypeReadVersion, 2),
  ]);
  // All ones: a size that is not known (RFC 8794, 6.2).
  const segment = element(segmentId, Buffer.alloc(0));
  segment[segment.length - 1] = 0xff;
  return Buffer.concat([
    element(ebmlHeaderId, header),
    segment,
    element(ids.info, uintElement(ids.timestampScale, millisecondNs)),
    element(ids.tracks, trackEntry),
  ]);
}

/**
 * What stands before the bytes of one frame in a cluster of its own, at a time that is ours to choose. Track numbers up to 126. The frame
 * itself is not copied behind it: at 25 frames a second such copies would be most of what an engine has to collect as garbage.
 */
export function fedClusterHead(trackNumber: number, timeMs: number, codedBytes: number): Buffer {
  const time = uintElement(ids.timestamp, timeMs);
  const blockHead = Buffer.from([0x80 | trackNumber, 0, 0, keyframeFlag]);
  const block = elementHead(ids.simpleBlock, blockHead.length + codedBytes);
  const clusterBytes = time.length + block.length + blockHead.length + codedBytes;
  return Buffer.concat([elementHead(clusterId, clusterBytes), time, block, blockHead]);
}
