import { canonicalJson } from '#core/log/chain.ts';
import { chainRowOf } from '#core/log/log-rows.ts';
import { countEvents } from '#shared/domain/qc.ts';
import type { PackageProblem, PackageProfile, PayloadEntry } from '../archive-profile.ts';
import type { Dossier } from '../dossier.ts';
import { selectionTags } from '../log-selection.ts';
import { placeInPackage } from '../package-places.ts';
import { premisDocument } from '../premis.ts';

/**
 * Helical's own package: a BagIt 1.0 bag that can be verified, and understood, from its files alone. The crashed original
 * of a recovered master goes along: nobody should have to trust that the recovery kept everything.
 */
export const preservationBag: PackageProfile = {
  id: 'preservation-bag',

  check(dossier, settings) {
    const problems: PackageProblem[] = [];
    const add = (rule: string, level: PackageProblem['level'], message: string, where: string) =>
      problems.push({ rule, level, tape: dossier.tape.identifier, message, where });
    const roles = new Set(dossier.files.map((file) => file.role));
    for (const role of ['master', 'frame-hashes', 'seal', 'access'] as const) {
      if (!roles.has(role))
        add(
          `${role}-missing`,
          'error',
          `The pass has no ${role.replace('-', ' ')}.`,
          'Capture: let the pass be followed to its seal',
        );
    }
    if (!dossier.qc) add('qc-missing', 'warning', 'The pass was never measured.', 'Review: measure the pass');
    const failures = countEvents(dossier.qc?.events ?? []).fail;
    if (failures > 0)
      add(
        'qc-fail',
        'warning',
        `The measures found ${failures} faults of severity fail.`,
        'Review: look at the events; mark what the artist meant',
      );
    if (dossier.pass.droppedFrames > 0)
      add(
        'frames-dropped',
        'warning',
        `${dossier.pass.droppedFrames} frames were dropped by the card.`,
        'Capture: play the tape again',
      );
    if (dossier.pass.lostFrames > 0)
      add(
        'frames-lost',
        'warning',
        `${dossier.pass.lostFrames} frames were lost when the recorder died.`,
        'Capture: play the tape again',
      );
    if (!settings.sourceOrganization)
      add(
        'organisation-missing',
        'warning',
        'The package will not say which organisation it comes from (Source-Organization).',
        'sourceOrganization in resources/profiles/archive/preservation-bag.json of this installation',
      );
    if (!dossier.tape.title)
      add('title-missing', 'warning', 'The tape has no title.', 'Tapes: describe the tape');
    if (!dossier.tape.artist)
      add('artist-missing', 'warning', 'The tape has no artist.', 'Tapes: describe the tape');
    return problems;
  },

  plan(dossier, context) {
    const { tape, pass, files, qc, events } = dossier;
    const payload: PayloadEntry[] = [
      ...files.map((file) => ({
        path: placeInPackage(file),
        from: file.path,
        expected: { md5: file.md5, sha512: file.sha512, sizeBytes: file.sizeBytes },
      })),
      {
        path: 'provenance/premis.xml',
        text: premisDocument(dossier, context, (file) => `data/${placeInPackage(file)}`),
      },
      // Rows exactly as they are chained: whoever has them can compute each hash again.
      {
        path: 'provenance/log.jsonl',
        text: events.map((event) => `${canonicalJson(chainRowOf(event))}\n`).join(''),
      },
      { path: 'provenance/log-checkpoint.json', text: json(context.checkpoint) },
      { path: 'provenance/station-key.pem', text: context.publicKeyPem },
      {
        path: 'provenance/tape.json',
        text: json({
          tape,
          pass: withoutPaths(pass),
          package: { id: context.packageId, profile: 'preservation-bag' },
        }),
      },
      { path: 'quality-control/events.json', text: json(qc ?? { measured: false }) },
    ];
    const bagInfo: [string, string][] = [
      ['Source-Organization', context.settings.sourceOrganization],
      ['Contact-Email', context.settings.contactEmail],
      ['External-Identifier', tape.identifier],
      ['External-Description', [tape.title, tape.artist].filter(Boolean).join(', ')],
      ['Internal-Sender-Identifier', pass.id],
      ['Bag-Group-Identifier', context.batchName],
      ['Bagging-Date', context.createdAt.slice(0, 10)],
      ['Bag-Software-Agent', context.software.map(({ name, version }) => `${name} ${version}`).join(', ')],
      ['Log-Seq', String(context.checkpoint.seq)],
      ['Log-Head', context.checkpoint.hash],
      ['Log-Key', context.checkpoint.keyId],
      ...selectionTags(events, pass.id, context),
    ];
    return { payload, bagInfo: bagInfo.filter(([, value]) => value !== '') };
  },
};

/** The pass as others need it: the recorder's own bookkeeping of checks stands in the seal file. */
function withoutPaths(pass: Dossier['pass']): Omit<Dossier['pass'], 'sealChecks'> {
  const { sealChecks: _, ...rest } = pass;
  return rest;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
