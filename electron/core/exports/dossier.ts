import type { LogEvent } from '#core/log/event.ts';
import type { HelicalLog } from '#core/stores/record.ts';
import type { Stores } from '#core/stores/stores.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { Tape } from '#shared/domain/tape.ts';
import { chosenPass, sealedPasses } from './pass-choice.ts';

/** All that is known of one tape and its sealed pass: what a profile makes a package of. */
export interface Dossier {
  tape: Tape;
  /** The pass that stands for the tape. */
  pass: Pass;
  /** It and the other sealed ones, the newest first. */
  sealedPasses: Pass[];
  /** Files of the pass, with where they are on this computer. */
  files: (PassFile & { path: string })[];
  qc: ReturnType<Stores['qc']['latest']>;
  /** Events about the tape, its passes and its files, in the order of the log. */
  events: LogEvent[];
  /** Names as they are known now; an id without a name is a person whose name was erased. */
  personName(id: string): string;
}

/** Collects a tape's dossier. Undefined where the tape is unknown or has no sealed pass. */
export function collectDossier(
  { stores, log, pathOf }: { stores: Stores; log: HelicalLog; pathOf: (file: PassFile) => string },
  tapeId: string,
): Dossier | undefined {
  const tape = stores.tapes.find(tapeId);
  const passes = stores.passes.list(tapeId);
  const pass = chosenPass(passes);
  if (!tape || !pass) return undefined;
  return {
    tape,
    pass,
    sealedPasses: sealedPasses(passes),
    files: stores.files.ofPass(pass.id).map((file) => ({ ...file, path: pathOf(file) })),
    qc: stores.qc.latest(pass.id),
    // Events of a pass carry the tape's link too: the log sees to that.
    events: log.list({ tapeId: tape.id, limit: Number.MAX_SAFE_INTEGER }),
    personName: (id) => stores.people.find(id)?.name || id,
  };
}
