/** One option of a demuxer, as `ffmpeg -h demuxer=NAME` tells it. */
export interface DemuxerOption {
  /** `int`, `boolean`, `string`, ... */
  readonly type: string;
  readonly description: string;
  /** Names that the option knows for its values, in the order of the listing; empty where it knows none. */
  readonly values: readonly string[];
  /** As printed behind `default`; undefined where nothing is printed. */
  readonly default: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Options by name, without the dash. */
export type DemuxerOptions = ReadonlyMap<string, DemuxerOption>;

/**
 * Reads `ffmpeg -h demuxer=NAME`; undefined when this build has no such demuxer (`Unknown format 'NAME'.`, with exit code 0).
 * Lines of options are `  -name <type> FLAGS description (from A to B) (default C)`, those of their named values are
 * `     name value FLAGS description`: libavutil/opt.c, opt_list().
 */
export function parseDemuxerHelp(help: string): DemuxerOptions | undefined {
  if (!/^Demuxer \S+ \[/m.test(help)) return undefined;
  const options = new Map<string, DemuxerOption & { values: string[] }>();
  let current: { values: string[] } | undefined;
  for (const line of help.split(/\r?\n/)) {
    const option = /^ {2}-(\S+) +<(\w+)> +[A-Z.]{8,12}(?: (.*))?$/.exec(line);
    if (option) {
      const [, name = '', type = '', text = ''] = option;
      const { description, from, to, default: standard } = limitsOf(text);
      const read = { type, description, values: [], default: standard, from, to };
      options.set(name, read);
      current = read;
      continue;
    }
    const value = /^ {5}(\S+) +(?:\S+ +)?[A-Z.]{8,12}(?: .*)?$/.exec(line)?.[1];
    if (value !== undefined) current?.values.push(value);
  }
  return options;
}

function limitsOf(text: string) {
  const range = / ?\(from (\S+) to (\S+)\)/.exec(text);
  const standard = / ?\(default (.*)\)$/.exec(text)?.[1];
  const end = Math.min(
    ...[range?.index, text.search(/ ?\(default .*\)$/)].map((at) =>
      at === undefined || at < 0 ? text.length : at,
    ),
  );
  return {
    description: text.slice(0, end),
    from: range?.[1],
    to: range?.[2],
    default: standard?.replace(/^"(.*)"$/, '$1'),
  };
}
