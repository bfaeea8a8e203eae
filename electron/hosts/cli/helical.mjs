#!/usr/bin/env node
// The command `helical` on any Node: finds the pinned Node that came with the packages and runs the real one with it
// (better-sqlite3 does not run on older releases). No imports but node:*, since packages may be missing.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (existsSync(node)) run();
else {
  const what = existsSync(join(root, 'node_modules'))
    ? 'The Node that Helical runs on'
    : 'What Helical stands on';
  process.stderr.write(`${what} is not installed yet: run "npm ci" in ${root}.\n`);
  process.exitCode = 3;
}

function run() {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  // A terminal sends Ctrl-C to the whole group, so the child has it already; a supervisor sends it to this process alone.
  // Listening begins before the start: a signal in between must not leave the child behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child?.kill(signal);
    });
  }
  child = spawn(node, [join(here, 'main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    // What Node compiled of the sources is kept for the next command, which begins in half the time. Beside the packages: what is
    // run from there is as safe as they are, and goes with them. Where it cannot be written Node goes on without it.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env },
  });
  child.on('error', (error) => {
    process.stderr.write(`${node} cannot be started: ${error.message}.\n`);
    process.exitCode = 3;
  });
  child.on('exit', (exitCode, signal) => {
    process.exitCode = exitCode ?? 128 + constants.signals[signal];
  });
}
