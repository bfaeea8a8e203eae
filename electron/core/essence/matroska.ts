import { HelicalError } from '#shared/domain/errors.ts';
import { readFloat, readText, readUnsigned } from './ebml-values.ts';
import { createEbmlWalker, type LeafPlace, type OpenMaster } from './ebml-walker.ts';
import { type BlockCounter, createBlockCounter, isReordered, readBlockHead } from './matroska-blocks.ts';
import { createCueLedger } from './matroska-cues.ts';
import {
  clusterId,
  type ElementDefinition,
  elementName,
  levelOneIds,
  segmentId,
} from './matroska-elements.ts';
import {
  type Damage,
  emptyFacts,
  type MatroskaFacts,
  type SeekEntry,
  type TrackFacts,
} from './matroska-facts.ts';
import {
  attachmentFrom,
  createValueBag,
  dateFrom,
  tagFrom,
  trackFrom,
  type ValueBag,
} from './matroska-headers.ts';

/** Takes a Matroska file in chunks of any size, in order, and says what is in it. */
export interface MatroskaScanner {
  /** Throws HelicalError FILE_UNREADABLE when the first bytes are no EBML header; never for damage behind it. */
  write(chunk: Uint8Array): void;
  /** Throws HelicalError FILE_UNREADABLE for an empty file. */
  end(): MatroskaFacts;
}

const magic = [0x1a, 0x45, 0xdf, 0xa3];
const listedDamage = 1000;

/**
 * Reads Matroska (RFC 9559) in one pass; memory does not grow with the file but for 40 bytes per cluster and cue.
 * Payload is counted and its CRC-32 checked, not kept. Damage is a fact, not an error: what, and at which bytes.
 */
