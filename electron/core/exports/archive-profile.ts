import type { Checkpoint } from '#core/log/checkpoint.ts';
import type { ArchiveProfile } from '#shared/domain/profiles.ts';
import type { Dossier } from './dossier.ts';

/** One file of a package: copied from disk, or written from text. Paths are inside the payload, with `/`. */
export type PayloadEntry =
  | {
      path: string;
      from: string;
      /** Digests taken when the file was made: a copy that does not have them is refused. */
      expected: { md5: string; sha512: string; sizeBytes: number };
    }
  | { path: string; text: string };

/** Something that stands against a package, or that an archive should know. */
export interface PackageProblem {
  rule: string;
  level: 'error' | 'warning';
  /** The tape's identifier. */
  tape: string;
  message: string;
  /** Where to mend it, in words. */
  where: string;
}

/** What a profile is told besides the dossier. */
export interface PackageContext {
  settings: ArchiveProfile;
  batchName: string;
  createdAt: string;
  software: { name: string; version: string }[];
  /** A signed head of the log, taken for this package. */
  checkpoint: Checkpoint;
  publicKeyPem: string;
  /** The package's id in the log. */
  packageId: string;
  /** Signs a text with the station's key: what the package states of its selection of events. */
  sign: (text: string) => string;
}

/**
 * One kind of package. Adding one = a file in profiles/, a line in profiles/registry.ts, a row in
 * profiles/conformance.test.ts, and its settings in resources/profiles/archive/.
 */
export interface PackageProfile {
  id: string;
  /** Problems that can be seen before anything is written. */
  check(dossier: Dossier, settings: ArchiveProfile): PackageProblem[];
  /** What the package holds and says of itself. */
  plan(
    dossier: Dossier,
    context: PackageContext,
  ): { payload: PayloadEntry[]; bagInfo: [label: string, value: string][] };
}
