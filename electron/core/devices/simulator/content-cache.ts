import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loopFrames, renderContent } from './picture.ts';
import type { Segment } from './recipe.ts';
import type { Tape } from './tape.ts';
import { v210SizeBytes } from './v210.ts';

/** Raise this when the drawing changes: older files are then left alone and drawn anew. */
const drawingVersion = 2;

/** The picture of a frame of one kind of content, as v210 bytes that must not be changed. */
export type ContentFrames = Map<Segment['content'], Uint8Array[]>;

/**
 * Everything the tape shows, drawn ahead: read from `cacheDir` where it was drawn before, else drawn and kept there.
 * Files are written under another name and then renamed, so that two players never read half a file.
 */
export function loadContent(tape: Tape, cacheDir: string): ContentFrames {
  mkdirSync(cacheDir, { recursive: true });
  const contents = new Set(tape.recipe.segments.map((segment) => segment.content));
  return new Map([...contents].map((content) => [content, loadOne(content, tape, cacheDir)]));
}

function loadOne(content: Segment['content'], tape: Tape, cacheDir: string): Uint8Array[] {
  const { width, height, standard, recipe } = tape;
  // Only what changes the drawing is part of the key: noise depends on the seed, in black too.
  const key = { drawingVersion, content, standard: standard.name, width, height };
  const seeded = content === 'noise' || content === 'black' ? { ...key, seed: recipe.seed } : key;
  const digest = createHash('sha256').update(JSON.stringify(seeded)).digest('hex').slice(0, 16);
  const path = join(cacheDir, `${content}-${width}x${height}-${digest}.v210`);
  const frameBytes = v210SizeBytes(width, height);
  const frames = loopFrames(content, standard);

  let bytes: Uint8Array | undefined = existsSync(path) ? readFileSync(path) : undefined;
  if (bytes?.byteLength !== frameBytes * frames) {
    bytes = Buffer.concat([...renderContent(content, standard, { width, height }, recipe.seed)]);
    const temporary = `${path}.${randomBytes(4).toString('hex')}`;
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  }
  const whole = bytes;
  return Array.from({ length: frames }, (_, index) =>
    whole.subarray(index * frameBytes, (index + 1) * frameBytes),
  );
}
