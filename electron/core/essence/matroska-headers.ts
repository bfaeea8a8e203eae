import { readFloat, readText, readUnsigned, readUnsignedText } from './ebml-values.ts';
import type { ElementDefinition } from './matroska-elements.ts';
import type { AttachmentFacts, AudioFacts, TagFacts, TrackFacts, VideoFacts } from './matroska-facts.ts';

/** The values of one master while it is read: the last value of each name, and lists for those that repeat. */
export interface ValueBag {
  set(definition: ElementDefinition, data: Uint8Array): void;
  number(name: string): number | undefined;
  text(name: string): string | undefined;
  /** A 64-bit unsigned integer as exact decimal text. */
  idText(name: string): string | undefined;
  bytes(name: string): Uint8Array | undefined;
  allIdTexts(name: string): string[];
}

/** Collects the leaves of a master by their field names. */
export function createValueBag(): ValueBag {
  const values = new Map<string, { kind: ElementDefinition['kind']; data: Uint8Array[] }>();
  const last = (name: string) => values.get(name)?.data.at(-1);
  return {
    set(definition, data) {
      const entry = values.get(definition.name) ?? { kind: definition.kind, data: [] };
      entry.data.push(data);
      values.set(definition.name, entry);
    },
    number(name) {
      const data = last(name);
      if (!data) return undefined;
      return values.get(name)?.kind === 'float' ? readFloat(data) : readUnsigned(data);
    },
    text(name) {
      const data = last(name);
      return data && readText(data);
    },
    idText(name) {
      const data = last(name);
      return data && readUnsignedText(data);
    },
    bytes: last,
    allIdTexts: (name) => (values.get(name)?.data ?? []).map(readUnsignedText),
  };
}

const trackTypes: Record<number, TrackFacts['type']> = { 1: 'video', 2: 'audio', 17: 'subtitle' };

/** A TrackEntry, without its blocks. Defaults are those of RFC 9559, 5.1.4. */
export function trackFrom(bag: ValueBag, parts: TrackParts): Omit<TrackFacts, 'blocks'> {
  return {
    number: bag.number('TrackNumber') ?? 0,
    uid: bag.idText('TrackUID'),
    type: trackTypes[bag.number('TrackType') ?? 0] ?? 'other',
    codecId: bag.text('CodecID') ?? '',
    codecPrivate: bag.bytes('CodecPrivate'),
    defaultDurationNs: bag.number('DefaultDuration'),
    name: bag.text('Name'),
    language: bag.text('LanguageBCP47') ?? bag.text('Language'),
    video: parts.video && videoFrom(parts.video, parts.colour),
    audio: parts.audio && audioFrom(parts.audio),
  };
}

export interface TrackParts {
  video?: ValueBag;
  colour?: ValueBag;
  audio?: ValueBag;
}

function videoFrom(bag: ValueBag, colour: ValueBag | undefined): VideoFacts {
  return {
    pixelWidth: bag.number('PixelWidth') ?? 0,
    pixelHeight: bag.number('PixelHeight') ?? 0,
    displayWidth: bag.number('DisplayWidth'),
    displayHeight: bag.number('DisplayHeight'),
    displayUnit: bag.number('DisplayUnit') ?? 0,
    flagInterlaced: bag.number('FlagInterlaced') ?? 0,
    fieldOrder: bag.number('FieldOrder'),
    colour: {
      matrix: colour?.number('MatrixCoefficients'),
      range: colour?.number('Range'),
      transfer: colour?.number('TransferCharacteristics'),
      primaries: colour?.number('Primaries'),
    },
  };
}

function audioFrom(bag: ValueBag): AudioFacts {
  return {
    sampleRateHz: bag.number('SamplingFrequency') ?? 8000,
    channels: bag.number('Channels') ?? 1,
    bitDepth: bag.number('BitDepth'),
  };
}

/** A SimpleTag with the targets of its Tag. */
export function tagFrom(simpleTag: ValueBag, targets: ValueBag | undefined): TagFacts {
  return {
    name: simpleTag.text('TagName') ?? '',
    value: simpleTag.text('TagString'),
    language: simpleTag.text('TagLanguageBCP47') ?? simpleTag.text('TagLanguage'),
    trackUids: targets?.allIdTexts('TagTrackUID').filter((uid) => uid !== '0') ?? [],
    targetTypeValue: targets?.number('TargetTypeValue'),
  };
}

/** An AttachedFile; `data` is the place of its FileData. */
export function attachmentFrom(bag: ValueBag, data: { sizeBytes: number; offset: number }): AttachmentFacts {
  return { name: bag.text('FileName') ?? '', mediaType: bag.text('FileMediaType'), ...data };
}

/** DateUTC: nanoseconds since 2001-01-01T00:00:00Z, as ISO 8601 text. */
export function dateFrom(data: Uint8Array): string | undefined {
  if (data.length !== 8) return undefined;
  const nanoseconds = Buffer.from(data).readBigInt64BE(0);
  const date = new Date(Date.UTC(2001, 0, 1) + Number(nanoseconds / 1_000_000n));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
