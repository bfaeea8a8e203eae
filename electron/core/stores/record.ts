import type { Log } from '#core/log/log.ts';
import type { NewEvent } from '#shared/domain/events.ts';

/** The log as the engine uses it: only events of shared/domain/events.ts go in. */
export type HelicalLog = Log<NewEvent>;
