/** A stretch of the file that is not as it should be. Offsets are bytes from the start of the file, end exclusive. */
export interface Damage {
  kind: DamageKind;
  offset: number;
  endOffset: number;
  what: string;
}

export type DamageKind =
  | 'crc-wrong'
  | 'invalid-element'
  | 'unknown-element'
  | 'exceeds-parent'
  | 'truncated'
  | 'trailing-bytes'
  | 'document-type'
  | 'block-invalid';

export type CrcState = 'right' | 'wrong' | 'absent' | 'unverified';

/** A level-1 element other than a Cluster. */
export interface LevelOneElement {
  name: string;
  offset: number;
  sizeBytes: number;
  crc: CrcState;
}

export interface VideoFacts {
  pixelWidth: number;
  pixelHeight: number;
  displayWidth: number | undefined;
  displayHeight: number | undefined;
  /** 0 pixels (default), 1 cm, 2 inch, 3 display aspect ratio, 4 unknown. */
  displayUnit: number;
  /** 0 undetermined, 1 interlaced, 2 progressive. */
  flagInterlaced: number;
  /** 0 progressive, 1 TFF, 2 undetermined, 6 BFF, 9 TFF interleaved, 14 BFF interleaved. */
  fieldOrder: number | undefined;
  colour: ColourFacts;
}

/** Code points of ITU-T H.273, as Matroska stores them; undefined where the tag is absent. */
export interface ColourFacts {
  matrix: number | undefined;
  /** 1 limited ("broadcast"), 2 full. */
  range: number | undefined;
  transfer: number | undefined;
  primaries: number | undefined;
}

export interface AudioFacts {
  sampleRateHz: number;
  channels: number;
  bitDepth: number | undefined;
}

export interface TrackFacts {
  number: number;
  uid: string | undefined;
  type: 'video' | 'audio' | 'subtitle' | 'other';
  codecId: string;
  codecPrivate: Uint8Array | undefined;
  defaultDurationNs: number | undefined;
  name: string | undefined;
  language: string | undefined;
  video: VideoFacts | undefined;
  audio: AudioFacts | undefined;
  blocks: BlockFacts;
}

/** What the blocks of one track said. Timestamps are in ticks of `timestampScaleNs`. */
export interface BlockFacts {
  count: number;
  keyframes: number;
  /** Pictures behind the first keyframe that are shown before it: where a stream was cut, nothing can decode them. */
  leading: number;
  payloadBytes: number;
  firstTimestampTicks: number | undefined;
  lastTimestampTicks: number | undefined;
  /** Steps between neighbouring blocks that are not one frame: at most 1000 are listed, all are counted. */
  irregularSteps: IrregularStep[];
  irregularStepCount: number;
}

export interface IrregularStep {
  /** 0-based index of the block before the step. */
  afterBlock: number;
  stepTicks: number;
  /** Byte at which the block behind the step begins. */
  offset: number;
}

export interface TagFacts {
  name: string;
  value: string | undefined;
  language: string | undefined;
  /** Tracks the tag is about (TrackUID); empty: the whole file. */
  trackUids: string[];
  targetTypeValue: number | undefined;
}

export interface AttachmentFacts {
  name: string;
  mediaType: string | undefined;
  sizeBytes: number;
  offset: number;
}

export interface ClusterFacts {
  count: number;
  firstOffset: number | undefined;
  lastOffset: number | undefined;
  crcRight: number;
  crcWrong: number;
  crcAbsent: number;
  crcUnverified: number;
  firstWithoutCrcOffset: number | undefined;
  /** Clusters that hold a block of the video track. */
  withVideo: number;
}

/** Cues held against the clusters that are in the file. */
export interface CueFacts {
  count: number;
  /** Cues of the video track. */
  videoCount: number;
  /** Clusters with video to which no cue points, and the offset of the first. */
  clustersWithoutCue: number;
  firstClusterWithoutCueOffset: number | undefined;
  /** Cues that point at a byte where no cluster begins, and where the first of them points. */
  pointingNowhere: number;
  firstPointingNowhereOffset: number | undefined;
  /** Cues whose CueTime is not the timestamp of a video block in that cluster's span. */
  wrongTime: number;
}

export interface SeekEntry {
  id: number;
  name: string;
  /** Byte in the file at which it says the element begins. */
  offset: number;
  /** Whether such an element begins there. */
  right: boolean;
}

export interface MatroskaFacts {
  sizeBytes: number;
  docType: string;
  docTypeVersion: number;
  segment: { offset: number; dataOffset: number; sizeBytes: number | undefined } | undefined;
  info: {
    timestampScaleNs: number;
    durationTicks: number | undefined;
    durationMs: number | undefined;
    uid: string | undefined;
    title: string | undefined;
    muxingApp: string | undefined;
    writingApp: string | undefined;
    dateUtc: string | undefined;
  };
  elements: LevelOneElement[];
  seekHead: SeekEntry[];
  tracks: TrackFacts[];
  tags: TagFacts[];
  attachments: AttachmentFacts[];
  clusters: ClusterFacts;
  cues: CueFacts;
  voidBytes: number;
  /** At most 1000 are listed; `damageCount` counts all. */
  damage: Damage[];
  damageCount: number;
  /** Where the file ends although an element that it holds says it goes on. */
  truncatedAtByte: number | undefined;
}

/** The first video track, which is what the master checks judge. */
export function videoTrackOf(facts: MatroskaFacts): TrackFacts | undefined {
  return facts.tracks.find((track) => track.type === 'video');
}

/** Facts before a byte was read. */
export function emptyFacts(): MatroskaFacts {
  return {
    sizeBytes: 0,
    docType: '',
    docTypeVersion: 0,
    segment: undefined,
    info: {
      timestampScaleNs: 1_000_000,
      durationTicks: undefined,
      durationMs: undefined,
      uid: undefined,
      title: undefined,
      muxingApp: undefined,
      writingApp: undefined,
      dateUtc: undefined,
    },
    elements: [],
    seekHead: [],
    tracks: [],
    tags: [],
    attachments: [],
    clusters: {
      count: 0,
      firstOffset: undefined,
      lastOffset: undefined,
      crcRight: 0,
      crcWrong: 0,
      crcAbsent: 0,
      crcUnverified: 0,
      firstWithoutCrcOffset: undefined,
      withVideo: 0,
    },
    cues: {
      count: 0,
      videoCount: 0,
      clustersWithoutCue: 0,
      firstClusterWithoutCueOffset: undefined,
      pointingNowhere: 0,
      firstPointingNowhereOffset: undefined,
      wrongTime: 0,
    },
    voidBytes: 0,
    damage: [],
    damageCount: 0,
    truncatedAtByte: undefined,
  };
}
