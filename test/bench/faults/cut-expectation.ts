import { readElementHead } from '#core/essence/ebml-values.ts';

/** Where a block of a master ends, by a walk of its own: what is tested must not find its own errors. */
interface PlacedBlock {
  track: number;
  end: number;
  clusterEnd: number;
}

/** What lies in a master and its lists, to say what can be kept of any part of them. */
export interface Layout {
  /** Where elements begin, heads of blocks included: the places at which a cut is most likely to be misread. */
  boundaries: number[];
  blocks: PlacedBlock[];
  videoTrack: number;
  audioTracks: number[];
}

/** What a power cut left: each file is cut at an offset, and a stretch of the master may be zeros. */
export interface PowerCut {
  kind: string;
  masterBytes: number;
  frameListBytes: number;
  soundListBytes: number;
  hole?: { start: number; end: number };
}

const ids = { segment: 0x18538067, cluster: 0x1f43b675, simpleBlock: 0xa3 };

/** Reads the layout of a crashed master: first track picture, all others sound. */
export function layoutOf(bytes: Uint8Array): Layout {
  const layout: Layout = { boundaries: [], blocks: [], videoTrack: 1, audioTracks: [] };
  const walk = (from: number, end: number, isCluster: boolean): void => {
    for (let at = from; at < end; ) {
      const head = readElementHead(bytes.subarray(at));
      if (typeof head === 'string') return;
      layout.boundaries.push(at, at + head.headBytes);
      const dataStart = at + head.headBytes;
      const dataEnd = head.dataBytes === undefined ? bytes.length : dataStart + head.dataBytes;
      if (isCluster && head.id === ids.simpleBlock && dataEnd <= bytes.length) {
        const track = (bytes[dataStart] ?? 0) & 0x7f;
        layout.blocks.push({ track, end: dataEnd, clusterEnd: end });
        if (track !== layout.videoTrack && !layout.audioTracks.includes(track))
          layout.audioTracks.push(track);
      }
      if (head.id === ids.segment || head.id === ids.cluster)
        walk(dataStart, dataEnd, head.id === ids.cluster);
      at = dataEnd;
    }
  };
  walk(0, bytes.length, false);
  return layout;
}

/** Whole rows of each stream in the first bytes of a list. */
export function rowsIn(list: Uint8Array, bytes: number): number[] {
  const lines = Buffer.from(list.subarray(0, bytes)).toString('latin1').split('\n').slice(0, -1);
  const rows: number[] = [];
  for (const line of lines.filter((one) => one !== '' && !one.startsWith('#'))) {
    const stream = Number.parseInt(line, 10);
    rows[stream] = (rows[stream] ?? 0) + 1;
  }
  return rows;
}

/**
 * The most frames of which picture, sound and their hashes are all there; half a frame may lack its sound. A hole inside a
 * block is told by the CRC of its cluster alone: with `isClusterWhole`, what lies in that cluster in front of it does not count.
 */
export function framesToKeep(
  layout: Layout,
  cut: PowerCut,
  rows: { frames: number; sound: number },
  frameS: number,
  isClusterWhole = false,
): number {
  const isThere = ({ end, clusterEnd }: PlacedBlock): boolean =>
    end <= cut.masterBytes &&
    (cut.hole === undefined || (isClusterWhole ? clusterEnd : end) <= cut.hole.start);
  const there = layout.blocks.filter(isThere);
  const of = (track: number): number => there.filter((block) => block.track === track).length;
  const sound = Math.min(rows.sound, ...layout.audioTracks.map(of));
  const soundS = (sound * 1920) / 48_000;
  let frames = Math.min(of(layout.videoTrack), rows.frames);
  while (frames > 0 && frames * frameS > soundS + frameS / 2 + 1e-9) frames -= 1;
  return frames;
}
