import { readdirSync, readFileSync } from 'node:fs';
import { runTool } from '#core/ffmpeg/run.ts';

/**
 * What tells a process from a later one with the same pid: the moment of its start, in the system's own words. Undefined
 * when no such process runs; a process that has ended and was not collected (a zombie) does not run.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return linuxStart(pid);
  if (process.platform === 'win32') {
    const script = `(Get-Process -Id ${pid} -ErrorAction SilentlyContinue).StartTime.Ticks`;
    return printed('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]);
  }
  const said = await printed('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  return said?.startsWith('Z') ? undefined : said?.replace(/^\S+\s+/, '');
}

/** proc(5): state and start time (clock ticks since the boot, field 22) stand behind the name in brackets. */
function linuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ESRCH: it ended between the opening and the reading.
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

async function printed(path: string, args: string[]): Promise<string | undefined> {
  const end = await runTool(path, args);
  return (end.reason === 'finished' && end.stdout.toString('utf8').trim()) || undefined;
}

/** True when the process that started then is still the one with this pid, and runs. */
export async function isSameProcess(pid: number, start: string): Promise<boolean> {
  return (await processStart(pid)) === start;
}

/**
 * The process that was started with this argument, where the system lets one look (Linux): for the moment between the start
 * of a recorder and the writing of its pid. Undefined elsewhere, and when there is none.
 */
export function findProcessWithArgument(argument: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').includes(argument)) return Number(name);
    } catch (error) {
      // It ended meanwhile, or belongs to somebody else.
      if (!['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return undefined;
}
