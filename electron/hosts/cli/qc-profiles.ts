import type { Command } from 'commander';
import type { readProfiles } from '#core/profiles.ts';
import { findInstallation } from '../installation.ts';
import { action } from './command.ts';

/** Beneath `qc`: what is normal for each kind of tape. Needs no data folder. */
export function addQcProfiles(qc: Command): void {
  qc.command('profiles')
    .description('what is normal for each kind of tape, and where that is known from')
    .argument('[id]', 'one of them, in full')
    .action(
      action(async ({ output }, id: string | undefined) => {
        const { readProfiles } = await import('#core/profiles.ts');
        const all = readProfiles(findInstallation().resourcesDir).qc;
        const shown = id === undefined ? all : all.filter((profile) => profile.id === id);
        if (shown.length === 0) {
          output.note(`There is no QC profile ${id}. Choose one of: ${all.map((one) => one.id).join(', ')}.`);
          return 2;
        }
        output.result(shown, () => shown.flatMap((profile) => inWords(profile, id !== undefined)).join('\n'));
        return 0;
      }),
    );
}

type Profile = ReturnType<typeof readProfiles>['qc'][number];

function inWords({ id, name, formats, description, normal, checks }: Profile, inFull: boolean): string[] {
  const chosen =
    formats === undefined
      ? 'where nothing else is known'
      : formats.length === 0
        ? 'by hand only'
        : `for ${formats.join(', ')}`;
  const head = `${id}: ${name} (${chosen})`;
  if (!inFull) return [head];
  return [
    head,
    description,
    ...(normal ?? []).map(({ what, source }) => `  ${what} [${source}]`),
    ...Object.entries(checks).flatMap(([check, { enabled, severityAtMost, because, limits }]) => [
      ...(because
        ? [
            `  ${check}: ${enabled ? `${severityAtMost} at most` : 'off'}. ${because.what} [${because.source}]`,
          ]
        : []),
      ...Object.entries(limits).map(
        ([limit, { value, unit, source }]) => `  ${check}, ${limit}: ${value} ${unit} [${source}]`,
      ),
    ]),
  ];
}
