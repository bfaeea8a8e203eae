import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkTitle } from '#core/qc/reports/event-words.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { noteIdSchema } from '#shared/domain/ids.ts';
import { noteMedia, type PictureRegion, pictureRegionSchema } from '#shared/domain/note.ts';
import { origins } from '#shared/domain/origin.ts';
import { severities } from '#shared/domain/qc.ts';
import { messages } from '#shared/i18n/messages.ts';
import { action } from './command.ts';
import { frameOfPass } from './frame-of-pass.ts';
import { passIdOf } from './ids.ts';
import { wholeNumber } from './numbers.ts';
import { table } from './output.ts';
import { signedAs } from './person-id.ts';
import { addVerdict } from './review-verdict.ts';
import { wordNote, wordQueue, wordReview } from './review-words.ts';

const { there, falseAlarm, reopened } = messages.en.judging;
const decisionWords = { accepted: there, dismissed: falseAlarm, reopened } as const;

interface Signed {
  as?: string;
}

interface DecideOptions extends Signed {
  event: number;
  accept?: true;
  dismiss?: true;
  reopen?: true;
  origin?: (typeof origins)[number];
  remark: string;
}

interface NoteOptions extends Signed {
  from: string;
  to?: string;
  region?: PictureRegion;
  still?: string;
  term?: string;
  medium?: (typeof noteMedia)[number];
  origin?: (typeof origins)[number];
  severity?: (typeof severities)[number];
  words: string;
}

const asOption = () =>
  new Option(
    '--as <person>',
    'who says so, by name; the log keeps that this account wrote it down. Left out: the account itself',
  );
const originOption = () => new Option('--origin <origin>', 'where it comes from').choices(origins);

