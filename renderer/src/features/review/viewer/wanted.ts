import { accessFrameOf, accessFramesPerFrame, masterFrameOf } from '#shared/domain/access-frames.ts';
import { frameOfB } from '#shared/domain/alignment.ts';
import type { PictureRole } from '#shared/domain/picture-planes.ts';
import type { ReferenceBars } from '#shared/domain/reference-bars.ts';
import type { ComparedPass, Comparison } from '../comparison.ts';

/** One picture: a frame of a pass's file, or a reference. */
export type PictureAddress =
  | { kind: 'frame'; pass: ComparedPass; role: PictureRole; frame: number }
  | { kind: 'bars'; pattern: ReferenceBars; width: number; height: number };

/** The pictures that belong to a place of the cursor. B: null where it is nothing, `missing` where it has no picture for this place. */
export interface WantedPair {
  cursorFrame: number;
  a: PictureAddress;
  b: PictureAddress | null | 'missing';
}

type Compared = Pick<Comparison, 'subject' | 'b' | 'shiftFrames' | 'aligning' | 'field'>;

/** Which pictures stand for a frame of the reviewed pass; undefined while none is open. */
export function wantedPair(compared: Compared, cursorFrame: number): WantedPair | undefined {
  const { subject } = compared;
  if (!subject || subject.frames === 0) return undefined;
  const a = { kind: 'frame', pass: subject, role: 'master', frame: cursorFrame } as const;
  return { cursorFrame, a, b: addressOfB(compared, subject, cursorFrame) };
}

function addressOfB(
  { b, shiftFrames, aligning, field }: Compared,
  subject: ComparedPass,
  cursorFrame: number,
): PictureAddress | null | 'missing' {
  switch (b.kind) {
    case 'none':
      return null;
    case 'bars': {
      const { width, height } = subject.video;
      return { kind: 'bars', pattern: b.pattern, width, height };
    }
    case 'held':
      return { kind: 'frame', pass: b.pass, role: b.role, frame: b.frame };
    case 'access': {
      const shifted = cursorFrame + shiftFrames;
      if (shifted < 0 || shifted >= subject.frames) return 'missing';
      // Each field has a frame of its own in the copy.
      const frame = accessFrameOf(subject.video, shifted, field === 'B' ? 1 : 0);
      return { kind: 'frame', pass: subject, role: 'access', frame };
    }
    case 'pass': {
      const aligned = aligning.state === 'found' ? frameOfB(aligning.alignment, cursorFrame) : cursorFrame;
      if (aligned === undefined) return 'missing';
      const frame = aligned + shiftFrames;
      if (frame < 0 || frame >= b.pass.frames) return 'missing';
      return { kind: 'frame', pass: b.pass, role: 'master', frame };
    }
  }
}

/** One name for each picture; a copy that was made anew has others than the one before it. A master is written once. */
export function keyOf(address: PictureAddress): string {
  if (address.kind === 'bars') return `bars/${address.pattern}/${address.width}x${address.height}`;
  const { pass, role, frame } = address;
  return `${pass.id}/${role === 'access' ? `${pass.accessFileId}/` : ''}${role}/${frame}`;
}

/** Whether what is drawn is what is wanted; a side that failed is not waited for. */
export function isPairShown(
  wanted: WantedPair,
  shown: {
    a: { address: PictureAddress };
    b: { address: PictureAddress } | null | 'missing' | 'failed';
  } | null,
): boolean {
  if (shown === null || keyOf(wanted.a) !== keyOf(shown.a.address)) return false;
  if (shown.b === 'failed') return true;
  const [b, other] = [wanted.b, shown.b];
  if (b === null || b === 'missing' || other === null || other === 'missing') return b === other;
  return keyOf(b) === keyOf(other.address);
}

/** The frame that people are told for a picture: of a copy, that of the master it was made from. */
export function toldFrameOf({ pass, role, frame }: PictureAddress & { kind: 'frame' }): number {
  return role === 'access' ? masterFrameOf(pass.video, frame).frame : frame;
}

/**
 * The lines that alone are drawn of a picture where one field is looked at. An access copy of interlaced material has a whole frame for each
 * field, progressive pictures have no fields, and bars none that differ.
 */
export function parityOf(address: PictureAddress, field: Comparison['field']): 0 | 1 | undefined {
  if (field === 'frame' || address.kind === 'bars') return undefined;
  const { video } = address.pass;
  if (video.fieldOrder === 'progressive') return undefined;
  if (address.role === 'access' && accessFramesPerFrame(video) === 2) return undefined;
  const firstIsTop = video.fieldOrder === 'tff';
  return (field === 'A') === firstIsTop ? 0 : 1;
}
