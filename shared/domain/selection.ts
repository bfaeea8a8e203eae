import { HelicalError } from './errors.ts';

/** What the operator chose to record from: a kind of source, one of that kind, and how it is to be opened. */
export interface Selection {
  /** Kind of source: `simulator`, `file`, `decklink`, `v4l2`, ... */
  sourceId: string;
  /** Which one: a card's name, a recipe, the path of a media file. Taken letter by letter. */
  argument?: string;
  /** How: `{ video: 'sdi', timecode: 'vitc' }`. Names and values mean what the kind of source says. */
  options?: Readonly<Record<string, string>>;
  /** Capture length in seconds where the operator set one. Not part of the text. */
  durationS?: number;
}

const optionText = /^[a-z][a-z0-9_-]*=[^&?]*$/;

/**
 * Reads `KIND`, `KIND:WHICH` or `KIND:WHICH?name=value&name=value`, as in `decklink:DeckLink Duo (1)?video=sdi&timecode=vitc`.
 *
 * WHICH stands as it is, spaces, colons, brackets and per cent signs included, so that paths and cards' names need no
 * quoting. Options begin at the last question mark, where what follows is nothing or a list of options. A name that itself
 * ends so gets a question mark more, behind which no options stand. In a value `%26`, `%3F` and `%25` stand for `&`, `?`
 * and `%`. Throws HelicalError INVALID_INPUT.
 */
export function parseSelection(text: string): Selection {
  const [head, options] = splitOptions(text);
  const colon = head.indexOf(':');
  const sourceId = (colon < 0 ? head : head.slice(0, colon)).trim();
  const argument = colon < 0 ? undefined : head.slice(colon + 1);
  if (sourceId === '') throw invalid('No source was named.', 'Choose one that `helical sources` lists.');
  if (argument?.trim() === '') {
    throw invalid(`Nothing follows the colon in "${text}".`, 'Name behind it what is to be opened.');
  }
  return {
    sourceId,
    ...(argument === undefined ? {} : { argument }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

/** Writes what `parseSelection` reads. `durationS` is left out. */
export function formatSelection({ sourceId, argument, options = {} }: Selection): string {
  const head = argument === undefined ? sourceId : `${sourceId}:${argument}`;
  const written = Object.entries(options).map(([name, value]) => `${name}=${escapeValue(value)}`);
  if (written.length > 0) return `${head}?${written.join('&')}`;
  return optionsStart(head) === undefined ? head : `${head}?`;
}

/** Where the options begin: behind the last question mark, if that is what stands there. */
function optionsStart(text: string): number | undefined {
  const mark = text.lastIndexOf('?');
  if (mark < 0) return undefined;
  const tail = text.slice(mark + 1);
  return tail === '' || tail.split('&').every((part) => optionText.test(part)) ? mark : undefined;
}

function splitOptions(text: string): [head: string, options: Record<string, string>] {
  const mark = optionsStart(text);
  if (mark === undefined) return [text, {}];
  const options = new Map<string, string>();
  for (const part of text.slice(mark + 1).split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, equals);
    if (options.has(name)) throw invalid(`"${text}" sets ${name} twice.`, 'Set each option once.');
    options.set(name, unescapeValue(part.slice(equals + 1)));
  }
  return [text.slice(0, mark), Object.fromEntries(options)];
}

function escapeValue(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('&', '%26').replaceAll('?', '%3F');
}

function unescapeValue(text: string): string {
  return text.replace(/%(?:26|3F|25)/g, (escaped) =>
    String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
  );
}

function invalid(problem: string, remedy: string): HelicalError {
  return new HelicalError('INVALID_INPUT', { problem, safe: 'Nothing was opened.', remedy });
}
