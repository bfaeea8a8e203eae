import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Batch } from '#core/stores/batches.ts';
import type { HelicalLog } from '#core/stores/record.ts';
import type { Stores } from '#core/stores/stores.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { BatchId, PackageId, PassId, TapeId } from '#shared/domain/ids.ts';
import type { PassFile } from '#shared/domain/pass.ts';
import type { ArchiveProfile } from '#shared/domain/profiles.ts';
import type { PackageProblem, PackageProfile } from './archive-profile.ts';
import { verifyBag } from './bag-verifier.ts';
import { writeBag } from './bag-writer.ts';
import { commonProblems } from './common-problems.ts';
import {
  type DeliveryEntry,
  type DeliveryManifest,
  deliveryCsv,
  deliveryEntry,
} from './delivery-manifest.ts';
import { diskError } from './disk-errors.ts';
import { collectDossiers, type Dossier } from './dossier.ts';
import { asciiName, packageNames } from './package-names.ts';
import { packageProfiles } from './profiles/registry.ts';
import { type VerifiedItem, type VerifyMaster, verifyPath } from './verify-path.ts';
import { verifyProvenance } from './verify-provenance.ts';

export interface ExportsOptions {
  settings: readonly ArchiveProfile[];
  stores: Stores;
  log: HelicalLog;
  /** Absolute path of a pass's file on this computer. */
  pathOf: (file: PassFile) => string;
  verifyMaster: VerifyMaster;
  /** Where batches are delivered when no folder is named. */
  deliveriesDir: string;
  software: { name: string; version: string }[];
  newId: () => string;
  now: () => Date;
  /** Shows long work on the screens. */
  beginWork(work: {
    id: string;
    kind: 'export' | 'verify';
    label: string;
    total: number | null;
    unit: 'bytes';
  }): {
    progress(done: number): void;
    end(): void;
  };
}

/** The exports room as the rest of the engine sees it. */
export interface Exports {
  profiles(): { id: string; name: string; description: string }[];
  /** Every problem of a batch, before anything is written. */
  check(batchId: string, profileId: string | undefined): Promise<PackageProblem[]>;
  /**
   * Writes a package for every tape of the batch (for every segment, where it is held in several) that has no error against it, reads each back, and writes the
   * delivery's manifests. A package that fails is one of `notDelivered` and of `problems`; the others go on. `to` is made where it does not exist; a package that is there already is left alone (FILE_EXISTS).
   */
  export(
    batchId: string,
    profileId: string | undefined,
    to: string | undefined,
    actorId: string,
  ): Promise<{
    path: string;
    packages: { path: string; bytes: number; ok: boolean }[];
    problems: PackageProblem[];
  }>;
  verifyPaths(paths: readonly string[]): Promise<{ ok: boolean; items: VerifiedItem[] }>;
  /** Reads back a package that this station wrote, and records what was found. */
  verifyPackage(packageId: string, actorId: string): Promise<{ ok: boolean; items: VerifiedItem[] }>;
}

