import { readFileSync } from 'node:fs';

/** Linux counts the time of processes in hundredths of a second for everyone (USER_HZ, proc(5)). */
const ticksPerSecond = 100;

/**
 * Processor time in seconds, user and system, of all threads of this process so far, and of the children that have ended. Without
 * /proc (not on Linux) no child counts.
 */
export function cpuSecondsSoFar(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childSeconds();
}

function childSeconds(): number {
  if (process.platform !== 'linux') return 0;
  // The name of the process stands in brackets and may hold blanks: fields 16 and 17 are counted from behind it.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}
