import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { countEvents } from '#shared/domain/qc.ts';
import type { Told } from './log-differences.ts';

/** One package of a delivery, as its manifest tells it. */
const entrySchema = z.object({
  identifier: z.string(),
  title: z.string(),
  artist: z.string(),
  format: z.string(),
  standard: z.string(),
  /** Name of the package's folder beside the manifest. */
  package: z.string(),
  packageId: z.string(),
  profile: z.string(),
  sizeBytes: z.int(),
  /** SHA-512 of the bag's manifest-sha512.txt: by it the whole payload. */
  manifestSha512: z.string(),
  frames: z.int(),
  durationS: z.number(),
  droppedFrames: z.int(),
  lostFrames: z.int(),
  /** Why the recording ended: `operator`, `duration`, `recorder-died` ... */
  endReason: z.string(),
  passNumber: z.int(),
  masterSha256: z.string(),
  sealedAt: z.string(),
  qcInfo: z.int(),
  qcWarn: z.int(),
  qcFail: z.int(),
  /** The part of the tape that the package holds, from 1; null for the whole tape. */
  segment: z.int().nullable(),
  /** Whether somebody chose this pass among the tape's; the others are kept at the station. */
  passChosen: z.boolean(),
});

export type DeliveryEntry = z.infer<typeof entrySchema>;

/** `manifest.json` of a delivery: what was handed over, package by package, and what was asked for and is not there. */
export const deliveryManifestSchema = z.object({
  format: z.literal('helical-delivery'),
  version: z.literal(1),
  batch: z.string(),
  batchId: z.string(),
  createdAt: z.string(),
  software: z.array(z.object({ name: z.string(), version: z.string() })),
  packages: z.array(entrySchema),
  /** No unexplained row: every tape of the batch that is not delivered, and why. */
  notDelivered: z.array(z.object({ identifier: z.string(), reason: z.string() })),
});

export type DeliveryManifest = z.infer<typeof deliveryManifestSchema>;

/** What a row is made of, whether the tables tell it or the package itself. */
export interface DeliveredFacts extends Told {
  masterSha256: string;
  qcEvents: readonly { severity: string; intended?: unknown }[];
}

/** What was written, and under which name. */
export type WrittenPackage = Pick<
  DeliveryEntry,
  'package' | 'packageId' | 'profile' | 'sizeBytes' | 'manifestSha512'
>;

/** The manifest's row of a package. */
export function deliveryEntry(
  { tape, pass, masterSha256, qcEvents }: DeliveredFacts,
  written: WrittenPackage,
): DeliveryEntry {
  const counted = countEvents(qcEvents);
  const { num, den } = pass.video.frameRate;
  return {
    identifier: tape.identifier,
    title: tape.title,
    artist: tape.artist,
    format: tape.format,
    standard: tape.standard,
    ...written,
    frames: pass.frames,
    durationS: Math.round((pass.frames * den * 1000) / num) / 1000,
    droppedFrames: pass.droppedFrames,
    lostFrames: pass.lostFrames,
    endReason: pass.endReason ?? '',
    passNumber: pass.passNumber,
    masterSha256,
    sealedAt: pass.sealedAt ?? '',
    qcInfo: counted.info,
    qcWarn: counted.warn,
    qcFail: counted.fail,
    segment: pass.plan?.segment ?? null,
    passChosen: pass.chosen,
  };
}

/** The same rows for a spreadsheet: UTF-8 without byte order mark, comma, CRLF as RFC 4180 has it. */
export function deliveryCsv(manifest: DeliveryManifest): string {
  const columns = Object.keys(entrySchema.shape);
  const rows = [
    ...manifest.packages,
    ...manifest.notDelivered.map(({ identifier, reason }) => ({ identifier, reason })),
  ];
  return stringify(rows, {
    header: true,
    columns: [...columns, 'reason'],
    record_delimiter: 'windows',
    // A cell that begins like a formula would be run by a spreadsheet.
    cast: { string: (value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value) },
  });
}
