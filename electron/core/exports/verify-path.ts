import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { type BagProblem, verifyBag } from './bag-verifier.ts';
import { diskError } from './disk-errors.ts';
import { verifyDelivery } from './verify-delivery.ts';
import { verifyProvenance } from './verify-provenance.ts';

export interface VerifiedItem {
  path: string;
  kind: 'master' | 'bag' | 'delivery' | 'unknown';
  ok: boolean;
  problems: BagProblem[];
}

/** Verifies a master by its seal; handed in by core.ts, since decoding belongs to capture. */
export type VerifyMaster = (
  path: string,
  options: { onBytes?: (bytes: number) => void; signal?: AbortSignal },
) => Promise<{ ok: boolean; problems: BagProblem[] }>;

interface VerifyOptions {
  verifyMaster: VerifyMaster;
  onBytes?: (bytesSoFar: number) => void;
  signal?: AbortSignal;
}

const masterEndings = /\.(mkv|dv|mov|avi|mxf)$/i;

/** Verifies a master, a bag or a whole delivery from the files alone. What cannot be read is a problem, not an exception. */
export async function verifyPath(path: string, options: VerifyOptions): Promise<VerifiedItem[]> {
  try {
    return await verifyThere(path, options);
  } catch (error) {
    const isDisk = !(error instanceof HelicalError) && diskError(error, path) instanceof HelicalError;
    if (options.signal?.aborted || !isDisk) throw error;
    const message = (error as Error).message;
    return [item(path, 'unknown', [{ rule: 'unreadable', message: `It cannot be read: ${message}`, path }])];
  }
}

async function verifyThere(path: string, options: VerifyOptions): Promise<VerifiedItem[]> {
  const there = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (there instanceof Error) {
    return [
      item(path, 'unknown', [{ rule: 'unreadable', message: `It cannot be read: ${there.message}`, path }]),
    ];
  }
  if (there.isFile()) {
    if (masterEndings.test(path))
      return [item(path, 'master', (await options.verifyMaster(path, options)).problems)];
    return [
      item(path, 'unknown', [
        { rule: 'unknown-kind', message: 'It is neither a master, a bag nor a delivery.', path },
      ]),
    ];
  }
  const names = await readdir(path);
  if (names.includes('manifest.json') && !names.includes('bagit.txt'))
    return verifyDeliveryAndBags(path, names, options);
  if (names.includes('bagit.txt') || names.some((name) => /^manifest-[a-z0-9]+\.txt$/.test(name))) {
    return [await verifyWholeBag(path, options)];
  }
  return [
    item(path, 'unknown', [
      { rule: 'unknown-kind', message: 'The folder holds neither a bag nor a delivery.', path },
    ]),
  ];
}

async function verifyWholeBag(path: string, options: VerifyOptions): Promise<VerifiedItem> {
  const problems = await verifyBag(path, options);
  problems.push(...(await verifyProvenance(path)));
  const masterFolder = join(path, 'data', 'master');
  const masters = await readdir(masterFolder).catch(() => [] as string[]);
  for (const name of masters.filter((one) => masterEndings.test(one))) {
    problems.push(...(await options.verifyMaster(join(masterFolder, name), options)).problems);
  }
  return item(path, 'bag', problems);
}

async function verifyDeliveryAndBags(
  path: string,
  names: readonly string[],
  options: VerifyOptions,
): Promise<VerifiedItem[]> {
  const { problems, bagPaths } = await verifyDelivery(path, names);
  const bags: VerifiedItem[] = [];
  for (const bagPath of bagPaths) bags.push(await verifyWholeBag(bagPath, options));
  const delivery = item(path, 'delivery', problems);
  delivery.ok &&= bags.every((bag) => bag.ok);
  return [delivery, ...bags];
}

function item(path: string, kind: VerifiedItem['kind'], problems: BagProblem[]): VerifiedItem {
  return { path, kind, ok: problems.length === 0, problems };
}
