import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

it('docs/dependencies.md has a line of reason for every dependency, and for nothing else', () => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(read('package.json'));
  const wanted = ['dependencies', 'optionalDependencies', 'devDependencies'].map((each) =>
    Object.keys(manifest[each] ?? {}).sort(),
  );
  const explained = read('docs/dependencies.md')
    .split(/^## /m)
    .slice(1)
    .map((part) =>
      [...part.matchAll(/^\| (\S+) \| \S.*\|$/gm)]
        .map((row) => row[1] ?? '')
        .filter((name) => name !== 'Package'),
    );
  expect(explained.map((names) => names.sort())).toEqual([wanted[0], wanted[1], wanted[2]]);
});

it('pins every version exactly', () => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(read('package.json'));
  for (const each of ['dependencies', 'optionalDependencies', 'devDependencies']) {
    for (const [name, version] of Object.entries(manifest[each] ?? {}))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
