import { HelicalError } from '#shared/domain/errors.ts';
import { type PassId, passIdSchema } from '#shared/domain/ids.ts';

/** A pass as named on the command line. INVALID_INPUT for what is no id. */
export function passIdOf(text: string): PassId {
  const parsed = passIdSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new HelicalError('INVALID_INPUT', {
    problem: `"${text}" is not the id of a pass.`,
    remedy: 'Look it up with: helical passes list.',
  });
}

/** The same, where a path would have done as well. FILE_UNREADABLE for what is neither. */
export function passIdBesidePath(text: string): PassId {
  const parsed = passIdSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new HelicalError('FILE_UNREADABLE', {
    problem: `${text} is neither a file that is there nor the id of a pass.`,
    remedy: 'Check the path, or look the pass up with: helical passes list.',
  });
}
