import type { LogEvent } from '#core/log/event.ts';
import { eventsWithIntent } from '#core/stores/intention-register.ts';
import type { QcRun } from '#core/stores/qc.ts';
import type { HelicalLog } from '#core/stores/record.ts';
import type { Stores } from '#core/stores/stores.ts';
import type { EventPayload } from '#shared/domain/events.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { Tape } from '#shared/domain/tape.ts';
import { outcomeOf, type ReviewOutcome, standingVerdicts, type Verdict } from '#shared/domain/verdict.ts';
import { masterPasses, sealedPasses, segmentOf } from './pass-choice.ts';

/** All that is known of one tape and a sealed pass that stands for it: what a profile makes a package of. */
export interface Dossier {
  tape: Tape;
  /** The pass that stands for the tape, or for one of its segments. */
  pass: Pass;
  /** It and the other sealed ones of the same part of the tape, the newest first. */
  sealedPasses: Pass[];
  /** Every pass that stands for the tape: more than one where it is held in segments. */
  masters: Pass[];
  /** Why somebody chose this pass; empty where nobody did, or said why. */
  choiceReason: string;
  /** Files of the pass, with where they are on this computer. */
  files: (PassFile & { path: string })[];
  /** The latest measurement, with a word on the events that the artist meant. */
  qc: (Omit<QcRun, 'events'> & { events: ShownEvent[] }) | undefined;
  /** What reviewers said of the pass. */
  review: { outcome: ReviewOutcome; standing: Verdict[] };
  /** Events about the tape, its passes and its files, and the self-test that the pass cites, in the order of the log. */
  events: LogEvent[];
  /** Names as they are known now; an id without a name is a person whose name was erased. */
  personName(id: string): string;
}

/** Collects a tape's dossiers: one, or one for each segment. None where the tape is unknown or has no sealed pass. */
export function collectDossiers(
  { stores, log, pathOf }: { stores: Stores; log: HelicalLog; pathOf: (file: PassFile) => string },
  tapeId: string,
): Dossier[] {
  const tape = stores.tapes.find(tapeId);
  if (!tape) return [];
  const passes = stores.passes.list(tapeId);
  const masters = masterPasses(passes);
  // Events of a pass carry the tape's link too: the log sees to that.
  const ofTape = log.list({ tapeId: tape.id, limit: Number.MAX_SAFE_INTEGER });
  return masters.map((pass) => ({
    tape,
    pass,
    masters,
    sealedPasses: sealedPasses(passes).filter((other) => segmentOf(other) === segmentOf(pass)),
    choiceReason: pass.chosen ? lastReason(ofTape, pass.id) : '',
    files: stores.files.ofPass(pass.id).map((file) => ({ ...file, path: pathOf(file) })),
    qc: measured(stores, pass),
    review: reviewed(stores, pass.id),
    events: withCertificate(log, ofTape, pass.plan?.certificateId),
    personName: (id) => stores.people.find(id)?.name || id,
  }));
}

function reviewed({ review }: Stores, passId: string): Dossier['review'] {
  const given = review.verdicts(passId);
  return { outcome: outcomeOf(given, review.opinions(passId)), standing: standingVerdicts(given) };
}

function measured(stores: Stores, pass: Pass): Dossier['qc'] {
  const run = stores.qc.latest(pass.id);
  return run && { ...run, events: eventsWithIntent(stores, pass, run.events) };
}

/** A pass cites the station's self-test by its id: whoever has the package has the test too. */
function withCertificate(
  log: HelicalLog,
  events: readonly LogEvent[],
  certificateId: string | undefined,
): LogEvent[] {
  const tests =
    certificateId === undefined ? [] : log.list({ certificateId, type: 'station.certified', limit: 1 });
  return [...events, ...tests].sort((a, b) => a.seq - b.seq);
}

function lastReason(events: readonly LogEvent[], passId: string): string {
  const choices = events
    .filter(({ type }) => type === 'tape.pass-chosen')
    .map(({ payload }) => payload as EventPayload<'tape.pass-chosen'>);
  return choices.findLast((choice) => choice.passId === passId)?.reason ?? '';
}
