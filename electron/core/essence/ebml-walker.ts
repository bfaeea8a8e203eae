import { crc32 } from 'node:zlib';
import { type ElementHead, readElementHead, readUnsigned } from './ebml-values.ts';
import {
  clusterId,
  crc32Id,
  type ElementDefinition,
  ebmlHeaderId,
  elementIn,
  elementName,
  levelOneIds,
  segmentId,
  voidId,
} from './matroska-elements.ts';
import type { CrcState, Damage, DamageKind } from './matroska-facts.ts';

/** A master element that is open, or has just ended. */
export interface OpenMaster {
  id: number;
  name: string;
  offset: number;
  dataOffset: number;
  /** Infinity for the reserved "unknown size". */
  endOffset: number;
  crc: CrcState;
}

/** What the walk meets, in the order of the file. `end` of a master comes with its CRC judged. */
export interface EbmlVisitor {
  open(master: OpenMaster): void;
  /** `data` is what is kept of it: all of a value, the first bytes of a block, nothing of Void or attached files. */
  leaf(definition: ElementDefinition, element: LeafPlace, data: Uint8Array): void;
  close(master: OpenMaster, endOffset: number): void;
  damage(damage: Damage): void;
}

export interface LeafPlace {
  offset: number;
  dataOffset: number;
  dataBytes: number;
}

export interface EbmlWalker {
  write(chunk: Uint8Array): void;
  /** Returns the size of what was written, and where the file ends too early. */
  end(): { sizeBytes: number; truncatedAtByte: number | undefined };
}

interface Frame extends OpenMaster {
  children: number;
  expectedCrc: number | undefined;
  runningCrc: number;
}

interface OpenLeaf extends LeafPlace {
  definition: ElementDefinition;
  kept: Uint8Array[];
  keepBytes: number;
}

const longestHeadBytes = 12;
const lookAheadBytes = 2 * longestHeadBytes;
const keptBytes = { uint: 8, int: 8, float: 8, date: 8, text: 65536, binary: 1 << 20, head: 64 } as const;

/**
 * Walks EBML that is pushed into it in chunks of any size, once, forwards, keeping only the masters that are open.
 * Checks each CRC-32 (RFC 8794, 11.3.1). On bytes that cannot be an element it says so and goes on at the next
 * level-1 element. Never throws for content.
 */
