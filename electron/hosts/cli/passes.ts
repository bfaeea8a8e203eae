import type { Command } from 'commander';
import type { PassId } from '#shared/domain/ids.ts';
import { counted } from '#shared/i18n/counted.ts';
import type { HelicalClient } from '../attach.ts';
import { action } from './command.ts';
import { passIdOf } from './ids.ts';
import { operatorStop } from './operator-stop.ts';
import { type Output, table } from './output.ts';
import { numberOf, wordPass } from './pass-words.ts';
import { wordTimecode } from './timecode-words.ts';
import { sessionsOf, wordSession } from './watch-session.ts';

export function addPasses(program: Command): void {
  const passes = program.command('passes').description('passes: one playing of one tape each');
  passes
    .command('list')
    .description('passes, newest first')
    .option('--tape <tape>', 'of one tape')
    .action(
      action(async ({ output, onEngine }, { tape }: { tape?: string }) => {
        const found = await onEngine((client) => client.passes.list(tape === undefined ? {} : { tape }));
        output.result(found, () =>
          table(
            ['id', 'tape', 'pass', 'state', 'frames', 'dropped', 'lost', 'segment', 'retake of', 'chosen'],
            found.map((pass) => [
              pass.id,
              pass.tapeIdentifier,
              String(pass.passNumber),
              pass.state,
              String(pass.frames),
              String(pass.droppedFrames),
              String(pass.lostFrames),
              String(pass.plan?.segment ?? ''),
              numberOf(pass.plan?.retakeOf, found),
              pass.chosen ? 'chosen' : '',
            ]),
          ),
        );
        return 0;
      }),
    );
  passes
    .command('show')
    .description('one pass with its files, seal and events')
    .argument('<pass>', 'its id')
    .action(
      action(async ({ output, onEngine }, pass: string) => {
        const passId = passIdOf(pass);
        const { shown, others } = await onEngine(async (client) => {
          const found = await client.passes.show({ passId });
          const ofTape = await client.passes.list({ tape: found.tapeId });
          return { shown: found, others: ofTape.filter(({ id }) => id !== passId) };
        });
        output.result(shown, () =>
          [
            `Pass ${shown.passNumber} of ${shown.tapeIdentifier}: ${shown.state}, ${counted(shown.frames, 'frame')}`,
            ...wordPass(shown, others),
            ...shown.sealChecks.map(
              ({ id, ok, measured }) => `  ${ok ? 'ok  ' : 'FAIL'}  ${id}: ${measured}`,
            ),
            ...wordTimecode(shown),
            ...shown.files.map(({ role, name, sizeBytes }) => `  ${role}: ${name}, ${sizeBytes} bytes`),
            ...shown.qcEvents.map(
              (event) =>
                `  ${event.intended ? 'intended' : event.severity}  ${event.startFrame}-${event.endFrame}  ${event.message}`,
            ),
          ].join('\n'),
        );
        return 0;
      }),
    );
  passes
    .command('choose')
    .description('make a sealed pass the master of its tape, or of its segment; the others are kept')
    .argument('<pass>', 'its id')
    .option('--reason <words>', 'why; needed where another one was chosen before', '')
    .action(
      action(async ({ output, onEngine }, pass: string, { reason }: { reason: string }) => {
        const passId = passIdOf(pass);
        const { chosen, others } = await onEngine(async (client) => {
          const found = await client.passes.choose({ passId, reason });
          const ofTape = await client.passes.list({ tape: found.tapeId });
          return { chosen: found, others: ofTape.filter(({ id }) => id !== passId) };
        });
        output.result(chosen, () =>
          [
            `Pass ${chosen.passNumber} of ${chosen.tapeIdentifier} is chosen.`,
            ...wordPass(chosen, others),
          ].join('\n'),
        );
        return 0;
      }),
    );
  passes
    .command('recover')
    .description('take back running recorders and mend what a crash left')
    .action(
      action(async ({ output, onEngine }) => {
        const { found, unsealed } = await onEngine((client) => recover(client, output));
        output.result(found, () =>
          [
            ...found.adopted.map((passId) => `Took back the recorder of pass ${passId}.`),
            ...found.recovered.map(
              ({ passId, framesKept, framesLost }) =>
                `Mended pass ${passId}: ${counted(framesKept, 'frame')} kept, ${framesLost} lost.`,
            ),
            ...found.followed.map((passId) => `Followed pass ${passId}, whose recorder had ended in order.`),
            ...unsealed.map((passId) => `Pass ${passId} did not come to its seal.`),
            ...(found.adopted.length + found.recovered.length + found.followed.length === 0
              ? ['Nothing was left to recover.']
              : []),
          ].join('\n'),
        );
        return unsealed.length === 0 ? 0 : 1;
      }),
    );
}

/** Takes back, mends, and follows each pass to its seal: an engine that ends before would leave that undone again. */
async function recover(client: HelicalClient, output: Output) {
  const found = await client.passes.recover();
  const unsealed: PassId[] = [];
  for (const passId of [...found.adopted, ...found.recovered.map((one) => one.passId), ...found.followed]) {
    using stop = operatorStop(output, () => client.capture.stop({ passId }).then(() => undefined));
    for await (const session of sessionsOf(client, passId)) output.progress(wordSession(session));
    stop.throwIfFailed();
    const { state } = await client.passes.show({ passId });
    if (state !== 'sealed') unsealed.push(passId);
  }
  return { found, unsealed };
}
