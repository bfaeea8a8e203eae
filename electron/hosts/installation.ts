import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where this copy of Helical lies: the folder of its package.json, found upwards, so that a bundle finds it too. */
export function findInstallation(from: string = import.meta.dirname) {
  let rootDir = from;
  while (!existsSync(join(rootDir, 'package.json'))) {
    const parent = dirname(rootDir);
    if (parent === rootDir) throw new Error(`no package.json above ${from}`);
    rootDir = parent;
  }
  const { version } = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')) as { version: string };
  return {
    rootDir,
    version,
    // A packaged app has them beside its archive, where people can read them.
    resourcesDir: join(rootDir.endsWith('.asar') ? dirname(rootDir) : rootDir, 'resources'),
    rendererDir: join(rootDir, 'out', 'renderer'),
  };
}
