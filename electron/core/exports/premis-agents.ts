import type { LogEvent } from '#core/log/event.ts';
import type { EventPayload, EventType } from '#shared/domain/events.ts';
import type { Dossier } from './dossier.ts';

type Software = { name: string; version: string };

/** Who or what took part in an event, and as what. */
export interface AgentLink {
  identifierType: 'UUID' | 'local';
  id: string;
  role: 'implementer' | 'executing program' | 'station';
}

/** What a person does with their own hands; everything else the machines do, whoever is signed in. */
const deeds = new Set<string>([
  'tape.registered',
  'pass.prepared',
  'pass.planned',
  'tape.pass-chosen',
  'pass.recording-started',
  'pass.marked',
  'batch.created',
] satisfies EventType[]);

/** What nobody but a person does: no program executes it. */
const programless = new Set<string>([
  'tape.registered',
  'pass.prepared',
  'pass.planned',
  'tape.pass-chosen',
  'pass.marked',
  'batch.created',
] satisfies EventType[]);

/**
 * The agents of an event: the person where a person did it, the software of the pass's own time for what was done to the
 * pass, the software of today for the packaging alone, and the station where it happened.
 */
export function agentsOf(event: LogEvent, dossier: Dossier, packaging: readonly Software[]): AgentLink[] {
  const links: AgentLink[] = [];
  if (event.actorId && isDeed(event))
    links.push({ identifierType: 'UUID', id: event.actorId, role: 'implementer' });
  for (const software of programsOf(event, dossier, packaging))
    links.push({ identifierType: 'local', id: softwareId(software), role: 'executing program' });
  return [...links, { identifierType: 'UUID', id: event.stationId, role: 'station' }];
}

/** Every program that an event of the dossier names, each once. */
export function softwareOf(dossier: Dossier, packaging: readonly Software[]): Software[] {
  const all = [...preparations(dossier).flatMap(({ software }) => software), ...packaging];
  return [...new Map(all.map((software) => [softwareId(software), software])).values()];
}

/** The id of a program among the agents. */
export function softwareId({ name, version }: Software): string {
  return `${name} ${version}`;
}

/** How each pass of the tape was prepared, the delivered one and the others. */
export function preparations({ events }: Dossier): EventPayload<'pass.prepared'>[] {
  return events
    .filter((event) => event.type === 'pass.prepared')
    .map((event) => event.payload as EventPayload<'pass.prepared'>);
}

function isDeed({ type, payload }: LogEvent): boolean {
  if (type === 'pass.stop-requested') return (payload as { reason: string }).reason === 'operator';
  return deeds.has(type);
}

function programsOf(event: LogEvent, dossier: Dossier, packaging: readonly Software[]): readonly Software[] {
  if (event.type.startsWith('package.')) return packaging;
  if (programless.has(event.type) || (event.type === 'pass.stop-requested' && isDeed(event))) return [];
  const { passId } = event.payload as { passId?: string };
  return preparations(dossier).find((each) => each.passId === passId)?.software ?? [];
}
