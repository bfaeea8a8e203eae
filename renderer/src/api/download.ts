import { ORPCError } from '@orpc/client';
import { helicalErrorData } from '#shared/contract/base.ts';

/**
 * Gets a page that the engine makes now, however long that takes, and hands it to the browser to keep. Fetched first: a link of its own
 * could not say why the engine refused. Throws with the engine's words.
 */
export async function download(address: string): Promise<void> {
  const answer = await fetch(address, { cache: 'no-store' });
  if (!answer.ok) throw await refusalOf(answer);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = fileNameOf(answer);
  link.click();
  URL.revokeObjectURL(link.href);
}

function fileNameOf(answer: Response): string {
  const said = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '');
  return decodeURIComponent(said?.[1] ?? 'helical.html');
}

async function refusalOf(answer: Response): Promise<Error> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  const said = helicalErrorData.safeParse(isJson ? JSON.parse(text) : undefined);
  if (said.success) return new ORPCError('HELICAL', { message: said.data.problem, data: said.data });
  return new Error(`${answer.status} ${text.slice(0, 200)}`);
}
