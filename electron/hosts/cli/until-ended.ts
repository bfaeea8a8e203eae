const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does a work that runs programs of its own; a signal that ends this program ends them first, since they would go on alone: a decoder reads its file to
 * the end. Nothing of the work is kept. Then the program ends by the same signal, as if nobody had listened.
 */
export async function untilEnded<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const leaving = new AbortController();
  let asked: NodeJS.Signals | undefined;
  const leave = (signal: NodeJS.Signals): void => {
    asked ??= signal;
    leaving.abort();
  };
  for (const signal of endings) process.on(signal, leave);
  try {
    return await work(leaving.signal);
  } finally {
    for (const signal of endings) process.off(signal, leave);
    if (asked) process.kill(process.pid, asked);
  }
}
