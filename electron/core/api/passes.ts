import { readTimecodeRuns } from '#core/capture/timecode-runs.ts';
import { judgedEvents } from '#core/stores/review-register.ts';
import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function passesApi({ passes }: Procedures, engine: Engine) {
  const { stores, tapeRegister, passRegister } = engine;
  return {
    list: passes.list.handler(({ input }) =>
      stores.passes.list(input.tape === undefined ? undefined : tapeRegister.require(input.tape).id),
    ),
    show: passes.show.handler(({ input }) => {
      const pass = passRegister.require(input.passId);
      const measured = stores.qc.latest(pass.id);
      return {
        ...pass,
        files: stores.files.ofPass(pass.id),
        qcEvents: judgedEvents(stores, pass, measured?.events ?? []),
        qcNotJudged: measured?.notJudged ?? [],
        qcProfileId: measured?.profileId ?? null,
      };
    }),
    timecode: passes.timecode.handler(({ input }) => {
      const pass = passRegister.require(input.passId);
      const file = stores.files.ofPass(pass.id).find(({ role }) => role === 'timecode');
      if (!file) return { runs: [], breaks: [], isCut: false };
      return readTimecodeRuns(engine.pathOf(file), pass.video.frameRate);
    }),
    choose: passes.choose.handler(({ input, context }) => passRegister.choose(input, context.personId)),
    recover: passes.recover.handler(() => engine.capture().recover()),
    locate: passes.locate.handler(({ input }) => {
      const pass = passRegister.require(input.passId);
      return stores.files.ofPass(pass.id).map((file) => ({
        role: file.role,
        path: engine.pathOf(file),
        bytes: file.sizeBytes,
        sha256: file.sha256,
      }));
    }),
  };
}
