import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { passSchema } from '#shared/domain/pass.ts';
import { tapeSchema } from '#shared/domain/tape.ts';
import { parseTags } from './bag-manifest.ts';

const tapeFileSchema = z.object({
  tape: tapeSchema,
  pass: passSchema.omit({ sealChecks: true }),
  package: z.object({ id: z.string(), profile: z.string() }),
});

type TapeFile = z.infer<typeof tapeFileSchema>;

/** What a bag of ours says of itself: provenance/tape.json and bag-info.txt. */
export type SelfDescription = TapeFile & { tags: Map<string, string> };

/** Reads a bag's own description; a sentence where it cannot be read, or tells of two passes. */
export async function readSelfDescription(bagPath: string): Promise<SelfDescription | string> {
  const tags = await readTags(bagPath);
  let described: TapeFile;
  try {
    const text = await readFile(join(bagPath, 'data', 'provenance', 'tape.json'), 'utf8');
    described = tapeFileSchema.parse(JSON.parse(text));
  } catch (error) {
    return `The description of the tape and its pass cannot be read: ${(error as Error).message}`;
  }
  if (tags.get('Internal-Sender-Identifier') !== described.pass.id)
    return 'bag-info.txt and tape.json do not name the same pass.';
  if (tags.get('External-Identifier') !== described.tape.identifier)
    return 'bag-info.txt and tape.json do not name the same tape.';
  return { ...described, tags };
}

/** Whether a bag is one of ours, from any trace of it: a bag that was gutted must not pass for a stranger's. */
export async function isOurs(bagPath: string, tags: ReadonlyMap<string, string>): Promise<boolean> {
  if (/^Helical\b/i.test(tags.get('Bag-Software-Agent') ?? '')) return true;
  if ([...tags.keys()].some((label) => label.startsWith('Log-'))) return true;
  const folder = await stat(join(bagPath, 'data', 'provenance')).catch(() => undefined);
  return folder !== undefined;
}

/** The labels of bag-info.txt; none where the file is not there. */
export async function readTags(bagPath: string): Promise<Map<string, string>> {
  const text = await readFile(join(bagPath, 'bag-info.txt'), 'utf8').catch(() => '');
  return new Map(parseTags(text));
}
