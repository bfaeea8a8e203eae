import { createHash } from 'node:crypto';
import type { Dossier } from './dossier.ts';

/**
 * A name for each package of a batch. Names are ASCII, since archives stumble over two ways to write the same accent; the
 * identifier itself is kept inside. Tapes whose names come out equal (on disks that tell no capitals either) all get
 * the beginning of the SHA-256 of their identifier, so that no order decides.
 */
export function packageNames(dossiers: readonly Dossier[]): Map<Dossier, string> {
  const plain = dossiers.map((dossier) => ({ dossier, name: nameOf(dossier) }));
  return new Map(
    plain.map(({ dossier, name }) => {
      const same = plain.filter((other) => other.name.toLowerCase() === name.toLowerCase());
      if (same.length === 1) return [dossier, name];
      const mark = createHash('sha256').update(dossier.tape.identifier).digest('hex').slice(0, 8);
      return [dossier, `${name}_${mark}`];
    }),
  );
}

/** A name that any disk and any archive takes. */
export function asciiName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._]+/, '') || 'unnamed';
}

function nameOf({ tape, pass }: Dossier): string {
  return `${asciiName(tape.identifier)}_p${pass.passNumber}`;
}
