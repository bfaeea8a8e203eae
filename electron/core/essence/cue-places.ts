import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readElementHead } from './ebml-values.ts';
import { emptyPlaces, type FramePlaces } from './frame-places.ts';
import type { MasterHead } from './master-head.ts';

const ids = {
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  cueRelativePosition: 0xf0,
};
/** Ten hours of NTSC with a cue a frame take a tenth of it. */
const cuesAtMost = 256 << 20;
/** Some milliseconds' work. */
const pointsATurn = 5_000;

/** By the index, which is a thousandth of the file. It counts only where it has each frame, in order, to the byte. */
export async function placesByCues(
  file: FileHandle,
  head: MasterHead,
  frames: number,
): Promise<FramePlaces | undefined> {
  if (head.cuesOffset === undefined) return undefined;
  const start = Buffer.alloc(12);
  await file.read(start, 0, start.length, head.cuesOffset);
  const cues = readElementHead(start);
  if (typeof cues === 'string' || cues.id !== ids.cues || (cues.dataBytes ?? cuesAtMost) >= cuesAtMost)
    return undefined;
  const bytes = Buffer.alloc(cues.dataBytes ?? 0);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, head.cuesOffset + cues.headBytes);
  if (bytesRead < bytes.length) return undefined;
  const places = emptyPlaces(head);
  let points = 0;
  for (let at = 0; at < bytes.length; ) {
    const point = elementAt(bytes, at, bytes.length);
    if (!point) return undefined;
    if (point.id === ids.cuePoint && !addCuePoint(places, head, bytes, point)) return undefined;
    at = point.end;
    // Ten hours have a million: the engine has other things to do meanwhile.
    points += 1;
    if (points % pointsATurn === 0) await nextTurn();
  }
  return places.ticks.length === frames ? { ...places, frames } : undefined;
}

/** Without objects for what is skipped: an hour has 90,000 of them. False where it says less than is needed, or goes back in time. */
function addCuePoint(
  places: Omit<FramePlaces, 'frames'>,
  head: MasterHead,
  bytes: Buffer,
  point: PlacedElement,
): boolean {
  let ticks = Number.NaN;
  for (let at = point.dataStart; at < point.end; ) {
    const child = elementAt(bytes, at, point.end);
    if (!child) return false;
    at = child.end;
    if (child.id === ids.cueTime) ticks = unsignedOf(bytes, child);
    if (child.id !== ids.cueTrackPositions) continue;
    let [track, cluster, place] = [0, Number.NaN, Number.NaN];
    for (let within = child.dataStart; within < child.end; ) {
      const value = elementAt(bytes, within, child.end);
      if (!value) return false;
      within = value.end;
      if (value.id === ids.cueTrack) track = unsignedOf(bytes, value);
      else if (value.id === ids.cueClusterPosition) cluster = unsignedOf(bytes, value);
      else if (value.id === ids.cueRelativePosition) place = unsignedOf(bytes, value);
    }
    if (track !== head.trackNumber) continue;
    const last = places.ticks.length - 1;
    if (Number.isNaN(cluster + place) || !(last < 0 || ticks > places.ticks.at(last))) return false;
    places.ticks.push(ticks);
    places.clusterOffsets.push(head.segmentDataOffset + cluster);
    places.placesInCluster.push(place);
  }
  return true;
}

interface PlacedElement {
  id: number;
  dataStart: number;
  end: number;
}

/** The whole element at this place; undefined where there is none up to `limit`. */
function elementAt(bytes: Buffer, at: number, limit: number): PlacedElement | undefined {
  const head = readElementHead(bytes, at, limit);
  if (typeof head === 'string' || head.dataBytes === undefined) return undefined;
  const dataStart = at + head.headBytes;
  const end = dataStart + head.dataBytes;
  return end > limit ? undefined : { id: head.id, dataStart, end };
}

function unsignedOf(bytes: Buffer, { dataStart, end }: PlacedElement): number {
  let value = 0;
  for (let at = dataStart; at < end; at += 1) value = value * 256 + (bytes[at] ?? 0);
  return value;
}
