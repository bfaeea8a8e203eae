/** Where a command speaks: its result on standard output, everything else on standard error. */
export interface Output {
  /** The one result. `say` words it for people; with --json the value itself is written. */
  result(value: unknown, say: () => string): void;
  /** A line for people, on standard error. */
  note(line: string): void;
  /** What is going on now: one line that changes on a terminal, a line now and then elsewhere. */
  progress(line: string): void;
  /** Leaves the changing line as it stands. */
  endProgress(): void;
}

/** On no terminal, progress is for logs: one line in this time is enough. */
const quietIntervalMs = 5000;

export function createOutput(json: boolean): Output {
  const { stdout, stderr } = process;
  let isLineOpen = false;
  let lastProgressMs = Number.NEGATIVE_INFINITY;
  const endProgress = (): void => {
    if (isLineOpen) stderr.write('\n');
    isLineOpen = false;
  };
  return {
    result(value, say) {
      endProgress();
      stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${say()}\n`);
    },
    note(line) {
      endProgress();
      stderr.write(`${line}\n`);
    },
    progress(line) {
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[2K${line.slice(0, Math.max(20, stderr.columns - 1))}`);
        isLineOpen = true;
      } else if (performance.now() - lastProgressMs >= quietIntervalMs) {
        lastProgressMs = performance.now();
        stderr.write(`${line}\n`);
      }
    },
    endProgress,
  };
}

/** `[#####-----]  50 %`, for a share from 0 to 1. */
export function bar(share: number, width = 24): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
}

/** Columns of equal width, for lists on a terminal. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, at) => (cells[at] ?? '').padEnd(width))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)].join('\n');
}
