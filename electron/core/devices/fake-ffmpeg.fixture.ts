import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One answer of a stand-in for ffmpeg: to a command line that holds all of these words. */
export interface FakeAnswer {
  when: readonly string[];
  stdout?: string;
  stderr?: string;
  /** Default 0. */
  exitCode?: number;
  /** Something that one process can have at a time, for a tenth of a second: who comes meanwhile is told this, and ends with 1. */
  exclusive?: string;
}

/** The list of devices as ffmpeg prints it, with these inputs. */
export function fakeDevices(...inputs: readonly string[]): FakeAnswer {
  const lines = inputs.map((name) => ` D  ${name.padEnd(15)} recorded`);
  return {
    when: ['-devices'],
    stdout: ['Devices:', ' D. = Demuxing supported', ' --', ...lines, ''].join('\n'),
  };
}

/**
 * Writes a program that answers as an ffmpeg with hardware would: the first answer whose words are all on the command line.
 * Anything else ends with 99, so that no test passes for want of an answer. It writes each command line into `calls.jsonl`.
 */
export async function fakeFfmpeg(
  folder: string,
  name: string,
  answers: readonly FakeAnswer[],
): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  const script = `#!${process.execPath}
import { appendFileSync, mkdirSync, rmdirSync } from 'node:fs';
const said = process.argv.slice(2);
appendFileSync(${JSON.stringify(join(folder, 'calls.jsonl'))}, JSON.stringify(said) + '\\n');
const answers = ${JSON.stringify(answers)};
const answer = answers.find(({ when }) => when.every((word) => said.includes(word)));
if (answer?.exclusive) {
  const lock = ${JSON.stringify(join(folder, 'in-use'))};
  try {
    mkdirSync(lock);
  } catch {
    process.stderr.write(answer.exclusive);
    process.exit(1);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  rmdirSync(lock);
}
process.stdout.write(answer?.stdout ?? '');
process.stderr.write(answer ? (answer.stderr ?? '') : 'fake ffmpeg: no answer to ' + said.join(' '));
process.exitCode = answer ? (answer.exitCode ?? 0) : 99;
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}
