import type { Logger } from '#core/db/logger.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type ReportLanguage, reportLanguageSchema } from '#shared/domain/qc-report.ts';
import { refuseWithoutPaths } from './refuse.ts';

/** A page that stands alone, to be kept by who asks for it. */
export interface MadeDocument {
  fileName: string;
  html: string;
}

/** Sends a page that is made for this request as a download. What hinders it is said in words, and logged. */
export async function sendDocument(
  request: Request,
  make: (language: ReportLanguage) => Promise<MadeDocument>,
  logger: Logger,
): Promise<Response> {
  try {
    const { fileName, html } = await make(languageOf(request));
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(html)),
      // A tape's identifier may hold any letter.
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'cache-control': 'no-store',
    };
    return new Response(request.method === 'HEAD' ? null : html, { headers });
  } catch (err) {
    if (!(err instanceof HelicalError)) throw err;
    logger.info({ err, path: new URL(request.url).pathname }, 'document refused');
    return refuseWithoutPaths(err);
  }
}

function languageOf(request: Request): ReportLanguage {
  const asked = new URL(request.url).searchParams.get('language') ?? 'en';
  const language = reportLanguageSchema.safeParse(asked);
  if (language.success) return language.data;
  throw new HelicalError('INVALID_INPUT', `Name one of: ${reportLanguageSchema.options.join(', ')}.`);
}
