import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { loadInputProfile } from '#core/devices/input-profiles.ts';
import { loadRecipe } from '#core/devices/simulator/shipped-recipes.ts';
import { layTape } from '#core/devices/simulator/tape.ts';
import { readProfiles } from '#core/profiles.ts';
import { holds } from './fuzzing.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-fuzz-profiles-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const resources = new URL('../../resources/', import.meta.url).pathname;
await cp(resources, folder, { recursive: true });

async function shipped(kind: string): Promise<[name: string, text: string][]> {
  const names = (await readdir(join(folder, kind))).filter((name) => name.endsWith('.json'));
  return Promise.all(
    names.map(
      async (name): Promise<[string, string]> => [name, await readFile(join(folder, kind, name), 'utf8')],
    ),
  );
}

describe.each(['master', 'qc', 'archive'])('a %s profile is read, or refused by its name', async (kind) => {
  it.each(await shipped(`profiles/${kind}`))('%s', async (name, text) => {
    const path = join(folder, 'profiles', kind, name);
    const read = async (changed: string) => {
      await writeFile(path, changed);
      return readProfiles(folder);
    };
    await holds(read, { samples: [text], isJson: true, names: path });
    await writeFile(path, text);
  });
});

describe('an input profile is read, or refused by its name', async () => {
  it.each(await shipped('profiles/input'))('%s', async (name, text) => {
    const path = join(folder, name);
    const read = async (changed: string) => {
      await writeFile(path, changed);
      return loadInputProfile(path, folder);
    };
    await holds(read, { samples: [text], isJson: true, names: path });
  });
});

describe('a recipe is read and its tape laid, or refused by its name', async () => {
  it.each(await shipped('recipes'))('%s', async (name, text) => {
    const path = join(folder, name);
    const read = async (changed: string) => {
      await writeFile(path, changed);
      return layTape(await loadRecipe(path, folder), undefined);
    };
    await holds(read, { samples: [text], isJson: true, names: path });
  });
});
