import { Argument, type Command, Option } from 'commander';
import { HelicalError } from '#shared/domain/errors.ts';
import { opinionIdSchema } from '#shared/domain/ids.ts';
import { type SamplingPlanId, samplingPlanIds } from '#shared/domain/sampling.ts';
import { type VerdictWord, verdicts } from '#shared/domain/verdict.ts';
import { action } from './command.ts';
import { passIdOf } from './ids.ts';
import { personIdOf, signedAs, signedByPerson } from './person-id.ts';
import { outcomeWords, wordVerdict } from './review-words.ts';

interface VerdictOptions {
  reason: string;
  plan: SamplingPlanId;
  settle?: true;
  as?: string;
}

const asOption = () =>
  new Option(
    '--as <person>',
    'who says so, by name; the log keeps that this account wrote it down. Left out: the account itself',
  );

/** Beneath `review`: verdicts and further opinions. */
export function addVerdict(review: Command): void {
  review
    .command('verdict')
    .description('sign a verdict on a pass')
    .argument('<pass>', 'its id')
    .addArgument(new Argument('<verdict>', 'what it comes to').choices(verdicts))
    .option('--reason <words>', 'needed for all but plain acceptance', '')
    .addOption(
      new Option('--plan <plan>', 'by which it was watched')
        .choices(samplingPlanIds)
        .default('head-middle-tail'),
    )
    .option('--settle', 'as a manager: the last word where others disagree')
    .addOption(asOption())
    .action(
      action(async ({ output, onEngine }, what: string, verdict: VerdictWord, options: VerdictOptions) => {
        const passId = passIdOf(what);
        const { reason, plan: planId, settle = false, as } = options;
        const { given, said } = await onEngine(async (client) => {
          const request = { passId, verdict, reason, planId, settles: settle };
          return {
            given: await client.review.verdict({ ...request, ...(await signedByPerson(client, as)) }),
            said: await client.review.show({ passId }),
          };
        });
        output.result({ ...given, outcome: said.outcome }, () =>
          [wordVerdict(given, said), `The pass is now: ${outcomeWords[said.outcome]}.`].join('\n'),
        );
        return 0;
      }),
    );
  review
    .command('ask')
    .description('ask for a second opinion: the pass is not accepted until it is given')
    .argument('<pass>', 'its id')
    .option('--of <person>', 'by name; left out: anyone else')
    .option('--question <words>', 'what is in doubt', '')
    .addOption(asOption())
    .action(
      action(
        async (
          { output, onEngine },
          what: string,
          options: { of?: string; question: string; as?: string },
        ) => {
          const passId = passIdOf(what);
          const asked = await onEngine(async (client) =>
            client.review.ask({
              passId,
              of: options.of === undefined ? null : await personIdOf(client, options.of),
              question: options.question,
              ...(await signedAs(client, options.as)),
            }),
          );
          output.result(asked, () => `Asked of ${options.of ?? 'anyone else'} (${asked.id}).`);
          return 0;
        },
      ),
    );
  review
    .command('unask')
    .description('no longer ask for a second opinion')
    .argument('<opinion>', 'its id, as `review show` lists it')
    .requiredOption('--reason <words>', 'why')
    .addOption(asOption())
    .action(
      action(async ({ output, onEngine }, what: string, { reason, as }: { reason: string; as?: string }) => {
        const opinionId = opinionIdSchema.safeParse(what);
        if (!opinionId.success) {
          throw new HelicalError(
            'INVALID_INPUT',
            `"${what}" is not the id of an opinion that was asked for.`,
          );
        }
        const withdrawn = await onEngine(async (client) =>
          client.review.withdrawAsk({ opinionId: opinionId.data, reason, ...(await signedAs(client, as)) }),
        );
        output.result(withdrawn, () => 'It is no longer asked for.');
        return 0;
      }),
    );
}
