import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRecentEnough, parseVersion } from '../electron/core/ffmpeg/version.ts';
import { isRecentFfmpeg, type Machine } from './machine.mjs';
import { parseArguments, ready, requireNode } from './ready.mjs';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-ready-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const lockFile = JSON.stringify({
  packages: {
    '': {},
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/other-system': { version: '1.0.0', optional: true },
  },
});

function write(path: string, text: string, mode = 0o644): string {
  const place = join(folder, path);
  mkdirSync(join(place, '..'), { recursive: true });
  writeFileSync(place, text);
  chmodSync(place, mode);
  return place;
}

/** A program that does what the shell lines say; `$CALLS` is the file that records calls. */
function program(path: string, ...lines: string[]): string {
  return write(
    path,
    `#!/bin/sh\nPATH=/usr/bin:/bin\nCALLS=${folder}/calls\nHERE=${folder}\n${lines.join('\n')}\n`,
    0o755,
  );
}

const tool = (name: string, version: string) =>
  `printf '#!/bin/sh\\necho "${name} version ${version} Copyright"\\n' > $HERE/bin/${name}; chmod +x $HERE/bin/${name}`;
const bringFfmpeg = [tool('ffmpeg', '5.1.9'), tool('ffprobe', '5.1.9')];

/** A machine with packages and pinned Node in place, and a PATH that holds only what a test puts into `bin`. */
function machine(more: Partial<Machine> = {}): Machine {
  write('package.json', '{}');
  write('package-lock.json', lockFile);
  write('node_modules/.package-lock.json', lockFile);
  write('node_modules/zod/package.json', '{}');
  program('node_modules/node/bin/node', 'echo v24.21.0');
  mkdirSync(join(folder, 'bin'), { recursive: true });
  write('lists/deb.debian.org_Packages', '');
  write('fonts/DejaVuSans.ttf', '');
  return {
    root: folder,
    environment: { PATH: join(folder, 'bin') },
    platform: 'linux',
    isRoot: true,
    systemFolders: [],
    chromiumPlaces: [],
    aptLists: join(folder, 'lists'),
    fontFolders: [join(folder, 'fonts')],
    say: (line) => said.push(line),
    ...more,
  };
}

const calls = () =>
  existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : [];

function installTools(version = '5.1.9'): void {
  for (const name of ['ffmpeg', 'ffprobe'])
    program(`bin/${name}`, `echo "${name} version ${version} Copyright"`);
}

