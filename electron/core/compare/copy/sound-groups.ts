/** A track of one of two files. */
export interface SoundTrack {
  track: number;
  channels: number;
}

/** Tracks of two files that hold the same channels, in the same order, however they are cut into tracks. */
export interface SoundGroup {
  /** As many as both have. */
  channels: number;
  a: SoundTrack[];
  b: SoundTrack[];
}

/**
 * Pairs the channels of two files as the recipe of access copies lays them: in their order, mono tracks two by two in a stereo one
 * (`ffmpeg/follower-arguments.ts`). As few tracks as possible are in one group: what is not in the same tracks in both is in one.
 * Channels that only one has are in none, or behind the others.
 * @param channelsA of each track.
 */
export function soundGroups(channelsA: readonly number[], channelsB: readonly number[]): SoundGroup[] {
  const [restA, restB] = [channelsA, channelsB].map((tracks) =>
    tracks.map((channels, track) => ({ track, channels })),
  ) as [SoundTrack[], SoundTrack[]];
  const groups: SoundGroup[] = [];
  while (restA.length > 0 && restB.length > 0) {
    const group = { a: restA.splice(0, 1), b: restB.splice(0, 1) };
    let [countA, countB] = [channelsOf(group.a), channelsOf(group.b)];
    while (countA !== countB) {
      const next = countA < countB ? restA.shift() : restB.shift();
      if (!next) break;
      group[countA < countB ? 'a' : 'b'].push(next);
      [countA, countB] = [channelsOf(group.a), channelsOf(group.b)];
    }
    groups.push({ channels: Math.min(countA, countB), ...group });
  }
  return groups;
}

function channelsOf(tracks: readonly SoundTrack[]): number {
  return tracks.reduce((sum, { channels }) => sum + channels, 0);
}
