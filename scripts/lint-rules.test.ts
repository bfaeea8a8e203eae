import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const imports = 'noRestrictedImports';

/** Where a line stands, the line, and the rule that must refuse it (undefined: it must pass). */
const samples: readonly (readonly [path: string, line: string, rule?: string])[] = [
  // shared is pure
  ['shared/domain/a.ts', "import '#core/db/open.ts';", imports],
  ['shared/domain/b.ts', "import '../../electron/core/db/open.ts';", imports],
  ['shared/domain/c.ts', "import 'node:fs';", imports],
  ['shared/domain/d.ts', "import '@orpc/contract';", imports],
  ['shared/domain/e.ts', "import 'zod';"],
  ['shared/contract/a.ts', "import '@orpc/contract';"],
  ['shared/contract/b.ts', "import '../domain/tape.ts';"],
  ['shared/contract/c.ts', "import 'node:path';", imports],
  // core, downwards only
  ['electron/core/ffmpeg/a.ts', "import '#core/essence/digest.ts';", imports],
  ['electron/core/ffmpeg/b.ts', "import '#shared/domain/errors.ts';"],
  ['electron/core/essence/a.ts', "import '../db/open.ts';", imports],
  ['electron/core/db/a.ts', "import '#core/log/append.ts';", imports],
  ['electron/core/log/a.ts', "import '#core/db/open.ts';"],
  ['electron/core/log/b.ts', "import '../stores/tapes.ts';", imports],
  ['electron/core/log/c.ts', "import '../core.ts';", imports],
  ['electron/core/stores/a.ts', "import '#core/devices/device.ts';", imports],
  ['electron/core/stores/b.ts', "import '#core/log/append.ts';"],
  ['electron/core/devices/a.ts', "import '#core/capture/session.ts';", imports],
  ['electron/core/devices/simulator/a.ts', "import '../device.ts';"],
  ['electron/core/devices/simulator/b.ts', "import '../decklink/card.ts';", imports],
  ['electron/core/capture/a.ts', "import '#core/qc/runner.ts';", imports],
  ['electron/core/capture/b.ts', "import '#core/exports/registry.ts';", imports],
  ['electron/core/capture/c.ts', "import '#core/essence/digest.ts';"],
  [
    'electron/core/qc/a.ts',
    "import type { A } from '#core/capture/session.ts';\nexport type B = A;",
    imports,
  ],
  ['electron/core/qc/b.ts', "export * from '../exports/registry.ts';", imports],
  ['electron/core/exports/a.ts', "await import('#core/capture/session.ts');", imports],
  ['electron/core/compare/a.ts', "import '#core/capture/session.ts';"],
  ['electron/core/compare/b.ts', "import '#core/media/handler.ts';", imports],
  ['electron/core/station-test/a.ts', "import '#core/capture/session.ts';"],
  ['electron/core/station-test/b.ts', "import '#core/api/router.ts';", imports],
  ['electron/core/capture/g.ts', "import '#core/station-test/bars.ts';", imports],
  ['electron/core/media/a.ts', "import '#core/api/router.ts';", imports],
  ['electron/core/api/a.ts', "import '#core/media/handler.ts';", imports],
  ['electron/core/api/b.ts', "import '@orpc/server';"],
  ['electron/core/core.ts', "import './api/router.ts';"],
  ['electron/core/capture/d.ts', "import '#hosts/serve.ts';", imports],
  ['electron/core/capture/e.ts', "import '@orpc/server';", imports],
  ['electron/core/capture/f.ts', "import '../../hosts/serve.ts';", imports],
  // checks and profiles stand alone
  ['electron/core/qc/checks/a.ts', "import './black.ts';", imports],
  ['electron/core/qc/checks/b.ts', "import '../check.ts';"],
  ['electron/core/qc/checks/registry.ts', "import './black.ts';"],
  ['electron/core/exports/profiles/a.ts', "import './other.ts';", imports],
  // electron in two rooms only
  ['electron/core/db/b.ts', "import 'electron';", imports],
  ['electron/hosts/a.ts', "import 'electron/main';", imports],
  ['electron/main/a.ts', "import 'electron';"],
  ['electron/preload/a.ts', "import 'electron';"],
  ['electron/preload/b.ts', "import '#hosts/service.ts';", imports],
  // hosts
  ['electron/hosts/b.ts', "import '#core/core.ts';"],
  ['electron/hosts/cli/a.ts', "import '../../core/core.ts';", imports],
  ['electron/hosts/c.ts', "import '@orpc/server';"],
  // the page
  ['renderer/src/features/tapes/a.tsx', "import '#core/core.ts';", imports],
  ['renderer/src/features/tapes/b.tsx', "import 'node:path';", imports],
  ['renderer/src/features/tapes/c.tsx', "import '@orpc/client';", imports],
  ['renderer/src/features/tapes/d.tsx', "import '../../../../electron/core/core.ts';", imports],
  ['renderer/src/features/tapes/e.tsx', "import 'electron';", imports],
  ['renderer/src/features/tapes/f.tsx', "import '../../ui/Button.tsx';\nimport '#shared/domain/tape.ts';"],
  ['renderer/src/api/a.ts', "import '@orpc/client';"],
  ['renderer/src/api/b.ts', "import 'node:net';", imports],
  // console
  ['electron/core/db/c.ts', "console.log('open');", 'noConsole'],
  ['renderer/src/state/a.ts', "console.error('lost');", 'noConsole'],
  ['electron/hosts/cli/b.ts', "console.log('done');"],
  // colours
  ['renderer/src/ui/Button.module.css', '.a {\n  color: #a1b2c3;\n}', 'noHexColors'],
  ['renderer/src/ui/tokens.css', ':root {\n  --ink: #a1b2c3;\n}'],
  ['renderer/src/ui/a.tsx', "export const ink = '#a1b2c3';", 'plugin'],
  ['renderer/src/ui/b.tsx', 'export const Ink = () => <i color="#fff" />;', 'plugin'],
  ['renderer/src/ui/c.tsx', 'export const Link = () => <a href="#tapes">tape #12</a>;'],
  // cycles, default exports
  ['electron/core/db/cycle-one.ts', "import './cycle-two.ts';", 'noImportCycles'],
  ['electron/core/db/cycle-two.ts', "import './cycle-one.ts';", 'noImportCycles'],
  ['electron/core/db/d.ts', 'export default 1;', 'noDefaultExport'],
];

const relevant = [imports, 'noConsole', 'noHexColors', 'plugin', 'noImportCycles', 'noDefaultExport'];
let folder: string;
let found: Map<string, Set<string>>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-lint-'));
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  cpSync(join(root, 'scripts', 'lint'), join(folder, 'scripts', 'lint'), { recursive: true });
  // biome asks for an ignore file with something in it.
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n');
  for (const [path, line] of samples) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${line}\n`);
  }
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const argv = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const end = spawnSync(process.execPath, argv, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const report: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(end.stdout);
  found = Map.groupBy(report.diagnostics, (each) => each.location.path.replaceAll('\\', '/'))
    .entries()
    .reduce(
      (rules, [path, each]) =>
        rules.set(path, new Set(each.map((one) => one.category.split('/').at(-1) ?? ''))),
      new Map<string, Set<string>>(),
    );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('lint rules', () => {
  it.each(
    samples.map(([path, line, rule]) => ({
      path,
      line,
      rule,
      verdict: rule ? `refused by ${rule}` : 'passes',
    })),
  )('$path: $line $verdict', ({ path, rule }) => {
    const broken = relevant.filter((each) => found.get(path)?.has(each));
    expect(broken).toEqual(rule === undefined ? [] : [rule]);
  });
});