export function createMatroskaScanner(): MatroskaScanner {
  const facts: MatroskaFacts = emptyFacts();
  const bags = new Map<OpenMaster, ValueBag>();
  const open: OpenMaster[] = [];
  const counters = new Map<number, BlockCounter>();
  const cues = createCueLedger();
  const levelOneAt = new Map<number, number>();
  const parts = new Map<string, ValueBag>();
  let checkedMagic = 0;
  let clusterTicks = 0;
  let videoTrackNumber: number | undefined;
  let attachedData = { sizeBytes: 0, offset: 0 };
  let block: { offset: number; head: Uint8Array; dataBytes: number } | undefined;

  function damage(found: Damage): void {
    facts.damageCount += 1;
    if (facts.damage.length < listedDamage) facts.damage.push(found);
  }

  function addBlock(
    place: { offset: number; head: Uint8Array; dataBytes: number },
    keyframe?: boolean,
  ): void {
    const head = readBlockHead(place.head);
    const counter = head && counters.get(head.trackNumber);
    if (!head || !counter) {
      const what = head
        ? `A block of track ${head.trackNumber}, which the file does not have.`
        : 'A block without a head.';
      damage({
        kind: 'block-invalid',
        offset: place.offset,
        endOffset: place.offset + place.dataBytes,
        what,
      });
      return;
    }
    const ticks = clusterTicks + head.relativeTicks;
    const isKeyframe = keyframe ?? head.keyframeFlag;
    if (head.trackNumber === videoTrackNumber) cues.videoBlock(ticks, isKeyframe);
    counter.add({
      ticks,
      keyframe: isKeyframe,
      payloadBytes: place.dataBytes - head.headBytes,
      frames: head.frames,
      offset: place.offset,
    });
  }

  function addTrack(bag: ValueBag): void {
    const video = parts.get('Video');
    const colour = parts.get('Colour');
    const audio = parts.get('Audio');
    const track = trackFrom(bag, {
      ...(video && { video }),
      ...(colour && { colour }),
      ...(audio && { audio }),
    });
    const frameTicks = track.defaultDurationNs && track.defaultDurationNs / facts.info.timestampScaleNs;
    const counter = createBlockCounter(
      track.type === 'video' ? frameTicks : undefined,
      isReordered(track.codecId),
    );
    counters.set(track.number, counter);
    if (track.type === 'video') videoTrackNumber ??= track.number;
    facts.tracks.push({ ...track, blocks: counter.facts() } satisfies TrackFacts);
  }

  function closeMaster(master: OpenMaster, endOffset: number): void {
    const bag = bags.get(master) ?? createValueBag();
    bags.delete(master);
    open.pop();
    if (levelOneIds.includes(master.id) && master.id !== clusterId) {
      const sizeBytes = endOffset - master.offset;
      facts.elements.push({ name: master.name, offset: master.offset, sizeBytes, crc: master.crc });
    }
    if (master.name === 'Cluster') {
      const key = (
        { right: 'crcRight', wrong: 'crcWrong', absent: 'crcAbsent', unverified: 'crcUnverified' } as const
      )[master.crc];
      facts.clusters[key] += 1;
      if (master.crc === 'absent') facts.clusters.firstWithoutCrcOffset ??= master.offset;
    } else if (master.name === 'BlockGroup' && block) {
      addBlock(block, bag.bytes('ReferenceBlock') === undefined);
      block = undefined;
    } else if (master.name === 'TrackEntry') {
      addTrack(bag);
    } else if (master.name === 'CueTrackPositions') {
      const cuePoint = bags.get(open.at(-1) as OpenMaster);
      cues.cue({
        clusterOffset: (facts.segment?.dataOffset ?? 0) + (bag.number('CueClusterPosition') ?? 0),
        timeTicks: cuePoint?.number('CueTime') ?? 0,
        video: bag.number('CueTrack') === videoTrackNumber,
      });
    } else if (master.name === 'SimpleTag') {
      facts.tags.push(tagFrom(bag, parts.get('Targets')));
    } else if (master.name === 'AttachedFile') {
      facts.attachments.push(attachmentFrom(bag, attachedData));
    } else if (master.name === 'Seek') {
      const id = readUnsigned(bag.bytes('SeekID') ?? new Uint8Array(0));
      const offset = (facts.segment?.dataOffset ?? 0) + (bag.number('SeekPosition') ?? 0);
      facts.seekHead.push({ id, name: elementName(id), offset, right: false });
    } else if (master.name === 'EBML') {
      facts.docType = bag.text('DocType') ?? '';
      facts.docTypeVersion = bag.number('DocTypeVersion') ?? 1;
      if (facts.docType !== 'matroska' && facts.docType !== 'webm') {
        const what = `The document type is "${facts.docType}", not "matroska".`;
        damage({ kind: 'document-type', offset: master.offset, endOffset, what });
      }
    } else {
      parts.set(master.name, bag);
    }
  }

  function openMaster(master: OpenMaster): void {
    open.push(master);
    bags.set(master, createValueBag());
    if (levelOneIds.includes(master.id)) levelOneAt.set(master.offset, master.id);
    if (master.id === segmentId) {
      if (!facts.segment) {
        const known = Number.isFinite(master.endOffset);
        const sizeBytes = known ? master.endOffset - master.dataOffset : undefined;
        facts.segment = { offset: master.offset, dataOffset: master.dataOffset, sizeBytes };
      }
    } else if (master.id === clusterId) {
      levelOneAt.delete(master.offset);
      facts.clusters.count += 1;
      facts.clusters.firstOffset ??= master.offset;
      facts.clusters.lastOffset = master.offset;
      clusterTicks = 0;
      cues.cluster(master.offset);
    } else if (master.name === 'TrackEntry') {
      for (const name of ['Video', 'Colour', 'Audio']) parts.delete(name);
    } else if (master.name === 'Tag') {
      parts.delete('Targets');
    }
  }

  function leaf(definition: ElementDefinition, place: LeafPlace, data: Uint8Array): void {
    if (definition.name === 'SimpleBlock') {
      addBlock({ offset: place.offset, head: data, dataBytes: place.dataBytes });
    } else if (definition.name === 'Block') {
      block = { offset: place.offset, head: data, dataBytes: place.dataBytes };
    } else if (definition.name === 'Timestamp') {
      clusterTicks = readUnsigned(data);
    } else if (definition.name === 'Void') {
      facts.voidBytes += place.dataBytes;
    } else if (definition.name === 'FileData') {
      attachedData = { sizeBytes: place.dataBytes, offset: place.dataOffset };
    } else if (open.at(-1)?.name === 'Info') {
      readInfo(facts, definition.name, data);
    } else {
      bags.get(open.at(-1) as OpenMaster)?.set(definition, data);
    }
  }

  const walker = createEbmlWalker({ open: openMaster, close: closeMaster, leaf, damage });

  function checkMagic(chunk: Uint8Array): void {
    for (let index = 0; checkedMagic < magic.length && index < chunk.length; index += 1, checkedMagic += 1) {
      if (chunk[index] !== magic[checkedMagic]) throw notMatroska('It does not begin with an EBML header.');
    }
  }

  return {
    write(chunk) {
      checkMagic(chunk);
      walker.write(chunk);
    },
    end() {
      const { sizeBytes, truncatedAtByte } = walker.end();
      if (sizeBytes === 0) throw notMatroska('It is empty.');
      facts.sizeBytes = sizeBytes;
      facts.truncatedAtByte = truncatedAtByte;
      for (const counter of counters.values()) counter.end();
      const { clustersWithVideo, ...cueFacts } = cues.facts();
      facts.cues = cueFacts;
      facts.clusters.withVideo = clustersWithVideo;
      const { durationTicks, timestampScaleNs } = facts.info;
      facts.info.durationMs =
        durationTicks === undefined ? undefined : (durationTicks * timestampScaleNs) / 1e6;
      for (const entry of facts.seekHead) entry.right = pointsRight(entry);
      return facts;
    },
  };

  function pointsRight(entry: SeekEntry): boolean {
    return (
      levelOneAt.get(entry.offset) === entry.id || (entry.id === clusterId && cues.clusterAt(entry.offset))
    );
  }
}

function readInfo(facts: MatroskaFacts, name: string, data: Uint8Array): void {
  if (name === 'TimestampScale') facts.info.timestampScaleNs = readUnsigned(data) || 1_000_000;
  else if (name === 'Duration') facts.info.durationTicks = readFloat(data);
  else if (name === 'SegmentUUID') facts.info.uid = Buffer.from(data).toString('hex');
  else if (name === 'Title') facts.info.title = readText(data);
  else if (name === 'MuxingApp') facts.info.muxingApp = readText(data);
  else if (name === 'WritingApp') facts.info.writingApp = readText(data);
  else if (name === 'DateUTC') facts.info.dateUtc = dateFrom(data);
}

function notMatroska(why: string): HelicalError {
  return new HelicalError('FILE_UNREADABLE', {
    problem: `This is not a Matroska file. ${why}`,
    safe: 'The file was only read.',
    remedy: 'Choose a Matroska file (.mkv).',
  });
}