export function createEbmlWalker(visitor: EbmlVisitor): EbmlWalker {
  const stack: Frame[] = [];
  let position = 0;
  let carry: Uint8Array = new Uint8Array(0);
  let leaf: OpenLeaf | undefined;
  let leafEnd = 0;
  let searchingSince: number | undefined;
  let segmentDataOffset: number | undefined;

  function consume(bytes: Uint8Array): void {
    position += bytes.length;
    for (const frame of stack) {
      if (frame.expectedCrc !== undefined) frame.runningCrc = crc32(bytes, frame.runningCrc);
    }
  }

  function closeTop(endOffset: number, early: boolean): void {
    const frame = stack.pop();
    if (!frame) return;
    if (frame.expectedCrc !== undefined) {
      frame.crc = early ? 'unverified' : frame.runningCrc === frame.expectedCrc ? 'right' : 'wrong';
    }
    if (frame.crc === 'wrong') {
      report('crc-wrong', frame.offset, endOffset, `${frame.name}: its CRC-32 does not fit its bytes.`);
    }
    visitor.close(frame, endOffset);
  }

  function closeEnded(): void {
    for (let top = stack.at(-1); top && top.endOffset <= position; top = stack.at(-1))
      closeTop(position, false);
  }

  function report(kind: DamageKind, offset: number, endOffset: number, what: string): void {
    visitor.damage({ kind, offset, endOffset, what });
  }

  /** A level-1 element begins where something else was still open: those end here. */
  function unwindToSegment(): void {
    while (stack.length > 0 && stack.at(-1)?.id !== segmentId) {
      const frame = stack.at(-1);
      const unknownSize = frame?.endOffset === Number.POSITIVE_INFINITY;
      if (frame && !unknownSize) {
        const what = `${frame.name} says it ends at byte ${frame.endOffset}, but the next element begins at ${position}.`;
        report('invalid-element', frame.offset, position, what);
      }
      closeTop(position, !unknownSize);
    }
  }

  function startElement(head: ElementHead): boolean {
    closeEnded();
    const inSegment = stack.some((frame) => frame.id === segmentId);
    if (inSegment && stack.at(-1)?.id !== segmentId && levelOneIds.includes(head.id)) unwindToSegment();
    const parent = stack.at(-1);
    const definition = elementIn(parent?.id ?? 0, head.id);
    if (!definition) return skipUnknown(head, parent);
    const dataOffset = position + head.headBytes;
    const parentEnd = parent?.endOffset ?? Number.POSITIVE_INFINITY;
    const end = head.dataBytes === undefined ? parentEnd : dataOffset + head.dataBytes;
    if (head.dataBytes === undefined && head.id !== segmentId && head.id !== clusterId) {
      report('invalid-element', position, dataOffset, `${definition.name} has no size.`);
      return false;
    }
    if (parent && end > parentEnd) {
      const what = `${definition.name} says it ends at byte ${end}, behind the end of ${parent.name} at ${parentEnd}.`;
      report('exceeds-parent', position, end, what);
      if (parent.id !== segmentId) return false;
      // One of the two sizes is wrong, and the file itself will show which: the Segment is read as if it had none.
      report('exceeds-parent', parent.offset, parent.dataOffset, what);
      parent.endOffset = Number.POSITIVE_INFINITY;
    }
    if (parent) parent.children += 1;
    if (definition.kind === 'master') {
      const frame: Frame = {
        id: head.id,
        name: definition.name,
        offset: position,
        dataOffset,
        endOffset: end,
        crc: 'absent',
        children: 0,
        expectedCrc: undefined,
        runningCrc: 0,
      };
      if (head.id === segmentId) segmentDataOffset = dataOffset;
      stack.push(frame);
      visitor.open(frame);
    } else {
      const keepBytes = definition.kind === 'data' ? 0 : keptBytes[definition.kind];
      leaf = { definition, offset: position, dataOffset, dataBytes: end - dataOffset, kept: [], keepBytes };
      leafEnd = end;
    }
    return true;
  }

  function skipUnknown(head: ElementHead, parent: Frame | undefined): boolean {
    const end = position + head.headBytes + (head.dataBytes ?? 0);
    const fits = head.dataBytes !== undefined && parent !== undefined && end <= parent.endOffset;
    const what = `An element ${elementName(head.id)} that does not belong in ${parent?.name ?? 'the file'}.`;
    report('unknown-element', position, fits ? end : position + head.headBytes, what);
    if (!fits || parent.id === segmentId || parent.id === clusterId) return false;
    const definition: ElementDefinition = { id: head.id, name: 'unknown', kind: 'data', parent: parent.id };
    leaf = {
      definition,
      offset: position,
      dataOffset: position + head.headBytes,
      dataBytes: head.dataBytes ?? 0,
      kept: [],
      keepBytes: 0,
    };
    leafEnd = end;
    return true;
  }

  function endLeaf(): void {
    if (!leaf) return;
    const ended = leaf;
    leaf = undefined;
    const data = ended.kept.length === 1 && ended.kept[0] ? ended.kept[0] : Buffer.concat(ended.kept);
    const parent = stack.at(-1);
    if (ended.definition.id === crc32Id) {
      if (parent?.children === 1 && data.length === 4) {
        parent.expectedCrc = readUnsigned(Uint8Array.from(data).reverse());
      } else {
        report(
          'invalid-element',
          ended.offset,
          leafEnd,
          'A CRC-32 element that is not the first, or not 4 bytes long.',
        );
      }
      return;
    }
    visitor.leaf(ended.definition, ended, data);
  }

  /** Bytes of the open leaf, from `chunk` at `index`; returns how many it took. */
  function feedLeaf(chunk: Uint8Array, index: number, open: OpenLeaf): number {
    const taken = Math.min(chunk.length - index, leafEnd - position);
    const had = position - open.dataOffset;
    const view = chunk.subarray(index, index + taken);
    if (had < open.keepBytes && taken > 0) {
      const limit = Math.min(taken, open.keepBytes - had);
      open.kept.push(Uint8Array.prototype.slice.call(view, 0, limit));
    }
    consume(view);
    if (position === leafEnd) endLeaf();
    return taken;
  }

  function startSearch(): void {
    searchingSince = position;
    // What is open ends here: nothing behind this byte can be trusted to belong to it.
    const outermost = stack.find((frame) => frame.id !== segmentId);
    if (outermost) {
      const what = `${outermost.name} cannot be read to its end: its structure breaks at byte ${position}.`;
      report('invalid-element', outermost.offset, position, what);
    }
    while (stack.length > 0 && stack.at(-1)?.id !== segmentId) closeTop(position, true);
  }

  /** Looks for the next level-1 element in `bytes`; returns how many bytes to pass over. */
  function search(bytes: Uint8Array, last: boolean): number {
    const limit = last ? bytes.length : bytes.length - lookAheadBytes;
    for (let index = 0; index < limit; index += 1) {
      const plausible = (bytes[index] ?? 0) >> 4 === 1 && position + index > (searchingSince ?? 0);
      if (plausible && isLevelOneStart(bytes.subarray(index, index + lookAheadBytes))) {
        endSearch(position + index);
        resumeSegment(position + index);
        return index;
      }
    }
    return Math.max(0, limit);
  }

  function endSearch(endOffset: number): void {
    if (searchingSince === undefined) return;
    report('invalid-element', searchingSince, endOffset, 'Bytes that are no Matroska element.');
    searchingSince = undefined;
  }

  /** Where the head of the Segment itself is damaged, its elements are read all the same. */
  function resumeSegment(offset: number): void {
    if (stack.length > 0) return;
    segmentDataOffset ??= offset;
    const segment: Frame = {
      id: segmentId,
      name: 'Segment',
      offset,
      dataOffset: segmentDataOffset,
      endOffset: Number.POSITIVE_INFINITY,
      crc: 'absent',
      children: 0,
      expectedCrc: undefined,
      runningCrc: 0,
    };
    stack.push(segment);
    visitor.open(segment);
  }

  function write(chunk: Uint8Array): void {
    let index = 0;
    if (carry.length > 0 && searchingSince === undefined && !leaf) {
      // A head was cut by the end of the last chunk: put it together from the carry and a few bytes of this one.
      const joined = Buffer.concat([carry, chunk.subarray(0, lookAheadBytes)]);
      const head = readElementHead(joined);
      if (head === 'more') {
        carry = joined;
        return;
      }
      const carried = carry.length;
      carry = new Uint8Array(0);
      if (head !== 'invalid' && startElement(head)) {
        consume(joined.subarray(0, head.headBytes));
        index = head.headBytes - carried;
        if (leaf && leafEnd === position) endLeaf();
      } else {
        closeEnded();
        startSearch();
        carry = joined.subarray(0, carried);
      }
    }
    while (index < chunk.length || carry.length > 0) {
      if (searchingSince !== undefined) {
        const bytes: Uint8Array =
          carry.length > 0 ? Buffer.concat([carry, chunk.subarray(index)]) : chunk.subarray(index);
        const passed = search(bytes, false);
        consume(bytes.subarray(0, passed));
        if (searchingSince !== undefined) {
          carry = Buffer.from(bytes.subarray(passed));
          return;
        }
        carry = new Uint8Array(0);
        write(bytes.subarray(passed));
        return;
      }
      if (leaf) {
        index += feedLeaf(chunk, index, leaf);
        continue;
      }
      const bytes = chunk.subarray(index, index + longestHeadBytes);
      const head = readElementHead(bytes);
      if (head === 'more') {
        carry = Buffer.from(bytes);
        return;
      }
      if (head !== 'invalid' && startElement(head)) {
        consume(bytes.subarray(0, head.headBytes));
        index += head.headBytes;
        if (leaf && leafEnd === position) endLeaf();
      } else {
        closeEnded();
        startSearch();
      }
    }
    closeEnded();
  }

  function end(): { sizeBytes: number; truncatedAtByte: number | undefined } {
    const sizeBytes = position + carry.length;
    let cut: { name: string; offset: number } | undefined;
    if (searchingSince !== undefined) {
      endSearch(sizeBytes);
    } else if (carry.length > 0) {
      cut = { name: 'An element', offset: position };
    } else if (leaf) {
      cut = { name: leaf.definition.name, offset: leaf.offset };
    }
    const unfinished = stack.filter(
      (frame) => Number.isFinite(frame.endOffset) && frame.endOffset > sizeBytes,
    );
    const levelOne = unfinished.find((frame) => frame.id !== segmentId) ?? unfinished[0];
    const place = levelOne ?? cut;
    while (stack.length > 0) {
      const early = (stack.at(-1)?.endOffset ?? 0) !== Number.POSITIVE_INFINITY;
      closeTop(sizeBytes, early && (stack.at(-1)?.endOffset ?? 0) > sizeBytes);
    }
    if (place)
      report(
        'truncated',
        place.offset,
        sizeBytes,
        `${place.name} is cut: the file ends at byte ${sizeBytes}.`,
      );
    return { sizeBytes, truncatedAtByte: place ? sizeBytes : undefined };
  }

  return { write, end };
}

/** Whether a level-1 element plausibly begins here: its id, a size, and a first child that belongs in it. */
function isLevelOneStart(bytes: Uint8Array): boolean {
  const head = readElementHead(bytes);
  if (typeof head === 'string' || head.id === ebmlHeaderId || !levelOneIds.includes(head.id)) return false;
  const child = readElementHead(bytes.subarray(head.headBytes));
  if (typeof child === 'string') return false;
  return child.id !== voidId && elementIn(head.id, child.id) !== undefined;
}
