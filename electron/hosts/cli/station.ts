import { type Command, InvalidArgumentError, Option } from 'commander';
import { selfTestGivenUp } from '#shared/domain/station-test.ts';
import { counted } from '#shared/i18n/counted.ts';
import type { HelicalClient } from '../attach.ts';
import { absoluteSource } from './capture.ts';
import { action } from './command.ts';
import { positiveNumber } from './numbers.ts';
import { operatorStop } from './operator-stop.ts';
import { table } from './output.ts';
import { showingWork } from './show-work.ts';

interface TestOptions {
  source: string;
  profile?: string;
  chain: string;
  seconds: number;
  barsOnly: boolean;
  toneLevel?: number;
}

type PersonRole = Awaited<ReturnType<HelicalClient['station']['people']>>[number]['role'];
type TestResult = Awaited<ReturnType<HelicalClient['station']['selfTest']>>;

export function addStation(program: Command): void {
  const station = program
    .command('station')
    .description('the self-test of the station, its certificates, and who works here');
  station
    .command('test')
    .description('record bars and tone through the whole chain, measure what comes back, write a certificate')
    .requiredOption('--source <source>', 'where the test signal comes from, as simulator:station-test-pal')
    .option('--profile <id>', 'how the master is written')
    .option('--chain <name>', 'what the signal passes through, named as for captures', '')
    .option('--seconds <number>', 'length of the test', positiveNumber, 60)
    .option('--tone-level <dBFS>', 'peak of the tone that is played; -18, in NTSC -20, if not said', toneDbfs)
    .option('--bars-only', 'the generator has no clapper and nothing that moves', false)
    .action(
      action(async ({ output, onNewEngine }, options: TestOptions) => {
        const { profile, chain, seconds, barsOnly, toneLevel } = options;
        const request = {
          source: absoluteSource(options.source),
          chainName: chain,
          seconds,
          barsOnly,
          profileId: profile,
          toneDbfs: toneLevel,
        };
        const leaving = new AbortController();
        using _stop = operatorStop(output, async () => leaving.abort());
        const result = await onNewEngine((client) =>
          showingWork(client, output, () =>
            client.station.selfTest(request, { signal: leaving.signal }).catch((error: unknown) => {
              // Over a wire the call ends at once; the engine ends the recording by itself.
              throw leaving.signal.aborted ? selfTestGivenUp() : error;
            }),
          ),
        );
        output.result(result, () => wordResult(result));
        return result.ok ? 0 : 1;
      }),
    );
  station
    .command('people')
    .description('who works here; verdicts are signed by them')
    .action(
      action(async ({ output, onEngine }) => {
        const people = await onEngine((client) => client.station.people());
        output.result(people, () =>
          table(
            ['name', 'role', 'id'],
            people.map(({ name, role, id }) => [name || '(name erased)', role, id]),
          ),
        );
        return 0;
      }),
    );
  station
    .command('add-person')
    .description('add somebody by name; `serve --as NAME` then makes a link that they sign in by')
    .argument('<name>')
    .addOption(new Option('--role <role>').choices(['reviewer', 'technician', 'manager']).default('reviewer'))
    .action(
      action(async ({ output, onNewEngine }, name: string, { role }: { role: PersonRole }) => {
        const added = await onNewEngine((client) => client.station.addPerson({ name, role }));
        output.result(added, () => `Added: ${added.name}, ${added.role}.`);
        return 0;
      }),
    );
  station
    .command('certificates')
    .description('all self-tests, newest first, with what drifted since the one before')
    .action(
      action(async ({ output, onEngine }) => {
        const certificates = await onEngine((client) => client.station.certificates());
        output.result(certificates, () =>
          table(
            ['tested', 'result', 'source', 'chain', 'profile', 'drift', 'id'],
            certificates.map(({ certificate, ok, drift, inForce, outdated }) => [
              certificate.testedAt,
              [
                ok ? 'good' : 'NOT good',
                ...(inForce ? ['in force'] : []),
                ...(outdated ? ['outdated'] : []),
              ].join(', '),
              certificate.sourceId,
              certificate.chainName,
              certificate.profileId,
              drift
                .filter(({ alarming }) => alarming)
                .map(({ id }) => id)
                .join(' ') || '-',
              certificate.id,
            ]),
          ),
        );
        return 0;
      }),
    );
}

/** Reads a level against full scale for commander: `-18`. */
function toneDbfs(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= -60 && value <= 0) return value;
  throw new InvalidArgumentError('It must be a level from -60 to 0.');
}

/** The figures with their limits, what is wrong, what drifted. */
function wordResult({ ok, certificate, drift }: TestResult): string {
  const { figures, checks, frames, droppedFrames, testedAt, id } = certificate;
  const limits = ({ least, most }: (typeof figures)[number]) =>
    least === undefined && most === undefined ? '' : `${least ?? ''} ... ${most ?? ''}`;
  const drifted = drift.filter(({ alarming }) => alarming);
  return [
    `${ok ? 'Good' : 'NOT good'}: ${counted(frames, 'frame')}, ${droppedFrames} dropped; certificate ${id} of ${testedAt}.`,
    table(
      ['figure', 'value', 'unit', 'limits'],
      figures.map((figure) => [figure.id, String(figure.value), figure.unit, limits(figure)]),
    ),
    ...checks
      .filter((check) => !check.ok || check.measured === 'not measured')
      .map((check) => `${check.ok ? 'note' : 'FAIL'}  ${check.id}: ${check.measured}. ${check.message}`),
    ...drifted.map(
      ({ id: figure, before, now, unit }) => `drift ${figure}: ${before} ${unit}, now ${now} ${unit}`,
    ),
  ].join('\n');
}
