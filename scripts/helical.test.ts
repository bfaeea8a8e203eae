import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const shim = join(dirname(fileURLToPath(import.meta.url)), '..', 'electron', 'hosts', 'cli', 'helical.mjs');
let folder: string;
let command: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-shim-'));
  command = join(folder, 'electron', 'hosts', 'cli', 'helical.mjs');
  mkdirSync(dirname(command), { recursive: true });
  copyFileSync(shim, command);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a program in the place of the pinned Node. */
function pinnedNode(script: string): void {
  const place = join(folder, 'node_modules', 'node', 'bin', 'node');
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, `#!/bin/sh\n${script}\n`);
  chmodSync(place, 0o755);
}

describe.skipIf(process.platform === 'win32')('helical.mjs', () => {
  it('runs main.ts with the pinned Node, passing words and exit code on', () => {
    pinnedNode('echo "$@"; exit 5');
    const end = spawnSync(process.execPath, [command, 'verify', 'a b'], { encoding: 'utf8' });
    expect(end.status).toBe(5);
    expect(end.stdout.trim()).toBe(`${join(dirname(command), 'main.ts')} verify a b`);
  });

  it('has what was compiled kept beside the packages, unless its user says where', () => {
    pinnedNode('echo "$NODE_COMPILE_CACHE"');
    const env = { ...process.env };
    delete env['NODE_COMPILE_CACHE'];
    const where = (more: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, [command], { encoding: 'utf8', env: { ...env, ...more } }).stdout.trim();
    expect(where({})).toBe(join(folder, 'node_modules', '.cache', 'compiled'));
    expect(where({ NODE_COMPILE_CACHE: '/elsewhere' })).toBe('/elsewhere');
  });

  it('forwards a signal, and ends the way the command does', async () => {
    pinnedNode('trap "exit 9" TERM; echo ready; for i in $(seq 400); do sleep 0.05; done');
    const child = spawn(process.execPath, [command], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [exitCode] = await once(child, 'exit');
    expect(exitCode).toBe(9);
  });

  it('says what to do when nothing is installed, exit code 3', () => {
    const end = spawnSync(process.execPath, [command, 'doctor'], { encoding: 'utf8' });
    expect(end.status).toBe(3);
    expect(end.stderr).toContain('run "npm ci" in');
    expect(end.stderr.trim().split('\n')).toHaveLength(1);
  });
});
