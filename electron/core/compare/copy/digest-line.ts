import type { CopyLine } from '#shared/domain/copy-certificate.ts';
import { copyLine, phrase } from './copy-line.ts';

/** Whether a master is the one that was sealed, by the SHA-256 of the seal and that of all its bytes now. */
export function digestLine(sealed: string, found: string): CopyLine {
  return copyLine('master', found === sealed, {
    expected: phrase('digestSealed', { sha256: sealed }),
    measured: found === sealed ? phrase('digestSame') : phrase('digestOther', { sha256: found }),
    source: phrase('whyDigest'),
  });
}
