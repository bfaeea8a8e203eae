import { parseSelection } from '#core/devices/registry.ts';
import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function captureApi({ capture }: Procedures, engine: Engine) {
  return {
    sources: capture.sources.handler(() => engine.sources()),
    preflight: capture.preflight.handler(({ input }) =>
      engine.capture().preflight(parseSelection(input.source), input.profileId),
    ),
    arm: capture.arm.handler(({ input, context }) => {
      const { tape, source, profileId, chainName, durationS } = input;
      const selection = parseSelection(source);
      return engine.capture().arm({
        tapeId: engine.tapeRegister.require(tape).id,
        selection: durationS === undefined ? selection : { ...selection, durationS },
        sourceId: source,
        profileId,
        chainName,
        operatorId: context.personId,
        durationS,
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
