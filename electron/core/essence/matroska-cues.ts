import type { CueFacts } from './matroska-facts.ts';
import { createOffsetList } from './offset-list.ts';

/** Holds the cues against the clusters, at 33 bytes per frame of an intra-only file (about 3 MB an hour). */
export interface CueLedger {
  cluster(offset: number): void;
  /** A block of the video track, in the cluster that was named last. */
  videoBlock(ticks: number, isKeyframe: boolean): void;
  cue(cue: { clusterOffset: number; timeTicks: number; video: boolean }): void;
  clusterAt(offset: number): boolean;
  facts(): CueFacts & { clustersWithVideo: number };
}

export function createCueLedger(): CueLedger {
  const clusters = createOffsetList();
  const clusterVideoTicks = createOffsetList();
  const cueTargets = createOffsetList();
  const cueTicks = createOffsetList();
  const videoCues = createOffsetList();
  const clusterKeyframes = createOffsetList();
  let pendingVideoTicks: number | undefined;
  let pendingKeyframe = false;

  function settleCluster(): void {
    if (clusters.length > clusterVideoTicks.length) {
      clusterVideoTicks.push(pendingVideoTicks ?? Number.NaN);
      clusterKeyframes.push(pendingKeyframe ? 1 : 0);
    }
    pendingVideoTicks = undefined;
    pendingKeyframe = false;
  }

  /** Index of the cluster that begins at `offset`, or -1. Clusters come in the order of the file. */
  function indexOf(offset: number): number {
    let low = 0;
    let high = clusters.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = clusters.at(middle);
      if (found === offset) return middle;
      if (found < offset) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  return {
    cluster(offset) {
      settleCluster();
      clusters.push(offset);
    },
    videoBlock(ticks, isKeyframe) {
      pendingVideoTicks ??= ticks;
      pendingKeyframe ||= isKeyframe;
    },
    cue(cue) {
      cueTargets.push(cue.clusterOffset);
      cueTicks.push(cue.timeTicks);
      videoCues.push(cue.video ? 1 : 0);
    },
    clusterAt: (offset) => indexOf(offset) >= 0,
    facts() {
      settleCluster();
      const covered = new Uint8Array(clusters.length);
      const facts: CueFacts & { clustersWithVideo: number } = {
        count: cueTargets.length,
        videoCount: 0,
        clustersWithoutCue: 0,
        firstClusterWithoutCueOffset: undefined,
        pointingNowhere: 0,
        firstPointingNowhereOffset: undefined,
        wrongTime: 0,
        clustersWithVideo: 0,
      };
      for (let cue = 0; cue < cueTargets.length; cue += 1) {
        const target = indexOf(cueTargets.at(cue));
        const video = videoCues.at(cue) === 1;
        if (video) facts.videoCount += 1;
        if (target < 0) {
          facts.pointingNowhere += 1;
          facts.firstPointingNowhereOffset ??= cueTargets.at(cue);
        } else if (video) {
          covered[target] = 1;
          // A cluster may hold many frames and be cued at any of them, but never before its first.
          if (cueTicks.at(cue) < clusterVideoTicks.at(target)) facts.wrongTime += 1;
          const next = clusterVideoTicks.at(target + 1);
          if (cueTicks.at(cue) >= next && next > clusterVideoTicks.at(target)) facts.wrongTime += 1;
        }
      }
      for (let cluster = 0; cluster < clusters.length; cluster += 1) {
        if (Number.isNaN(clusterVideoTicks.at(cluster))) continue;
        facts.clustersWithVideo += 1;
        // A player can only begin at a keyframe: nobody needs a cue elsewhere.
        if (covered[cluster] || clusterKeyframes.at(cluster) === 0) continue;
        facts.clustersWithoutCue += 1;
        facts.firstClusterWithoutCueOffset ??= clusters.at(cluster);
      }
      return facts;
    },
  };
}
