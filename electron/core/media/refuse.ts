import type { HelicalError } from '#shared/domain/errors.ts';

/** Problems that are told without a path: a screen never names one. */
const sayable: readonly HelicalError['code'][] = [
  'NOT_FOUND',
  'WRONG_STATE',
  'INVALID_INPUT',
  'FFMPEG_MISSING',
];

/** A refusal in words, for a page that shows them. */
export function refuseInWords({ code, problem, safe, remedy }: HelicalError): Response {
  return Response.json({ code, problem, safe, remedy }, { status: statusOf({ code }) });
}

/** The same for work on many files, whose errors may name where those are: of such an error only its kind is said. */
export function refuseWithoutPaths(error: HelicalError): Response {
  if (sayable.includes(error.code)) return refuseInWords(error);
  const { code } = error;
  const said = {
    code,
    problem: 'A file that is needed for this cannot be read or written.',
    safe: 'Nothing was changed.',
    remedy: 'The log of the engine says which one.',
  };
  return Response.json(said, { status: statusOf(error) });
}

/** The HTTP status that a refusal has. */
export function statusOf({ code }: Pick<HelicalError, 'code'>): number {
  if (code === 'NOT_FOUND') return 404;
  if (code === 'WRONG_STATE') return 409;
  if (code === 'FILE_UNREADABLE') return 422;
  return code === 'INVALID_INPUT' ? 400 : 503;
}
