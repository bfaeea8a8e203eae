/** An event as it stands in the log. The payload is what was hashed, parsed from its canonical JSON. */
export interface LogEvent<Type extends string = string, Payload = unknown> {
  /** 1, 2, 3 ... without a gap; the only order there is (a clock may go backwards). */
  seq: number;
  /** UUIDv7. */
  eventUuid: string;
  /** UTC ISO 8601 with milliseconds, as this station's clock said. */
  recordedAt: string;
  /** The same, of the moment it happened, where that was earlier than its recording. */
  occurredAt: string;
  type: Type;
  /** Id of a person; null for what the log writes about itself. */
  actorId: string | null;
  stationId: string;
  payload: Payload;
  /** SHA-256 in hex: of the event before, and of this one. */
  prevHash: string;
  hash: string;
}

/** An event about to be written. */
export interface EventDraft<Type extends string = string, Payload = unknown> {
  type: Type;
  payload: Payload;
  actorId: string | null;
  /** UTC ISO 8601 with milliseconds, where it happened earlier than now. */
  occurredAt?: string | undefined;
}

export const linkKinds = [
  'tape',
  'pass',
  'file',
  'batch',
  'package',
  'device',
  'person',
  'certificate',
] as const;
export type EventLinkKind = (typeof linkKinds)[number];

/** One thing an event is about. A device's object id is its serial number where it has one. */
export interface EventLink {
  kind: EventLinkKind;
  objectId: string;
}