export function addReview(program: Command): void {
  const review = program.command('review').description('passes that wait, what is found in them, verdicts');
  review
    .command('queue')
    .description('sealed passes without a last word, and who has which')
    .action(
      action(async ({ output, onEngine }) => {
        const queue = await onEngine((client) => client.review.queue());
        output.result(queue, () => wordQueue(queue));
        return 0;
      }),
    );
  review
    .command('show')
    .description('everything that was said of a pass')
    .argument('<pass>', 'its id')
    .action(
      action(async ({ output, onEngine }, what: string) => {
        const passId = passIdOf(what);
        const { pass, said, terms } = await onEngine(async (client) => ({
          pass: await client.passes.show({ passId }),
          said: await client.review.show({ passId }),
          terms: (await client.review.vocabulary()).terms,
        }));
        output.result({ ...said, events: pass.qcEvents }, () => wordReview(pass, said, terms));
        return 0;
      }),
    );
  review
    .command('take')
    .description('put a pass on your desk')
    .argument('<pass>', 'its id')
    .option('--reason <words>', 'needed where somebody else has it', '')
    .addOption(asOption())
    .action(
      action(async ({ output, onEngine }, what: string, { reason, as }: Signed & { reason: string }) => {
        const passId = passIdOf(what);
        const taken = await onEngine(async (client) =>
          client.review.take({ passId, reason, ...(await signedAs(client, as)) }),
        );
        output.result(taken, () => `Taken${taken.takenFrom === null ? '' : ' over'}: pass ${passId}.`);
        return 0;
      }),
    );
  review
    .command('release')
    .description('put it back')
    .argument('<pass>', 'its id')
    .addOption(asOption())
    .action(
      action(async ({ output, onEngine }, what: string, { as }: Signed) => {
        const passId = passIdOf(what);
        await onEngine(async (client) => client.review.release({ passId, ...(await signedAs(client, as)) }));
        output.result({ passId }, () => `Released: pass ${passId}.`);
        return 0;
      }),
    );
  review
    .command('decide')
    .description('say of a finding that it is there, or that it is a false alarm')
    .argument('<pass>', 'its id')
    .requiredOption('--event <number>', 'the finding, as `review show` numbers it', wholeNumber('--event', 1))
    .addOption(new Option('--accept', 'it is there').conflicts(['dismiss', 'reopen']))
    .addOption(new Option('--dismiss', 'it is a false alarm').conflicts(['accept', 'reopen']))
    .addOption(new Option('--reopen', 'take back what was said').conflicts(['accept', 'dismiss']))
    .addOption(originOption())
    .option('--remark <words>', 'in a sentence', '')
    .addOption(asOption())
    .addHelpText(
      'after',
      '\nAn origin alone accepts. That the artist meant it is said with `helical qc intend`: it holds for the work.',
    )
    .action(
      action(async ({ output, onEngine }, what: string, options: DecideOptions) => {
        const passId = passIdOf(what);
        const { event, accept, dismiss, reopen, origin = null, remark, as } = options;
        if (!accept && !dismiss && !reopen && origin === null) {
          throw new HelicalError('INVALID_INPUT', 'Say --accept, --dismiss, --reopen or an --origin.');
        }
        const decided = await onEngine(async (client) => {
          const { qcEvents } = await client.passes.show({ passId });
          const found = qcEvents[event - 1];
          if (!found)
            throw new HelicalError(
              'NOT_FOUND',
              `There is no finding ${event}; ${qcEvents.length} were found.`,
            );
          const { check, channels, startFrame, endFrame } = found;
          return client.review.decide({
            ...{ passId, check, startFrame, endFrame, origin, remark },
            ...(channels ? { channels } : {}),
            judgement: dismiss ? 'dismissed' : reopen ? 'reopened' : 'accepted',
            ...(await signedAs(client, as)),
          });
        });
        output.result(
          decided,
          () =>
            `${checkTitle('en', decided.check)}: ${decisionWords[decided.judgement]}, frames ${decided.startFrame}-${decided.endFrame}${decided.origin === null ? '' : `, origin ${messages.en.origin[decided.origin]}`}.`,
        );
        return 0;
      }),
    );
  review
    .command('note')
    .description('write something of a frame, a range, or a part of the picture')
    .argument('<pass>', 'its id')
    .requiredOption(
      '--from <frame|timecode>',
      "first frame: its number, a timecode counted from the first frame, or the tape's own",
    )
    .option('--to <frame|timecode>', 'last frame; left out: the first')
    .option('--region <x,y,width,height>', 'part of the picture, in samples of the stored frame', region)
    .option('--still <frame|timecode>', 'the frame that shows it')
    .option('--term <id>', 'a term, as `review vocabulary` lists them')
    .addOption(new Option('--medium <medium>').choices(noteMedia))
    .addOption(originOption())
    .addOption(new Option('--severity <severity>').choices(severities))
    .option('--words <words>', 'in your own words', '')
    .addOption(asOption())
    .action(
      action(async ({ output, onEngine }, what: string, options: NoteOptions) => {
        const passId = passIdOf(what);
        const { noted, terms } = await onEngine(async (client) => {
          const { video, frames } = await client.passes.show({ passId });
          const { runs } = await client.passes.timecode({ passId });
          const frameAt = (text: string) => frameOfPass(text, { frames, rate: video.frameRate, runs });
          const startFrame = frameAt(options.from);
          const noted = await client.review.note({
            ...{ passId, startFrame, words: options.words },
            endFrame: options.to === undefined ? startFrame : frameAt(options.to),
            region: options.region ?? null,
            stillFrame: options.still === undefined ? null : frameAt(options.still),
            term: options.term ?? null,
            medium: options.medium ?? null,
            origin: options.origin ?? null,
            severity: options.severity ?? null,
            ...(await signedAs(client, options.as)),
          });
          return { noted, terms: (await client.review.vocabulary()).terms };
        });
        output.result(noted, () => `Noted: ${wordNote(noted, terms)}`);
        return 0;
      }),
    );
  review
    .command('withdraw')
    .description('withdraw a note; it stays in sight with the reason')
    .argument('<note>', 'its id')
    .requiredOption('--reason <words>', 'why')
    .addOption(asOption())
    .action(
      action(async ({ output, onEngine }, what: string, { reason, as }: Signed & { reason: string }) => {
        const noteId = noteIdSchema.safeParse(what);
        if (!noteId.success) throw new HelicalError('INVALID_INPUT', `"${what}" is not the id of a note.`);
        const { withdrawn, terms } = await onEngine(async (client) => ({
          withdrawn: await client.review.withdrawNote({
            ...{ noteId: noteId.data, reason },
            ...(await signedAs(client, as)),
          }),
          terms: (await client.review.vocabulary()).terms,
        }));
        output.result(withdrawn, () => `Withdrawn: ${wordNote(withdrawn, terms)}`);
        return 0;
      }),
    );
  review
    .command('vocabulary')
    .description('the terms of notes, with the page of the AV Artifact Atlas where it has one')
    .argument('[words]', 'those that hold these words', '')
    .action(
      action(async ({ output, onEngine }, words: string) => {
        const { terms } = await onEngine((client) => client.review.vocabulary());
        const asked = words.toLowerCase();
        const found = terms.filter(({ id, title, definition }) =>
          [id, ...Object.values(title), ...Object.values(definition)].some((text) =>
            text.toLowerCase().includes(asked),
          ),
        );
        output.result(found, () =>
          table(
            ['term', 'title', 'means'],
            found.map(({ id, title, definition }) => [id, title.en, definition.en]),
          ),
        );
        return 0;
      }),
    );
  addVerdict(review);
}

/** Reads a part of the picture for commander: `10,20,100,8`. */
function region(text: string): PictureRegion {
  const [x, y, width, height, ...rest] = text.split(',').map(Number);
  const parsed = pictureRegionSchema.safeParse({ x, y, width, height });
  if (parsed.success && rest.length === 0) return parsed.data;
  throw new InvalidArgumentError('It is x,y,width,height, in samples of the stored frame.');
}
