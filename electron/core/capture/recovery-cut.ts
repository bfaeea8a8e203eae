import { toNumber } from '#shared/domain/rational.ts';
import type { HashListSummary } from './hash-list.ts';
import type { RecorderRecord } from './recorder-record.ts';

/** Where the kept part ends: so many frames, and so many packets of every sound track. */
export interface Cut {
  frames: number;
  blocks: number;
}

/** Whole packets that can be read from the file a dead recorder left. */
export interface Packets {
  video: number;
  /** Of the shortest sound track; undefined without sound. */
  audio: number | undefined;
}

/**
 * The longest part for which picture and sound are both there. Works with the times in the hash lists, so that gaps of the
 * source are seen; the lists' tails reach far enough, since no list runs ahead by more than what was being written.
 */
export function cutAt(
  record: Pick<RecorderRecord, 'video' | 'audio'>,
  packets: Packets,
  hashes: Pick<HashListSummary, 'rows' | 'tails'>,
  sound: Pick<HashListSummary, 'rows' | 'tails'> | undefined,
): Cut {
  const frameS = 1 / toNumber(record.video.frameRate);
  const hashed = hashes.rows[0] ?? 0;
  let frames = Math.min(packets.video, hashed);
  if (packets.audio === undefined || !sound || !record.audio) return { frames, blocks: 0 };
  const { sampleRateHz } = record.audio;
  const tail = sound.tails[0] ?? [];
  const listed = Math.min(...sound.rows);
  const firstOfTail = (sound.rows[0] ?? 0) - tail.length;
  // In front of the tail (a master that a power cut left far behind its list) blocks are as long as all others.
  const usual = tail[0]?.duration ?? 0;
  const blockAt = (index: number) =>
    index >= 0 && index < firstOfTail ? { pts: index * usual, duration: usual } : tail[index - firstOfTail];
  const blocksThere = Math.min(packets.audio, listed);
  const last = blockAt(blocksThere - 1);
  const soundEndS = last ? ((last.pts ?? 0) + last.duration) / sampleRateHz : 0;
  const firstFrameOfTail = hashed - (hashes.tails[0]?.length ?? 0);
  const frameEndS = (count: number) => {
    const row = hashes.tails[0]?.[count - 1 - firstFrameOfTail];
    return row ? ((row.pts ?? count - 1) + 1) * frameS : count * frameS;
  };
  while (frames > 0 && frameEndS(frames) > soundEndS + frameS / 2) frames -= 1;
  const endS = frameEndS(frames);
  let blocks = blocksThere;
  for (;;) {
    const row = blockAt(blocks - 1);
    if (!row || ((row.pts ?? 0) + row.duration / 2) / sampleRateHz <= endS) break;
    blocks -= 1;
  }
  return { frames, blocks };
}
