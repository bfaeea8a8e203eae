import type { Alignment } from '#shared/domain/alignment.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { equalRational } from '#shared/domain/rational.ts';
import { alignApart } from './alignment/align-apart.ts';
import type { ComparePorts } from './compare-ports.ts';
import { soundOffsetMs } from './sound-offset.ts';

/** Alignments that are kept: a screen asks for the same pair again and again. */
const keptAlignments = 16;

/**
 * Aligns passes of one tape from what was measured of them. What was found is kept as long as their samples are the same.
 * @throws HelicalError NOT_FOUND (pass); INVALID_INPUT for the same pass twice, other tapes, and other rates; WRONG_STATE where one was
 * not measured.
 */
export function createPassAligner(
  ports: ComparePorts,
): (passIdA: string, passIdB: string) => Promise<Alignment> {
  const kept = new Map<string, Promise<Alignment>>();

  async function align(a: Pass, b: Pass, samples: readonly [string, string]): Promise<Alignment> {
    const { stretches, confidence } = await alignApart({ a: samples[0], b: samples[1] });
    const [pathA, pathB] = [a, b].map(({ id }) => {
      const master = ports.file(id, 'master');
      return master && ports.pathOf(master);
    });
    const { frameRate } = a.video;
    const { ffmpegPath } = ports;
    // Masters that lie on another disk today leave the sound unheard, not the pictures unaligned.
    const offsetMs =
      pathA === undefined || pathB === undefined || a.audio === null || b.audio === null
        ? null
        : await soundOffsetMs({ ffmpegPath, pathA, pathB, frameRate, stretches });
    return { stretches, confidence, soundOffsetMs: offsetMs };
  }

  return async (passIdA, passIdB) => {
    const [a, b] = [requirePass(ports, passIdA), requirePass(ports, passIdB)];
    requireComparable(a, b);
    const files = [requireSamples(ports, a), requireSamples(ports, b)] as const;
    const key = files.map(({ file }) => file.id).join(' ');
    const found = kept.get(key) ?? align(a, b, [files[0].path, files[1].path]);
    kept.delete(key);
    kept.set(key, found);
    const [oldest] = kept.keys();
    if (kept.size > keptAlignments && oldest !== undefined) kept.delete(oldest);
    // What failed is tried anew when it is asked for again.
    found.catch(() => kept.delete(key));
    return found;
  };
}

/** @throws HelicalError NOT_FOUND. */
export function requirePass(ports: Pick<ComparePorts, 'pass'>, passId: string): Pass {
  const pass = ports.pass(passId);
  if (pass) return pass;
  throw new HelicalError('NOT_FOUND', {
    problem: `There is no pass ${passId}.`,
    remedy: 'Look it up with: helical passes list.',
  });
}

/** @throws HelicalError INVALID_INPUT where no frame of the one is one of the other. */
export function requireComparable(a: Pass, b: Pass): void {
  if (a.id === b.id) {
    throw new HelicalError('INVALID_INPUT', {
      problem: 'A pass cannot be compared with itself.',
      remedy: 'Choose another pass of the tape.',
    });
  }
  if (a.tapeId !== b.tapeId) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `These are passes of two tapes, ${a.tapeIdentifier} and ${b.tapeIdentifier}: what both have would be said to be on the tape.`,
      safe: 'Nothing was compared.',
      remedy: 'Compare passes of one tape, or the masters as files: helical compare A.mkv B.mkv.',
    });
  }
  if (equalRational(a.video.frameRate, b.video.frameRate)) return;
  throw new HelicalError('INVALID_INPUT', {
    problem:
      'These passes have different numbers of frames a second: no frame of the one is a frame of the other.',
    remedy: 'Compare passes that were recorded in the same standard.',
  });
}

function requireSamples(ports: ComparePorts, pass: Pass): { file: PassFile; path: string } {
  const file = ports.file(pass.id, 'samples');
  const path = file && ports.pathOf(file);
  if (file && path !== undefined) return { file, path };
  throw new HelicalError('WRONG_STATE', {
    problem: `Pass ${pass.passNumber} of ${pass.tapeIdentifier} was not measured, or its samples are not on this computer.`,
    safe: 'Nothing was changed.',
    remedy:
      pass.state === 'sealed'
        ? `Bring its derived files back, or compare the masters as files: helical compare A.mkv B.mkv.`
        : 'Let its follower come to the end, and compare then.',
  });
}
