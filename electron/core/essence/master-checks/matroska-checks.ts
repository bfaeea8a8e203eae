import { counted } from '#shared/i18n/counted.ts';
import { finding, frameDurationMs, type MasterCheck } from '../master-check.ts';

/** Cues, without which the file cannot be scrubbed: one for each cluster with a keyframe, each at a cluster. */
export const matroskaCues: MasterCheck = {
  id: 'matroska-cues',
  judge({ facts }) {
    const { cues, clusters } = facts;
    const ok =
      cues.videoCount > 0 &&
      cues.clustersWithoutCue === 0 &&
      cues.pointingNowhere === 0 &&
      cues.wrongTime === 0;
    const measured = `${cues.videoCount} cues for ${clusters.withVideo} clusters, ${cues.clustersWithoutCue} without that need one, ${cues.pointingNowhere} cues to nowhere, ${cues.wrongTime} with a wrong time`;
    const why =
      cues.count === 0 ? 'The file has no Cues: it cannot be scrubbed.' : 'The Cues do not fit the clusters.';
    return finding(ok, 'a cue for each cluster with a keyframe, each right', measured, why);
  },
};

const mustHaveCrc = ['SeekHead', 'Info', 'Tracks', 'Tags', 'Cues'];

/** CRC-32 in every level-1 element, and all of them right. */
export const matroskaCrc: MasterCheck = {
  id: 'matroska-crc',
  judge({ facts }) {
    const missing = mustHaveCrc.filter((name) => !facts.elements.some((element) => element.name === name));
    const bad = facts.elements.filter((element) => element.crc !== 'right');
    const { crcRight, crcWrong, crcAbsent, crcUnverified, count } = facts.clusters;
    const ok = missing.length === 0 && bad.length === 0 && count > 0 && crcRight === count;
    const measured = [
      `${facts.elements.length - bad.length} elements and ${crcRight} of ${count} clusters right`,
      ...bad.map((element) => `${element.name} ${element.crc}`),
      missing.length > 0 ? `no ${missing.join(', ')}` : '',
      crcWrong ? `${counted(crcWrong, 'cluster')} wrong` : '',
      crcAbsent ? `${counted(crcAbsent, 'cluster')} without` : '',
      crcUnverified ? `${counted(crcUnverified, 'cluster')} cut` : '',
    ];
    const first = facts.damage.find((damage) => damage.kind === 'crc-wrong');
    const without = facts.clusters.firstWithoutCrcOffset;
    const where = first
      ? ` First between bytes ${first.offset} and ${first.endOffset}.`
      : without === undefined
        ? ''
        : ` The first Cluster without begins at byte ${without}.`;
    const why = `Not every part of the file has a CRC-32 that fits.${where}`;
    return finding(
      ok,
      `right in ${mustHaveCrc.join(', ')} and every Cluster`,
      measured.filter(Boolean).join(', '),
      why,
    );
  },
};

/**
 * The Duration ends where the last block ends; after a crash it does not. Frames that are missing in between leave it as it
 * is: the check `timestamps` tells of them.
 */
export const matroskaDuration: MasterCheck = {
  id: 'matroska-duration',
  judge({ facts, expectation }, video) {
    const frameMs = frameDurationMs(expectation);
    const frames = video?.blocks.count ?? 0;
    const lastMs = ((video?.blocks.lastTimestampTicks ?? 0) * facts.info.timestampScaleNs) / 1e6;
    const longestMs = Math.max(
      lastMs + frameMs,
      ...facts.tracks.map((track) => soundEndMs(facts, track) ?? 0),
    );
    const said = facts.info.durationMs;
    // Timestamps are whole ticks: the end of the last frame may be rounded by one.
    const ok =
      said !== undefined &&
      frames > 0 &&
      Math.abs(said - longestMs) <= facts.info.timestampScaleNs / 1e6 + 0.5;
    const measured = said === undefined ? 'absent' : `${said} ms`;
    return finding(
      ok,
      `${longestMs.toFixed(1)} ms, the end of the last block`,
      measured,
      'The Duration of the file is wrong or absent.',
    );
  },
};

