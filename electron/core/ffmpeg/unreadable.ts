import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { type ErrorSentence, HelicalError } from '#shared/domain/errors.ts';

/**
 * Refuses folders, pipes and devices before anything opens them: whoever opens a pipe waits for another that writes into it, perhaps for ever.
 * What is not there at all is told by whoever reads it. HelicalError FILE_UNREADABLE.
 */
export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) throw new HelicalError('FILE_UNREADABLE', await whyUnreadable(path));
}

/** Why a path that was named as a recording cannot be read as one: looked for in the file system, told without other tools' words. */
export async function whyUnreadable(path: string): Promise<ErrorSentence> {
  try {
    const found = await stat(path);
    if (found.isDirectory())
      return { problem: `${path} is a folder.`, remedy: 'Name one of the files in it.' };
    if (!found.isFile()) return { problem: `${path} is no file.`, remedy: 'Choose a media file.' };
    await access(path, constants.R_OK);
    if (found.size === 0) {
      return { problem: `${path} is empty.`, remedy: 'Copy it again from where it came.' };
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return {
        problem: `There is no file ${path}.`,
        remedy: 'Check its name, and whether its disk is connected.',
      };
    }
    if (code === 'EACCES' || code === 'EPERM') {
      return {
        problem: `${path} may not be read by this user.`,
        safe: 'It was not changed.',
        remedy: 'Let its owner give the right to read it.',
      };
    }
    return {
      problem: `${path} cannot be read: the disk answers ${code ?? 'nothing'}.`,
      safe: 'It was not changed.',
      remedy: 'Check the disk that it lies on.',
    };
  }
  return {
    problem: `${path} is no recording that can be read, or its beginning is damaged.`,
    safe: 'It was not changed.',
    remedy: 'Choose a media file that plays, or copy this one again from where it came.',
  };
}
