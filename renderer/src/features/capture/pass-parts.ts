import type { Pass } from '#shared/domain/pass.ts';

export type Alarm = Pass['alarms'][number];
export type Mark = Pass['marks'][number];
