import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { StartCondition } from '#shared/domain/capture-plan.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { isGoodEnd } from '#shared/domain/good-end.ts';
import { counted } from '#shared/i18n/counted.ts';
import { certificateRemark } from './certificate-remark.ts';
import { action } from './command.ts';
import { type Stops, startCondition, startWords, stopCondition, stopWords } from './conditions.ts';
import { passIdOf } from './ids.ts';
import { positiveNumber, wholeNumber } from './numbers.ts';
import { recordPass } from './record-pass.ts';

interface Options {
  tape: string;
  source: string;
  profile?: string;
  duration?: number;
  chain: string;
  startOn?: StartCondition;
  startWait?: number;
  stopOn?: Stops;
  retakeOf?: string;
  segment?: number;
  anyway?: boolean;
}

export function addCapture(program: Command): void {
  program
    .command('capture')
    .description('record one pass of a registered tape and follow it to the seal')
    .requiredOption('--tape <tape>', 'identifier or id of a registered tape')
    .requiredOption('--source <source>', 'a device id, file:PATH, simulator, or simulator:RECIPE.json')
    .option('--profile <id>', 'how the master is written')
    .option('--duration <seconds>', 'stop by itself after so long', positiveNumber)
    .option('--chain <name>', 'what the signal passes through: deck, time base corrector, converter', '')
    .option('--start-on <condition>', `where the programme counts from: ${startWords}`, startCondition)
    .option('--start-wait <seconds>', 'end where it does not begin in so long', positiveNumber)
    .option(
      '--stop-on <condition>',
      `end by itself at ${stopWords} (pictures are judged for 10 s at least: not for works with snow, silent black or one colour); may be said again`,
      stopCondition,
    )
    .option('--retake-of <pass>', 'the pass of this tape that this one is to do better than')
    .option('--segment <number>', 'the part of the tape that this pass holds', wholeNumber('segment', 1))
    .option('--anyway', 'insist on it where captures that run would be in danger; the log says so')
    .action(
      action(async ({ output, onNewEngine }, options: Options) => {
        const source = absoluteSource(options.source);
        const start = startOf(options);
        const retakeOf = options.retakeOf === undefined ? undefined : passIdOf(options.retakeOf);
        const recorded = await onNewEngine(async (client) => {
          // An unknown tape is refused before the machine is measured.
          await client.tapes.show({ tape: options.tape });
          if (!source.startsWith('file:')) {
            const { message } = await client.capture.budget({
              source,
              profileId: options.profile,
              durationS: options.duration,
            });
            output.note(message);
            const remark = certificateRemark(await client.station.certificates(), source, options.chain);
            if (remark !== undefined) output.note(remark);
          }
          return recordPass(
            client,
            {
              tape: options.tape,
              source,
              profileId: options.profile,
              chainName: options.chain,
              durationS: options.duration,
              start,
              stop: options.stopOn,
              retakeOf,
              segment: options.segment,
              anyway: options.anyway,
            },
            output,
          );
        });
        const { sealed, frames, dropped, lost, programmeStartFrame } = recorded;
        for (const check of recorded.seal.checks.filter(({ ok }) => !ok)) {
          output.note(`${check.id}: expected ${check.expected}, measured ${check.measured}.`);
        }
        if (dropped + lost > 0) output.note(`Frames dropped by the card: ${dropped}; lost: ${lost}.`);
        output.result(recorded, () =>
          [
            `${sealed ? 'Sealed' : `Not sealed (${recorded.state})`}: ${counted(frames, 'frame')}, ended by ${recorded.endReason ?? 'nothing'}.`,
            ...(programmeStartFrame === null
              ? []
              : [`The programme counts from frame ${programmeStartFrame}; what came before is kept.`]),
            ...recorded.files.map(({ role, path }) => `  ${role}: ${path}`),
          ].join('\n'),
        );
        return sealed && dropped + lost === 0 && isGoodEnd(recorded.endReason) ? 0 : 1;
      }),
    );
}

function startOf({ startOn, startWait }: Options): StartCondition | undefined {
  if (startWait === undefined) return startOn;
  if (startOn !== undefined && startOn.on !== 'operator') return { ...startOn, waitS: startWait };
  throw new HelicalError('INVALID_INPUT', {
    problem: 'There is nothing to wait for: the recording starts on your word.',
    remedy: 'Give --start-on signal or --start-on timecode:… too, or leave out --start-wait.',
  });
}

/** The engine may run in another folder than this command. */
export function absoluteSource(source: string): string {
  const [kind, ...rest] = source.split(':');
  const argument = rest.join(':');
  const isPath = kind === 'file' || (kind === 'simulator' && /[\\/]|\.json$/i.test(argument));
  return isPath && argument !== '' ? `${kind}:${resolve(argument)}` : source;
}
