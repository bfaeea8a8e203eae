import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from '#shared/domain/document.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type InputProfile, inputProfileSchema } from '#shared/domain/input-profile.ts';

/** Folder of the profiles that are shipped or laid beside them. A packaged application says where its resources are. */
function profilesDir(resourcesDir?: string): string {
  const resources = resourcesDir ?? fileURLToPath(new URL('../../../resources/', import.meta.url));
  return join(resources, 'profiles', 'input');
}

/** Names of the installed profiles; none where the folder is missing. */
export async function inputProfileNames(resourcesDir?: string): Promise<string[]> {
  const files = await readdir(profilesDir(resourcesDir)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** Whether a profile is named by its path, which only the station itself may do. */
export function isProfilePath(argument: string): boolean {
  return isAbsolute(argument) || /[\\/]|\.json$/.test(argument);
}

/**
 * Reads a profile: an installed one by its name, any file by its path. HelicalError INVALID_INPUT (none of that name, not a
 * profile: every wrong place is named) or FILE_UNREADABLE.
 */
export async function loadInputProfile(
  argument: string | undefined,
  resourcesDir?: string,
): Promise<InputProfile> {
  const names = await inputProfileNames(resourcesDir);
  if (!argument || (!isProfilePath(argument) && !names.includes(argument))) {
    throw new HelicalError('INVALID_INPUT', {
      problem: argument ? `There is no input profile ${argument}.` : 'No input profile was named.',
      safe: 'Nothing was opened.',
      remedy: `Choose one of ${names.join(', ') || 'those you install'}: ffmpeg:NAME.`,
    });
  }
  const path = isProfilePath(argument) ? argument : join(profilesDir(resourcesDir), `${argument}.json`);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new HelicalError(
      'FILE_UNREADABLE',
      { problem: `The input profile ${path} cannot be read (${code}).`, remedy: 'Check the path.' },
      { cause: error },
    );
  }
  return parseInputProfile(text, path);
}

/** Reads a profile from JSON text. HelicalError INVALID_INPUT that names the file and every wrong place. */
export function parseInputProfile(text: string, where: string): InputProfile {
  return parseDocument(text, inputProfileSchema, {
    name: `The input profile ${where}`,
    code: 'INVALID_INPUT',
    safe: 'Nothing was opened.',
    remedy: 'Its form is in shared/domain/input-profile.ts.',
  });
}
