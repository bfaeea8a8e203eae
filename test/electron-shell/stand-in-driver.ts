import { type ChildProcess, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import type { Shell, ShellOptions } from './driver.ts';
import type { Answer, Question } from './stand-in/control.ts';

const root = join(import.meta.dirname, '..', '..');
const register = pathToFileURL(join(import.meta.dirname, 'stand-in', 'register.ts')).href;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Environment under which a Node runs the built shell, and the shell's own children, on the stand-in. */
function environment({ dataDir, userDataDir }: ShellOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HELICAL_DATA: dataDir,
    STAND_IN_USER_DATA: userDataDir,
    NODE_OPTIONS: `--import=${register}`,
  };
}

/** The built shell on the stand-in: main in a process of its own, its window a page that this spec can drive too. */
export async function startStandIn(options: ShellOptions): Promise<Shell> {
  const child = fork(root, [], {
    env: environment(options),
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastQuestion = 0;
  child.on('message', (answer: Answer) => {
    const question = waiting.get(answer.id);
    if ('error' in answer) question?.reject(new Error(answer.error));
    else question?.resolve(answer.value);
  });
  void ended.then((exitCode) => {
    for (const { reject } of waiting.values()) reject(new Error(`the shell ended with ${exitCode}`));
  });
  const ask = (question: WithoutId<Question>): Promise<unknown> => {
    lastQuestion += 1;
    const asked = Promise.withResolvers<unknown>();
    waiting.set(lastQuestion, asked);
    child.send({ id: lastQuestion, ...question });
    return asked.promise;
  };
  let browser: Browser | undefined;
  return {
    inMain: (run, argument) =>
      ask({ kind: 'evaluate', source: run.toString(), argument }) as ReturnType<typeof run & never>,
    async page() {
      browser ??= await chromium.connectOverCDP((await ask({ kind: 'cdp' })) as string);
      for (;;) {
        const page = browser.contexts()[0]?.pages().at(0);
        if (page) return page;
        await wait(20);
      }
    },
    ended,
    async [Symbol.asyncDispose]() {
      await browser?.close().catch(() => {});
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

export function startStandInProgram(
  args: readonly string[],
  options: ShellOptions,
  output: 'inherit' | 'pipe',
): ChildProcess {
  return spawn(process.execPath, [root, ...args], {
    env: environment(options),
    stdio: ['ignore', output, 'inherit'],
  });
}
