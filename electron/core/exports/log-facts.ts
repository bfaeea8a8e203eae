import type { CapturePlan } from '#shared/domain/capture-plan.ts';
import { type EventPayload, type EventType, eventPayloads } from '#shared/domain/events.ts';
import type { EndReason } from '#shared/domain/pass.ts';

/** What the log alone says of one tape and one of its passes: the measure for tables, packages and manifests. */
export interface LogFacts {
  registrations: EventPayload<'tape.registered'>[];
  preparations: EventPayload<'pass.prepared'>[];
  seals: EventPayload<'pass.sealed'>[];
  /** By name; where a file was registered again (followed twice), the last time counts. */
  files: Map<string, EventPayload<'file.registered'>>;
  frames: number;
  droppedFrames: number;
  lostFrames: number;
  endReason: EndReason | null;
  /** When the pass was sealed; null where it was not. */
  sealedAt: string | null;
  plan: CapturePlan | null;
  /** Whether somebody chose the pass, and nobody another one in its place since. */
  chosen: boolean;
}

type Teller<Type extends EventType> = (
  facts: LogFacts,
  payload: EventPayload<Type>,
  occurredAt: string,
) => void;

const tellers: { [Type in EventType]?: Teller<Type> } = {
  'pass.prepared': (facts, payload) => void facts.preparations.push(payload),
  'pass.planned': (facts, { plan }) => void Object.assign(facts, { plan }),
  'pass.recorder-adopted': (facts, { frames }) => void Object.assign(facts, { frames }),
  'pass.stop-requested': (facts, { reason }) => void Object.assign(facts, { endReason: reason }),
  'pass.recording-ended': (facts, { frames, droppedFrames, reason }) =>
    void Object.assign(facts, { frames, droppedFrames, endReason: reason }),
  'pass.interrupted': (facts, { reason }) => void Object.assign(facts, { endReason: reason }),
  'pass.recovered': (facts, { framesKept, framesLost, droppedFrames }) =>
    void Object.assign(facts, { frames: framesKept, lostFrames: framesLost, droppedFrames }),
  'pass.followed': (facts, { frames }) => void Object.assign(facts, { frames }),
  'pass.sealed': (facts, payload, occurredAt) => {
    facts.sealedAt = occurredAt;
    facts.seals.push(payload);
    facts.frames = payload.frames;
  },
  'file.registered': (facts, payload) => void facts.files.set(payload.name, payload),
};

/**
 * Reads the facts of a tape and a pass out of events in the order of the log.
 * @throws ZodError where an event's payload is not of its type
 */
export function logFacts(
  events: Iterable<{ type: string; payload: unknown; occurredAt: string }>,
  tapeId: string,
  passId: string,
): LogFacts {
  const facts: LogFacts = {
    registrations: [],
    preparations: [],
    seals: [],
    files: new Map(),
    frames: 0,
    droppedFrames: 0,
    lostFrames: 0,
    endReason: null,
    sealedAt: null,
    plan: null,
    chosen: false,
  };
  const choice = createChoice();
  for (const { type, payload, occurredAt } of events) {
    if (type === 'tape.registered') {
      const registered = eventPayloads[type].parse(payload);
      if (registered.tapeId === tapeId) facts.registrations.push(registered);
      continue;
    }
    // Which pass is chosen depends on the segments of the others.
    if (type === 'pass.planned') choice.planned(eventPayloads[type].parse(payload));
    if (type === 'tape.pass-chosen') {
      const chosen = eventPayloads[type].parse(payload);
      if (chosen.tapeId === tapeId) choice.chosen(chosen);
    }
    const tell = tellers[type as EventType] as Teller<'pass.sealed'> | undefined;
    if (!tell || (payload as { passId?: string }).passId !== passId) continue;
    tell(facts, eventPayloads[type as EventType].parse(payload) as EventPayload<'pass.sealed'>, occurredAt);
  }
  facts.chosen = choice.isChosen(passId);
  return facts;
}

/** Follows which passes are chosen: one of the whole tape, or one for each of its segments. */
function createChoice() {
  const segments = new Map<string, number>();
  const choices = new Map<number, string>();
  return {
    planned({ passId, plan }: EventPayload<'pass.planned'>) {
      if (plan.segment !== undefined) segments.set(passId, plan.segment);
    },
    chosen({ passId }: EventPayload<'tape.pass-chosen'>) {
      const segment = segments.get(passId) ?? 0;
      for (const other of choices.keys()) if ((other === 0) !== (segment === 0)) choices.delete(other);
      choices.set(segment, passId);
    },
    isChosen: (passId: string) => [...choices.values()].includes(passId),
  };
}