type Track = Parameters<MasterCheck['judge']>[1] & object;
type Facts = Parameters<MasterCheck['judge']>[0]['facts'];

/** Time of a track's first block. */
export function startOfTrackMs(facts: Facts, track: Track | undefined): number {
  return ((track?.blocks.firstTimestampTicks ?? 0) * facts.info.timestampScaleNs) / 1e6;
}

/**
 * Where a track of sound ends: by its payload, or for coded sound by the DURATION of its statistics tags
 * (`00:00:02.000000000`), which counts from the start of the file. Undefined where neither tells.
 */
export function soundEndMs(facts: Facts, track: Track): number | undefined {
  if (track.type !== 'audio') return undefined;
  const lengthMs = audioDurationMs(track);
  if (lengthMs !== undefined) return startOfTrackMs(facts, track) + lengthMs;
  const tag = facts.tags.find(
    ({ name, trackUids }) => name === 'DURATION' && trackUids.includes(track.uid ?? '?'),
  );
  const match = /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(tag?.value ?? '');
  return match ? (Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1000 : undefined;
}

/** Length of an uncompressed track by its payload; undefined where only a decoder can tell. */
function audioDurationMs(track: Parameters<typeof isPcm>[0]): number | undefined {
  if (!isPcm(track) || !track.audio?.bitDepth) return undefined;
  const bytesPerSecond = (track.audio.channels * track.audio.bitDepth * track.audio.sampleRateHz) / 8;
  return (track.blocks.payloadBytes / bytesPerSecond) * 1000;
}

function isPcm(track: Parameters<MasterCheck['judge']>[1] & object): boolean {
  return track.codecId.startsWith('A_PCM/INT');
}

/** An id by which other files and catalogues can name the segment. */
export const matroskaUniqueId: MasterCheck = {
  id: 'matroska-unique-id',
  judge({ facts }) {
    const uid = facts.info.uid;
    const ok = uid?.length === 32 && !/^0+$/.test(uid);
    return finding(ok, '16 bytes, not all zero', uid ?? 'absent', 'The file has no unique id.');
  },
};

/** Whole, closed, and nothing in it that Matroska does not know. */
export const matroskaStructure: MasterCheck = {
  id: 'matroska-structure',
  judge({ facts }) {
    const closed = facts.segment?.sizeBytes !== undefined;
    const video = facts.tracks.filter((track) => track.type === 'video');
    const misled = facts.seekHead.filter((entry) => !entry.right);
    const ok =
      facts.damageCount === 0 &&
      facts.truncatedAtByte === undefined &&
      closed &&
      video.length > 0 &&
      facts.docTypeVersion >= 4 &&
      facts.tracks[0]?.type === 'video' &&
      misled.length === 0;
    const problems = [
      facts.truncatedAtByte === undefined ? '' : `cut at byte ${facts.truncatedAtByte}`,
      closed ? '' : 'never closed',
      facts.damageCount > 0 ? counted(facts.damageCount, 'damaged place') : '',
      video.length > 0 ? '' : 'no video track',
      facts.docTypeVersion >= 4 ? '' : `Matroska version ${facts.docTypeVersion}`,
      video.length > 0 && facts.tracks[0]?.type !== 'video' ? 'video is not the first track' : '',
      ...misled.map((entry) => `SeekHead is wrong about ${entry.name}`),
    ].filter(Boolean);
    const [damage] = facts.damage;
    const where = damage ? ` Bytes ${damage.offset} to ${damage.endOffset}: ${damage.what}` : '';
    const measured = problems.length > 0 ? problems.join(', ') : 'whole';
    return finding(
      ok,
      'whole, closed, Matroska 4, video first',
      measured,
      `The structure of the file is damaged or unfinished.${where}`,
    );
  },
};