export function createExports(options: ExportsOptions): Exports {
  const { stores, log } = options;

  function requireBatch(batchId: string): Batch {
    const batch = stores.batches.find(batchId);
    if (batch) return batch;
    throw new HelicalError('NOT_FOUND', {
      problem: `There is no batch ${batchId}.`,
      remedy: 'List them with helical batch list.',
    });
  }

  /** One for each package: a tape that is held in segments has several. */
  function dossiers(batch: Batch): { dossier: Dossier | undefined; identifier: string }[] {
    return batch.tapes.flatMap(({ id, identifier }) => {
      const found: (Dossier | undefined)[] = collectDossiers(options, id);
      return (found.length === 0 ? [undefined] : found).map((dossier) => ({ identifier, dossier }));
    });
  }

  async function check(batchId: string, profileId: string | undefined): Promise<PackageProblem[]> {
    const chosen = profileOf(options.settings, profileId);
    const problems: PackageProblem[] = [];
    for (const { dossier, identifier } of dossiers(requireBatch(batchId)))
      problems.push(...(await problemsOf(chosen, dossier, identifier)));
    return problems;
  }

  async function verifyPaths(paths: readonly string[]): Promise<{ ok: boolean; items: VerifiedItem[] }> {
    const items: VerifiedItem[] = [];
    for (const path of paths) {
      const work = options.beginWork({
        id: options.newId(),
        kind: 'verify',
        label: path,
        total: null,
        unit: 'bytes',
      });
      try {
        items.push(
          ...(await verifyPath(path, { verifyMaster: options.verifyMaster, onBytes: work.progress })),
        );
      } finally {
        work.end();
      }
    }
    return { ok: items.every((item) => item.ok), items };
  }

  function recordVerification(
    ids: { packageId: string; batchId: string; tapeId: string },
    ok: boolean,
    problems: readonly { message: string }[],
    actorId: string,
  ): void {
    log.append([
      {
        type: 'package.verified',
        actorId,
        payload: {
          packageId: ids.packageId as PackageId,
          batchId: ids.batchId as BatchId,
          tapeId: ids.tapeId as TapeId,
          ok,
          problems: problems.map(({ message }) => message),
        },
      },
    ]);
  }

  async function writePackage(
    batch: Batch,
    dossier: Dossier,
    path: string,
    profileId: string | undefined,
    actorId: string,
  ) {
    const { profile, settings } = profileOf(options.settings, profileId);
    const name = basename(path);
    const packageId = options.newId();
    const checkpoint = log.checkpoint(`package of ${dossier.tape.identifier}`);
    const { payload, bagInfo } = profile.plan(dossier, {
      settings,
      batchName: batch.name,
      createdAt: options.now().toISOString(),
      software: options.software,
      checkpoint,
      publicKeyPem: log.publicKeyPem,
      packageId,
      sign: log.sign,
    });
    const total = payload.reduce(
      (sum, entry) => sum + ('from' in entry ? entry.expected.sizeBytes : entry.text.length),
      0,
    );
    // Twice the bytes: once written, once read back.
    const work = options.beginWork({
      id: packageId,
      kind: 'export',
      label: name,
      total: 2 * total,
      unit: 'bytes',
    });
    try {
      const written = await writeBag(path, payload, bagInfo, { onBytes: work.progress });
      const { id: batchId } = batch;
      const { tape, pass } = dossier;
      log.append([
        {
          type: 'package.written',
          actorId,
          payload: {
            packageId: packageId as PackageId,
            batchId: batchId as BatchId,
            tapeId: tape.id as TapeId,
            passId: pass.id as PassId,
            profileId: profile.id,
            name,
            ...written,
          },
        },
      ]);
      stores.batches.rememberPlace(packageId, path);
      const problems = [
        ...(await verifyBag(path, { onBytes: (bytes) => work.progress(total + bytes) })),
        ...(await verifyProvenance(path)),
      ];
      recordVerification({ packageId, batchId, tapeId: tape.id }, problems.length === 0, problems, actorId);
      const masterSha256 = dossier.files.find((file) => file.role === 'master')?.sha256 ?? '';
      const qcEvents = dossier.qc?.events ?? [];
      const entry = deliveryEntry(
        { tape, pass, masterSha256, qcEvents },
        { package: name, packageId, profile: profile.id, ...written },
      );
      return { entry, path, bytes: written.sizeBytes, ok: problems.length === 0, problems };
    } finally {
      work.end();
    }
  }

  return {
    profiles: () => options.settings.map(({ id, name, description }) => ({ id, name, description })),
    check,
    verifyPaths,

    async export(batchId, profileId, to, actorId) {
      const batch = requireBatch(batchId);
      const chosen = profileOf(options.settings, profileId);
      const folder =
        to ?? join(options.deliveriesDir, `${asciiName(batch.name)}_${dayAndTime(options.now())}`);
      await prepareFolder(folder);
      const problems: PackageProblem[] = [];
      const packages: { path: string; bytes: number; ok: boolean }[] = [];
      const entries: DeliveryEntry[] = [];
      const notDelivered: DeliveryManifest['notDelivered'] = [];
      let bug: Error | undefined;
      const tapes = dossiers(batch);
      const names = packageNames(tapes.flatMap(({ dossier }) => dossier ?? []));
      for (const { dossier, identifier } of tapes) {
        const found = await problemsOf(chosen, dossier, identifier);
        problems.push(...found);
        const errors = found.filter((problem) => problem.level === 'error');
        if (!dossier || errors.length > 0) {
          notDelivered.push({ identifier, reason: errors.map(({ message }) => message).join(' ') });
          continue;
        }
        const written = await writePackage(
          batch,
          dossier,
          join(folder, names.get(dossier) as string),
          profileId,
          actorId,
        ).catch((error: Error) => error);
        if (written instanceof Error) {
          const { message } = written;
          notDelivered.push({ identifier, reason: message });
          problems.push({ rule: 'package-failed', level: 'error', tape: identifier, message, where: folder });
          // A bug is still a bug, but not before the manifests tell what was delivered.
          if (!(written instanceof HelicalError)) bug ??= written;
          continue;
        }
        entries.push(written.entry);
        packages.push({ path: written.path, bytes: written.bytes, ok: written.ok });
        problems.push(
          ...written.problems.map(
            ({ rule, message, path }): PackageProblem => ({
              rule,
              level: 'error',
              tape: identifier,
              message,
              where: path,
            }),
          ),
        );
      }
      const manifest: DeliveryManifest = {
        format: 'helical-delivery',
        version: 1,
        batch: batch.name,
        batchId: batch.id,
        createdAt: options.now().toISOString(),
        software: options.software,
        packages: entries,
        notDelivered,
      };
      await writeManifest(folder, 'manifest.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
      await writeManifest(folder, 'manifest.csv', deliveryCsv(manifest));
      if (bug) throw bug;
      return { path: folder, packages, problems };
    },

    async verifyPackage(packageId, actorId) {
      const found = stores.batches.findPackage(packageId);
      const path = stores.batches.placeOf(packageId);
      if (!found || !path) {
        throw new HelicalError('NOT_FOUND', {
          problem: 'This station does not know where that package is.',
          remedy: 'Verify it by its path: helical verify PATH.',
        });
      }
      const result = await verifyPaths([path]);
      const problems = result.items.flatMap((item) => item.problems);
      recordVerification(
        { packageId, batchId: found.batchId, tapeId: found.tapeId },
        result.ok,
        problems,
        actorId,
      );
      return result;
    },
  };
}

function profileOf(
  settings: readonly ArchiveProfile[],
  profileId: string | undefined,
): { profile: PackageProfile; settings: ArchiveProfile } {
  const id = profileId ?? packageProfiles[0].id;
  const profile = packageProfiles.find((one) => one.id === id);
  const found = settings.find((one) => one.id === id);
  if (profile && found) return { profile, settings: found };
  throw new HelicalError('NOT_FOUND', {
    problem: `There is no archive profile ${id}.`,
    remedy: `Choose one of: ${settings.map((one) => one.id).join(', ')}.`,
  });
}

/** Everything that stands against a tape's package, whatever the profile, then what the profile asks for. */
async function problemsOf(
  { profile, settings }: ReturnType<typeof profileOf>,
  dossier: Dossier | undefined,
  identifier: string,
): Promise<PackageProblem[]> {
  if (!dossier) return [notSealed(identifier)];
  return [...(await commonProblems(dossier)), ...profile.check(dossier, settings)];
}

function notSealed(identifier: string): PackageProblem {
  return {
    rule: 'not-sealed',
    level: 'error',
    tape: identifier,
    message: 'The tape has no sealed pass: nothing proves that its file holds what came off the deck.',
    where: 'Capture: record the tape and let it be sealed',
  };
}

function dayAndTime(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** A delivery begins in an empty or absent folder: what lies there already belongs to somebody. */
async function prepareFolder(folder: string): Promise<void> {
  const names = await mkdir(folder, { recursive: true })
    .then(() => readdir(folder))
    .catch((error: unknown) => {
      throw diskError(error, folder);
    });
  if (names.length === 0) return;
  throw new HelicalError('FILE_EXISTS', {
    problem: `${folder} is not empty.`,
    safe: 'Nothing in it was touched.',
    remedy: 'Name a new folder for this delivery.',
  });
}

async function writeManifest(folder: string, name: string, text: string): Promise<void> {
  const part = join(folder, `.${name}.part`);
  try {
    await writeFile(part, text, { flush: true });
    await rename(part, join(folder, name));
  } catch (error) {
    throw diskError(error, folder);
  }
}
