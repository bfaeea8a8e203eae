import type { DerivedWork } from '#shared/domain/pass.ts';
import { filterText } from './escape.ts';

/**
 * A gate in front of a derived work: a filter that keeps what has a key that nothing has, once it is enabled, and that is nothing.
 * Disabled, as it begins, it hands on what comes. Any number of them may be in front of one work.
 */
export function gate(filter: 'metadata' | 'ametadata', work: DerivedWork): string {
  return filterText(`${filter}@${nameOf(work)}`, { mode: 'select', key: 'helical.never', enable: 0 });
}

/**
 * Lines for the decoder's standard input that shut the gates of a work, or open them. A gate that is shut lets no frame
 * through: what hangs behind it costs nothing, and the others go on. ffmpeg(1), "Send or queue a command" (`C`: to all
 * filters of the name); the timeline command `enable` (ffmpeg-filters, "Timeline editing").
 */
export function gateCommands(work: DerivedWork, state: 'shut' | 'open'): string[] {
  const enable = state === 'shut' ? 1 : 0;
  return ['metadata', 'ametadata'].map((filter) => `C${filter}@${nameOf(work)} -1 enable ${enable}\n`);
}

function nameOf(work: DerivedWork): string {
  return `gate-${work}`;
}
