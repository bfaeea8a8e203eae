import type { Command } from 'commander';
import { HelicalError } from '#shared/domain/errors.ts';
import { intentionIdSchema } from '#shared/domain/ids.ts';
import { action } from './command.ts';
import { frameAt } from './frame-at.ts';
import { passIdOf } from './ids.ts';
import { wordIntention } from './intention-words.ts';

interface Options {
  check: string;
  from?: string;
  to?: string;
  reason: string;
  channels?: number[];
}

/** Beneath `qc`: what the artist meant to be so. */
export function addQcIntend(qc: Command): void {
  qc.command('intend')
    .description(
      'say that what a check finds belongs to the work: it stays in sight and counts against nothing',
    )
    .argument('<pass>', 'id of a pass of the tape')
    .requiredOption('--check <id>', 'the check, as `helical qc` names it')
    .option('--from <frame|timecode>', 'first frame, of this pass; without --from and --to: the whole work')
    .option('--to <frame|timecode>', 'last frame, of this pass')
    .requiredOption('--reason <words>', 'who says so, and why')
    .addHelpText(
      'after',
      '\nIt holds for every pass of the tape. A range is in frames of the pass that is named; on another pass it is moved by the\ndifference of the frames at which their programmes begin, and holds only where both are known.',
    )
    // `qc` itself knows --channels too, and takes it wherever it stands: the options of both count.
    .action((what: string, _own: object, command: Command) =>
      intend(what, command.optsWithGlobals<Options>(), command),
    );
  qc.command('intentions')
    .description('what was said to be meant by the artist')
    .argument('<pass>', 'id of a pass of the tape')
    .action(
      action(async ({ output, onEngine }, what: string) => {
        const passId = passIdOf(what);
        const { found, pass, passes } = await onEngine(async (client) => {
          const shown = await client.passes.show({ passId });
          const ofTape = await client.passes.list({ tape: shown.tapeId });
          return { found: await client.qc.intentions({ passId }), pass: shown, passes: ofTape };
        });
        output.result(
          found,
          () =>
            found.map((one) => wordIntention(one, passes, pass)).join('\n') ||
            'Nothing was said of this tape.',
        );
        return 0;
      }),
    );
  qc.command('withdraw')
    .description('take back what was said with `qc intend`')
    .argument('<intention>', 'its id, as `qc intentions` lists it')
    .requiredOption('--reason <words>', 'why')
    .action(
      action(async ({ output, onEngine }, what: string, { reason }: { reason: string }) => {
        const intentionId = intentionIdSchema.safeParse(what);
        if (!intentionId.success) {
          throw new HelicalError('INVALID_INPUT', {
            problem: `"${what}" is not the id of an intention.`,
            remedy: 'Look it up with: helical qc intentions PASS.',
          });
        }
        const withdrawn = await onEngine((client) =>
          client.qc.withdrawIntention({ intentionId: intentionId.data, reason }),
        );
        output.result(withdrawn, () => `Withdrawn: ${wordIntention(withdrawn, [])}`);
        return 0;
      }),
    );
}

const intend = action(
  async ({ output, onEngine }, what: string, { check, from, to, reason, channels }: Options) => {
    const passId = passIdOf(what);
    const stated = await onEngine(async (client) => {
      const { video } = await client.passes.show({ passId });
      const frame = (text: string | undefined) =>
        text === undefined ? undefined : frameAt(text, video.frameRate);
      const [startFrame, endFrame] = [frame(from), frame(to)];
      return client.qc.intend({
        ...{ passId, check, reason },
        ...(channels ? { channels } : {}),
        ...(startFrame === undefined ? {} : { startFrame }),
        ...(endFrame === undefined ? {} : { endFrame }),
      });
    });
    output.result(stated, () => {
      const holds =
        stated.range === null
          ? ''
          : '\nOn other passes of the tape it holds where it is known of both at which frame the programme begins.';
      return `Noted: ${wordIntention(stated, [])}${holds}`;
    });
    return 0;
  },
);