describe.skipIf(process.platform === 'win32')('ready', () => {
  it('says and does nothing when everything is there, and puts the pinned Node first', async () => {
    const here = machine();
    installTools();
    const environment = await ready(here, 'demo');
    expect(said).toEqual([]);
    expect(environment.PATH?.split(delimiter)).toEqual([
      join(folder, 'node_modules/node/bin'),
      join(folder, 'node_modules/.bin'),
      join(folder, 'bin'),
    ]);
  });

  it('installs packages when there are none', async () => {
    const here = machine();
    rmSync(join(folder, 'node_modules/.package-lock.json'));
    program('bin/npm', 'echo "npm $*" >> $CALLS');
    installTools();
    await ready(here, 'demo');
    expect(calls()).toEqual(['npm ci --no-audit --no-fund --ignore-scripts']);
    expect(said.join()).toContain('npm ci');
  });

  it('installs packages when the lock file asks for other ones, but not for an absent optional one', async () => {
    const here = machine();
    program('bin/npm', 'echo "npm $*" >> $CALLS');
    installTools();
    write('node_modules/.package-lock.json', '{"packages":{"node_modules/zod":{"version":"4.6.7"}}}');
    await ready(here, 'demo');
    expect(calls()).toEqual([]);
    write('node_modules/.package-lock.json', '{"packages":{"node_modules/zod":{"version":"4.6.6"}}}');
    await ready(here, 'demo');
    expect(calls()).toHaveLength(1);
  });

  it('passes on what npm said when it fails', async () => {
    const here = machine();
    rmSync(join(folder, 'node_modules'), { recursive: true });
    program('bin/npm', 'echo "npm error network is unreachable" >&2; exit 1');
    await expect(ready(here, 'demo')).rejects.toThrow('network is unreachable');
  });

  it('mends a pinned Node that npm did not bring', async () => {
    const here = machine();
    rmSync(join(folder, 'node_modules/node'), { recursive: true });
    installTools();
    program(
      'bin/npm',
      'echo "npm $*" >> $CALLS; mkdir -p $HERE/node_modules/node/bin; printf "#!/bin/sh\\necho v24.21.0\\n" > $HERE/node_modules/node/bin/node; chmod +x $HERE/node_modules/node/bin/node',
    );
    await ready(here, undefined);
    expect(calls()).toEqual(['npm rebuild node --ignore-scripts=false']);
  });

  it('says how to mend a pinned Node that stays away', async () => {
    const here = machine();
    rmSync(join(folder, 'node_modules/node'), { recursive: true });
    program('bin/npm', 'exit 0');
    await expect(ready(here, undefined)).rejects.toThrow('npm rebuild node --ignore-scripts=false');
  });

  it('tries the npm packages of ffmpeg before the system is asked', async () => {
    const here = machine();
    for (const name of ['ffmpeg-static', `@ffprobe-installer/${here.platform}-${process.arch}`]) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    }
    program('bin/npm', 'echo "npm $*" >> $CALLS; exit 1');
    await expect(ready(here, 'demo')).rejects.toThrow('installed by hand');
    expect(calls()).toEqual([
      `npm rebuild ffmpeg-static @ffprobe-installer/${here.platform}-${process.arch} --ignore-scripts=false`,
    ]);
  });

  it('installs what is missing with apt-get, in one call, said before', async () => {
    const here = machine();
    rmSync(join(folder, 'fonts'), { recursive: true });
    program(
      'bin/apt-get',
      'echo "$DEBIAN_FRONTEND apt-get $*" >> $CALLS',
      ...bringFfmpeg,
      'printf "#!/bin/sh\\n" > $HERE/bin/chromium; chmod +x $HERE/bin/chromium; mkdir -p $HERE/fonts/x; touch $HERE/fonts/x/a.ttf',
    );
    const environment = await ready(here, 'test');
    expect(calls()).toEqual([
      'noninteractive apt-get install -y --no-install-recommends ffmpeg chromium fonts-dejavu-core',
    ]);
    expect(said).toEqual([
      expect.stringContaining('installing ffmpeg with ffprobe 5.1 or newer and Chromium and a font'),
    ]);
    expect(environment.HELICAL_CHROMIUM).toBe(join(folder, 'bin/chromium'));
  });

  it('replaces an ffmpeg that is too old, and leaves Chromium alone for the demo', async () => {
    const here = machine();
    installTools('4.4.2');
    program('bin/apt-get', 'echo "apt-get $*" >> $CALLS', ...bringFfmpeg);
    await ready(here, 'demo');
    expect(calls()).toEqual(['apt-get install -y --no-install-recommends ffmpeg']);
  });

  it('reads the package lists first when there are none', async () => {
    const here = machine({ aptLists: join(folder, 'no-lists') });
    program('bin/apt-get', 'echo "apt-get $1" >> $CALLS', ...bringFfmpeg);
    await ready(here, 'demo');
    expect(calls()).toEqual(['apt-get update', 'apt-get install']);
  });

  it('reads stale package lists again and tries once more', async () => {
    const here = machine();
    program(
      'bin/apt-get',
      'echo "apt-get $1" >> $CALLS',
      '[ "$1" = update ] && exit 0',
      '[ "$(grep -c install $CALLS)" = 1 ] && exit 100',
      ...bringFfmpeg,
    );
    await ready(here, 'demo');
    expect(calls()).toEqual(['apt-get install', 'apt-get update', 'apt-get install']);
  });

  it('uses sudo without a password when not root', async () => {
    const here = machine({ isRoot: false });
    program('bin/apt-get', 'echo "apt-get $1" >> $CALLS', ...bringFfmpeg);
    program(
      'bin/sudo',
      'echo "sudo $1 $2" >> $CALLS; shift; [ "$1" = true ] && exit 0; shift; shift; exec $HERE/bin/"$@"',
    );
    await ready(here, 'demo');
    expect(calls()).toEqual(['sudo -n true', 'sudo -n env', 'apt-get install']);
  });

  it('names the command to run when sudo asks for a password', async () => {
    const here = machine({ isRoot: false });
    program('bin/apt-get', 'echo called >> $CALLS');
    program('bin/sudo', 'exit 1');
    await expect(ready(here, 'demo')).rejects.toThrow(
      'run "sudo apt-get install -y --no-install-recommends ffmpeg"',
    );
    expect(calls()).toEqual([]);
  });

  it('does not believe an installation that brought nothing', async () => {
    const here = machine();
    program('bin/apt-get', 'exit 0');
    await expect(ready(here, 'demo')).rejects.toThrow('although installed just now');
  });

  it('says so when there is no package manager', async () => {
    await expect(ready(machine(), 'demo')).rejects.toThrow('no package manager was found');
  });

  it('refuses a HELICAL_FFMPEG that does not serve, rather than installing another', async () => {
    const here = machine();
    installTools();
    program('bin/apt-get', 'echo called >> $CALLS');
    here.environment.HELICAL_FFMPEG = join(folder, 'nowhere');
    await expect(ready(here, 'demo')).rejects.toThrow('HELICAL_FFMPEG is');
    expect(calls()).toEqual([]);
    here.environment.HELICAL_FFMPEG = join(folder, 'bin/ffmpeg');
    await ready(here, 'demo');
  });
});

describe('arguments', () => {
  it('reads purpose and command', () => {
    expect(parseArguments(['--for', 'test', '--', 'node', 'a.mjs', '--for', 'x'])).toEqual({
      purpose: 'test',
      command: ['node', 'a.mjs', '--for', 'x'],
    });
    expect(parseArguments(['--', 'node'])).toEqual({ purpose: undefined, command: ['node'] });
  });
  it.each([[['--for', 'nothing']], [['--for']], [['test']], [['--for', 'test', 'x']]])(
    'refuses %j',
    (argv) => {
      expect(parseArguments(argv)).toBeUndefined();
    },
  );
  it('begins on Node 20.19 and newer', () => {
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.21.0']) requireNode(version);
    for (const version of ['20.18.9', '18.20.0'])
      expect(() => requireNode(version)).toThrow('Node 20.19 or newer');
  });
});

it('judges versions as the engine does', () => {
  for (const text of [
    '5.1.9-0+deb12u1',
    '5.1',
    '5.0.3',
    '4.4',
    'n7.1',
    '10.0',
    'N-66595-g0',
    '2024-11-01-git-3',
    'git-2018',
  ]) {
    for (const codec of ['58.134', '59. 18', '59. 37', '61. 19']) {
      const output = `ffmpeg version ${text} Copyright\nlibavcodec     ${codec}.100 / ${codec}.100\n`;
      const version = parseVersion(output);
      expect(isRecentFfmpeg(output), output).toBe(version !== undefined && isRecentEnough(version));
    }
  }
});
