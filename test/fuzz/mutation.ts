import fc from 'fast-check';

/** A place in a text, as a share of its length, so that one mutation fits samples of any length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

/** What has no business in the output of a tool, and came all the same somewhere. */
const strange = fc.constantFrom(
  ...[
    '\0',
    '\r\n',
    '\r',
    '\n',
    '\n\n\n',
    '\t',
    '"',
    "'",
    '\\',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '</',
    '=',
    ':',
    ',',
  ],
  ...['?', '%', '&', ' ', '\u2028', '\ufeff', '\u202e', 'é', '水', '🎞️', '\ud800', 'NaN', 'null', '-1', 'N/A'],
  ...[
    '9'.repeat(30),
    '9'.repeat(400),
    '-9223372036854775808',
    '1e999',
    '0x7fffffff',
    '0/0',
    '1/0',
    '__proto__',
  ],
);

export type Mutation =
  | { kind: 'cut'; at: number }
  | { kind: 'remove'; from: number; to: number }
  | { kind: 'insert'; at: number; text: string }
  | { kind: 'flip'; at: number; bit: number }
  | { kind: 'number'; which: number; text: string }
  | { kind: 'repeat-line'; which: number; times: number }
  | { kind: 'repeat-part'; from: number; to: number; times: number }
  | { kind: 'swap-lines'; one: number; other: number }
  | { kind: 'join-lines' }
  | { kind: 'windows-lines' };

/** One to five changes that a crash, a disk, another release or a translation might make. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('cut' as const), at: place }),
    fc.record({ kind: fc.constant('remove' as const), from: place, to: place }),
    fc.record({ kind: fc.constant('insert' as const), at: place, text: strange }),
    fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.integer({ min: 0, max: 15 }) }),
    fc.record({ kind: fc.constant('number' as const), which: place, text: strange }),
    fc.record({
      kind: fc.constant('repeat-line' as const),
      which: place,
      times: fc.integer({ min: 2, max: 3000 }),
    }),
    fc.record({
      kind: fc.constant('repeat-part' as const),
      from: place,
      to: place,
      times: fc.integer({ min: 2, max: 3000 }),
    }),
    fc.record({ kind: fc.constant('swap-lines' as const), one: place, other: place }),
    fc.constant({ kind: 'join-lines' as const }),
    fc.constant({ kind: 'windows-lines' as const }),
  ),
  { minLength: 1, maxLength: 5 },
);

/** Longer than any listing; what a parser needs for more is its quadratic term. */
export const longest = 200_000;

export function mutate(sample: string, changes: readonly Mutation[]): string {
  return changes.reduce((text, change) => changed(text, change).slice(0, longest), sample);
}

function changed(text: string, change: Mutation): string {
  const at = (share: number) => Math.floor(share * text.length);
  switch (change.kind) {
    case 'cut':
      return text.slice(0, at(change.at));
    case 'remove': {
      const [from, to] = [at(change.from), at(change.to)].sort((a, b) => a - b);
      return text.slice(0, from) + text.slice(to);
    }
    case 'insert':
      return text.slice(0, at(change.at)) + change.text + text.slice(at(change.at));
    case 'flip': {
      const index = at(change.at);
      const code = text.charCodeAt(index);
      if (Number.isNaN(code)) return text;
      return text.slice(0, index) + String.fromCharCode(code ^ (1 << change.bit)) + text.slice(index + 1);
    }
    case 'number': {
      const numbers = [...text.matchAll(/\d+/g)];
      const found = numbers[Math.floor(change.which * numbers.length)];
      if (!found) return text;
      return text.slice(0, found.index) + change.text + text.slice(found.index + found[0].length);
    }
    case 'repeat-line': {
      const lines = text.split('\n');
      const which = Math.floor(change.which * lines.length);
      const line = `${lines[which] ?? ''}\n`;
      return [...lines.slice(0, which), line.repeat(fitting(line, change.times)), ...lines.slice(which)].join(
        '\n',
      );
    }
    case 'repeat-part': {
      const [from = 0, to = 0] = [at(change.from), at(change.to)].sort((a, b) => a - b);
      const part = text.slice(from, to);
      return text.slice(0, from) + part.repeat(fitting(part, change.times)) + text.slice(to);
    }
    case 'swap-lines': {
      const lines = text.split('\n');
      const [one, other] = [change.one, change.other].map((share) => Math.floor(share * lines.length));
      const [first, second] = [lines[one ?? 0], lines[other ?? 0]];
      if (first === undefined || second === undefined) return text;
      return lines
        .with(one ?? 0, second)
        .with(other ?? 0, first)
        .join('\n');
    }
    case 'join-lines':
      return text.replaceAll('\n', ' ');
    case 'windows-lines':
      return text.replaceAll('\n', '\r\n');
  }
}

function fitting(text: string, times: number): number {
  return Math.max(1, Math.min(times, Math.floor(longest / Math.max(1, text.length))));
}

/** JSON that is still JSON, with one value of it replaced by something of another kind. */
export const jsonChange = fc.record({
  which: place,
  value: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(null, -1, 0, 1e308, 1e-308, 2 ** 53, '', '9'.repeat(400), [], {}, true, [
      [[[]]],
    ]),
  ),
  remove: fc.boolean(),
});

/** Replaces or removes the value at one of all places in a document. */
export function changeJson(
  text: string,
  { which, value, remove }: { which: number; value: unknown; remove: boolean },
): string {
  const document: unknown = JSON.parse(text);
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const holder = node as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      walk(holder[key]);
    }
  };
  walk(document);
  const found = places[Math.floor(which * places.length)];
  if (found && remove) delete found.holder[found.key];
  else if (found) found.holder[found.key] = value;
  return JSON.stringify(document);
}
