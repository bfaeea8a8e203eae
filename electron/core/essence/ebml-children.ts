import { readElementHead, readUnsigned } from './ebml-values.ts';

/** An element that lies whole in memory. */
export interface WholeElement {
  id: number;
  data: Buffer;
  /** Head and data. */
  whole: Buffer;
}

/** Whole elements, one after another, up to the first that is none or is cut. */
export function* childrenOf(bytes: Buffer): Generator<WholeElement> {
  for (let at = 0; at < bytes.length; ) {
    const head = readElementHead(bytes.subarray(at));
    if (typeof head === 'string' || head.dataBytes === undefined) return;
    const end = at + head.headBytes + head.dataBytes;
    if (end > bytes.length) return;
    yield { id: head.id, data: bytes.subarray(at + head.headBytes, end), whole: bytes.subarray(at, end) };
    at = end;
  }
}

/** Data of the first whole child with this id. */
export function childIn(bytes: Buffer, id: number): Buffer | undefined {
  for (const child of childrenOf(bytes)) if (child.id === id) return child.data;
  return undefined;
}

/** The same as an unsigned number. */
export function numberIn(bytes: Buffer, id: number): number | undefined {
  const data = childIn(bytes, id);
  return data && readUnsigned(data);
}
