import { element, uintElement } from '#core/essence/ebml-writer.ts';
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

/** One frame in a cluster of its own, at a time that is ours to choose. Track numbers up to 126. */
export function fedCluster(trackNumber: number, timeMs: number, codedFrame: Buffer): Buffer {
  const block = Buffer.concat([Buffer.from([0x80 | trackNumber, 0, 0, keyframeFlag]), codedFrame]);
  return element(
    clusterId,
    Buffer.concat([uintElement(ids.timestamp, timeMs), element(ids.simpleBlock, block)]),
  );
}
