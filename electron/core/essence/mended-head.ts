import { readElementHead, readUnsignedText } from './ebml-values.ts';
import {
  crcElement,
  element,
  floatElement,
  masterWithCrc,
  uintElement,
  vint,
  voidElement,
} from './ebml-writer.ts';
import { crc32Id, levelOneIds, voidId } from './matroska-elements.ts';

/** What the head of a closed master says of the rest. */
export interface ClosedFacts {
  /** All elements of the Segment together. */
  segmentBytes: number;
  durationTicks: number;
  /** Where the Cues lie, from the start of the Segment's data. */
  cuesPosition: number;
  /** End of each track in seconds, by its TrackUID. */
  trackEndS: ReadonlyMap<string, number>;
}

const ids = {
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  duration: 0x4489,
  cues: 0x1c53bb6b,
  tags: 0x1254c367,
  tag: 0x7373,
  targets: 0x63c0,
  tagTrackUid: 0x63c5,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
};
/** `00:00:02.120000000`, padded as ffmpeg pads it. */
const durationTextBytes = 20;

interface Place {
  id: number;
  start: number;
  dataStart: number;
  end: number;
}

/**
 * The head of a master whose recorder died, as it would be had the recorder closed it: ffmpeg's muxer leaves Void elements for
 * SeekHead, Duration, DURATION tags and every CRC-32, which are filled here. Nothing is moved. Undefined where the places are
 * not there: another program, or another release, wrote this head.
 */
export function mendedHead(
  head: Uint8Array,
  segmentDataOffset: number,
  facts: ClosedFacts,
): Buffer | undefined {
  const bytes = Buffer.from(head);
  const levelOne = childrenOf(bytes, segmentDataOffset, bytes.length);
  const segmentSizeAt = segmentDataOffset - 8;
  const seekPlace = roomForSeekHead(levelOne);
  if (bytes[segmentSizeAt] !== 0x01 || !seekPlace) return undefined;
  vint(facts.segmentBytes, 8).copy(bytes, segmentSizeAt);

  const named = levelOne.filter(({ id }) => levelOneIds.includes(id) && id !== ids.seekHead);
  for (const place of named) {
    const children = childrenOf(bytes, place.dataStart, place.end);
    if (place.id === ids.info && !setDuration(bytes, children, facts.durationTicks)) return undefined;
    if (place.id === ids.tags) setTagDurations(bytes, children, facts.trackEndS);
    const first = children[0];
    const isRoomForCrc =
      first && (first.id === crc32Id || first.id === voidId) && first.end - first.start === 6;
    if (!isRoomForCrc) return undefined;
    crcElement([bytes.subarray(first.end, place.end)]).copy(bytes, first.start);
  }
  if (!named.some(({ id }) => id === ids.info)) return undefined;

  const positions = [
    ...named.map(({ id, start }) => ({ id, position: start - segmentDataOffset })),
    { id: ids.cues, position: facts.cuesPosition },
  ];
  const seekHead = masterWithCrc(
    ids.seekHead,
    positions.map(({ id, position }) =>
      element(
        ids.seek,
        Buffer.concat([uintElement(ids.seekId, id, 4), uintElement(ids.seekPosition, position, 8)]),
      ),
    ),
  );
  const left = seekPlace.end - seekPlace.start - seekHead.length;
  if (left < 0 || left === 1) return undefined;
  seekHead.copy(bytes, seekPlace.start);
  if (left > 0) voidElement(left).copy(bytes, seekPlace.start + seekHead.length);
  return bytes;
}

/** The Void at the start, or the SeekHead that a recorder wrote into it before it died, with what is left of the room. */
function roomForSeekHead([first, second]: readonly Place[]): Pick<Place, 'start' | 'end'> | undefined {
  if (first?.id === voidId) return first;
  if (first?.id !== ids.seekHead) return undefined;
  return second?.id === voidId ? { start: first.start, end: second.end } : first;
}

/** Fills the room for Duration, or sets the one that is there: a limited recording states its plan. */
function setDuration(bytes: Buffer, children: readonly Place[], ticks: number): boolean {
  const duration = floatElement(ids.duration, ticks);
  const place =
    children.find(({ id }) => id === ids.duration) ??
    children.findLast(({ id, start, end }) => id === voidId && end - start === duration.length);
  if (!place || place.end - place.start !== duration.length) return false;
  duration.copy(bytes, place.start);
  return true;
}

/** How long each track is, where there is room for it; its absence breaks no rule. */
function setTagDurations(bytes: Buffer, tags: readonly Place[], endS: ReadonlyMap<string, number>): void {
  for (const tag of tags.filter(({ id }) => id === ids.tag)) {
    const children = childrenOf(bytes, tag.dataStart, tag.end);
    const targets = children.find(({ id }) => id === ids.targets);
    const target =
      targets && childrenOf(bytes, targets.dataStart, targets.end).find(({ id }) => id === ids.tagTrackUid);
    const seconds = target && endS.get(readUnsignedText(bytes.subarray(target.dataStart, target.end)));
    if (seconds === undefined) continue;
    const text = Buffer.alloc(durationTextBytes);
    text.write(durationText(seconds), 'latin1');
    const simpleTag = element(
      ids.simpleTag,
      Buffer.concat([element(ids.tagName, Buffer.from('DURATION')), element(ids.tagString, text)]),
    );
    const room = children.find(({ id, start, end }) => id === voidId && end - start === simpleTag.length);
    if (room) simpleTag.copy(bytes, room.start);
  }
}

/** `01:02:03.040000000`. */
function durationText(seconds: number): string {
  const nanoseconds = Math.round(seconds * 1e9);
  const whole = Math.floor(nanoseconds / 1e9);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
  return `${clock}.${String(nanoseconds - whole * 1e9).padStart(9, '0')}`;
}

/** The elements between two places; those that do not fit are left out. */
function childrenOf(bytes: Uint8Array, from: number, end: number): Place[] {
  const places: Place[] = [];
  for (let at = from; at < end; ) {
    const head = readElementHead(bytes.subarray(at, end));
    if (typeof head === 'string' || head.dataBytes === undefined) break;
    const dataStart = at + head.headBytes;
    if (dataStart + head.dataBytes > end) break;
    places.push({ id: head.id, start: at, dataStart, end: dataStart + head.dataBytes });
    at = dataStart + head.dataBytes;
  }
  return places;
}
