import { createRangeDecoder, freshStates, type RangeDecoder } from './range-coder.ts';

/** What the FFV1 configuration record says (RFC 9043, 4.2 and 4.3). */
export interface Ffv1Facts {
  /** 2 to 4 from the record; undefined where there is none, which means below version 3. */
  version: number | undefined;
  microVersion: number | undefined;
  /** True without a usable record: FFV1 versions 0 and 1 have none. */
  belowVersion3: boolean;
  /** 0 Golomb-Rice, 1 range coder with the default table, 2 with a table of its own. */
  coderType: number | undefined;
  /** 0 YCbCr, 1 RGB. */
  colourSpace: number | undefined;
  bitsPerSample: number | undefined;
  chroma: { planes: boolean; log2Horizontal: number; log2Vertical: number; alpha: boolean } | undefined;
  slices: { horizontal: number; vertical: number; count: number } | undefined;
  /** CRC in each slice ("ec"). */
  sliceCrc: boolean | undefined;
  intraOnly: boolean | undefined;
  /** CRC of the record itself; undefined where it has none. */
  recordCrcRight: boolean | undefined;
  /** Why the record could not be read to its end. */
  problem: string | undefined;
}

const bitmapInfoHeaderBytes = 40;

/**
 * Reads the FFV1 facts of a Matroska track. Undefined when the track is not FFV1.
 * Takes both forms: CodecID `V_FFV1`, and `V_MS/VFW/FOURCC`, where a BITMAPINFOHEADER stands before the record.
 */
export function readFfv1Track(codecId: string, codecPrivate: Uint8Array | undefined): Ffv1Facts | undefined {
  const data = codecPrivate ?? new Uint8Array(0);
  if (codecId === 'V_FFV1') return readFfv1Record(data);
  if (codecId !== 'V_MS/VFW/FOURCC') return undefined;
  const fourcc = String.fromCharCode(...data.subarray(16, 20));
  return fourcc === 'FFV1' ? readFfv1Record(data.subarray(bitmapInfoHeaderBytes)) : undefined;
}

/** Reads a configuration record (without container framing). Never throws: `problem` says what is wrong. */
export function readFfv1Record(record: Uint8Array): Ffv1Facts {
  const facts: Ffv1Facts = {
    version: undefined,
    microVersion: undefined,
    belowVersion3: true,
    coderType: undefined,
    colourSpace: undefined,
    bitsPerSample: undefined,
    chroma: undefined,
    slices: undefined,
    sliceCrc: undefined,
    intraOnly: undefined,
    recordCrcRight: undefined,
    problem: undefined,
  };
  if (record.length === 0) return facts;
  if (record.length < 4) return { ...facts, problem: 'The configuration record is too short.' };
  facts.recordCrcRight = ffv1Crc(record) === 0;
  const decoder = createRangeDecoder(record);
  facts.problem = readParameters(decoder, facts);
  if (!facts.problem && decoder.overreadBytes > 2) facts.problem = 'The configuration record is too short.';
  return facts;
}

function readParameters(decoder: RangeDecoder, facts: Ffv1Facts): string | undefined {
  const states = freshStates();
  const unsigned = (): number => decoder.symbol(states, false) ?? Number.NaN;
  const version = unsigned();
  if (!(version >= 2 && version <= 4)) return `FFV1 version ${version} is not known.`;
  facts.version = version;
  facts.belowVersion3 = version < 3;
  if (version > 2) facts.microVersion = unsigned();
  facts.coderType = unsigned();
  if (facts.coderType > 2) return `Coder type ${facts.coderType} is not known.`;
  if (facts.coderType === 2) for (let index = 1; index < 256; index += 1) decoder.symbol(states, true);
  facts.colourSpace = unsigned();
  // 0 stands for 8 bits in streams of old encoders (RFC 9043, 4.2.7).
  facts.bitsPerSample = unsigned() || 8;
  facts.chroma = {
    planes: decoder.bit(states, 0),
    log2Horizontal: unsigned(),
    log2Vertical: unsigned(),
    alpha: decoder.bit(states, 0),
  };
  const horizontal = unsigned() + 1;
  const vertical = unsigned() + 1;
  const tableSets = unsigned();
  if (!(horizontal * vertical <= 1 << 20) || !(tableSets <= 8))
    return 'The slice or table counts make no sense.';
  facts.slices = { horizontal, vertical, count: horizontal * vertical };
  const contextCounts: number[] = [];
  for (let set = 0; set < tableSets; set += 1) {
    const count = readQuantizationTableSet(decoder);
    if (count === undefined) return 'A quantization table makes no sense.';
    contextCounts.push(count);
  }
  for (const count of contextCounts) {
    if (decoder.bit(states, 0)) skipInitialStates(decoder, count);
  }
  if (version > 2) {
    facts.sliceCrc = unsigned() > 0;
    facts.intraOnly = (facts.microVersion ?? 0) > 2 ? unsigned() > 0 : undefined;
  }
  return undefined;
}

/** RFC 9043, 4.9: five tables of run lengths; returns the number of contexts they make. */
function readQuantizationTableSet(decoder: RangeDecoder): number | undefined {
  let scale = 1;
  for (let table = 0; table < 5; table += 1) {
    const states = freshStates();
    let runs = 0;
    for (let filled = 0; filled < 128; runs += 1) {
      const length = decoder.symbol(states, false);
      if (length === undefined || filled + length + 1 > 128) return undefined;
      filled += length + 1;
    }
    scale *= 2 * runs - 1;
    if (scale > 32768) return undefined;
  }
  return (scale + 1) >> 1;
}

function skipInitialStates(decoder: RangeDecoder, contexts: number): void {
  const states = Array.from({ length: 32 }, () => freshStates());
  for (let context = 0; context < contexts; context += 1) {
    for (const state of states) decoder.symbol(state, true);
  }
}

/** CRC of RFC 9043, 4.3.2: polynomial 0x04C11DB7, most significant bit first, from 0; 0 over data with its CRC. */
export function ffv1Crc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return crc;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc & 0x80000000 ? 0x04c11db7 : 0);
  return crc >>> 0;
});
