import type { Selection } from '#core/devices/device.ts';
import { namesPath, parseSelection } from '#core/devices/registry.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { mayAct } from '#shared/domain/roles.ts';
import type { Engine } from './engine.ts';
import type { Context, Procedures } from './procedures.ts';

export function captureApi({ capture }: Procedures, engine: Engine) {
  return {
    sources: capture.sources.handler(() => engine.sources()),
    budget: capture.budget.handler(({ input: { source, profileId, durationS }, context }) =>
      engine
        .capture()
        .budget({ selection: chosenBy(context, source), sourceId: source, profileId, durationS }),
    ),
    arm: capture.arm.handler(({ input, context }) => {
      const { tape, source, profileId, chainName, durationS, anyway } = input;
      const { start, stop, retakeOf, segment } = input;
      return engine.capture().arm({
        tapeId: engine.tapeRegister.require(tape).id,
        selection: chosenBy(context, source),
        sourceId: source,
        profileId,
        chainName,
        operatorId: context.personId,
        durationS,
        plan: { start, stop, retakeOf, segment },
        anyway,
      });
    }),
    record: capture.record.handler(({ input, context }) =>
      engine.capture().record(input.passId, context.personId),
    ),
    mark: capture.mark.handler(({ input, context }) =>
      engine.capture().mark(input.passId, input.label, context.personId),
    ),
    stop: capture.stop.handler(({ input, context }) => engine.capture().stop(input.passId, context.personId)),
    disarm: capture.disarm.handler(async ({ input, context }) => {
      await engine.capture().disarm(input.passId, context.personId);
      return {};
    }),
    sessions: capture.sessions.handler(() => engine.capture().sessions()),
  };
}

/** Screens name ids, never paths: a path comes only from the station's own command line. */
export function chosenBy(context: Context, source: string): Selection {
  const selection = parseSelection(source);
  if (mayAct(context.role, 'local') || !namesPath(selection)) return selection;
  throw new HelicalError('NOT_ALLOWED', {
    problem: 'A screen may not name a path of the station.',
    safe: 'Nothing was opened.',
    remedy: 'Choose a source that the station lists, or use the command line on the station itself.',
  });
}
