import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { HelicalError } from '#shared/domain/errors.ts';
import { locateTool } from './locate-tool.ts';

/** Path of dvrescue (`HELICAL_DVRESCUE` names another); undefined where it is not installed. HelicalError INVALID_INPUT. */
export function locateDvrescue(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  return locateTool('dvrescue', 'HELICAL_DVRESCUE', environment);
}

/**
 * Has dvrescue read every frame of a DV master and write what it finds: `ffmpeg -c copy -f rawvideo | dvrescue - -x`, as
 * documented in mipops/dvrescue issue 464. The master is only read. HelicalError FFMPEG_FAILED; rejects with the signal's
 * reason when aborted. @param reportPath must not exist yet.
 */
export async function writeDvReport(job: {
  ffmpegPath: string;
  dvrescuePath: string;
  masterPath: string;
  reportPath: string;
  signal: AbortSignal;
}): Promise<void> {
  const { ffmpegPath, dvrescuePath, masterPath, reportPath, signal } = job;
  const copy = ['-v', 'error', '-nostdin', '-i', masterPath, '-map', '0:v:0', '-c', 'copy', '-f', 'rawvideo'];
  const reader = spawn(ffmpegPath, [...copy, 'pipe:1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const judge = spawn(dvrescuePath, ['-', '-x', reportPath, '-v', '0'], {
    stdio: ['pipe', 'ignore', 'pipe'],
    windowsHide: true,
  });
  const stop = () => {
    reader.kill('SIGKILL');
    judge.kill('SIGKILL');
  };
  signal.addEventListener('abort', stop, { once: true });
  let said = '';
  for (const { stderr } of [reader, judge]) {
    stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
  }
  const ends = [endOf(reader, 'ffmpeg'), endOf(judge, 'dvrescue')];
  try {
    // A dvrescue that ends early closes the pipe; its own end says why.
    await pipeline(reader.stdout, judge.stdin).catch(() => {});
    const wrong = (await Promise.all(ends)).filter((end) => end !== undefined);
    signal.throwIfAborted();
    if (wrong.length > 0) throw notMade(`${wrong.join('; ')}. ${said.trim()}`.trim());
  } finally {
    stop();
    signal.removeEventListener('abort', stop);
  }
}

/** Undefined when all went well, else how it ended. */
async function endOf(child: ReturnType<typeof spawn>, name: string): Promise<string | undefined> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return code === 0 ? undefined : `${name} ended ${signal ? `by ${signal}` : `with code ${code}`}`;
  } catch (error) {
    return `${name} cannot be started: ${(error as Error).message}`;
  }
}

function notMade(why: string): HelicalError {
  return new HelicalError('FFMPEG_FAILED', {
    problem: `The report of the DV stream was not made: ${why}`,
    safe: 'The master is whole.',
    remedy: 'Run dvrescue on it by hand to see what it says.',
  });
}
