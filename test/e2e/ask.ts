import { attachToHolder, type HelicalClient } from '#hosts/attach.ts';

/** Asks the engine of a data folder as the command line does: without any window. */
export async function ask<T>(dataDir: string, question: (client: HelicalClient) => Promise<T>): Promise<T> {
  const attached = await attachToHolder(dataDir);
  if (!attached) throw new Error(`no engine serves ${dataDir}`);
  try {
    return await question(attached.client);
  } finally {
    await attached.close();
  }
}
