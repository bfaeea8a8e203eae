/**
 * Manifest lines of BagIt (RFC 8493, 2.1.3): digest, white space, path; CR, LF and % in a path are percent-encoded.
 */
export function formatManifest(digests: ReadonlyMap<string, string>): string {
  return [...digests].map(([path, digest]) => `${digest}  ${encodePath(path)}\n`).join('');
}

/** Reads a manifest. Lines that are none are given back apart. Digests come in lower case. */
export function parseManifest(text: string): {
  digests: Map<string, string>;
  badLines: number[];
  twice: string[];
} {
  const digests = new Map<string, string>();
  const badLines: number[] = [];
  const twice: string[] = [];
  // A byte order mark is not allowed, but written by some editors: it must not spoil the first digest.
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const match = /^([0-9a-fA-F]+)[ \t]+\*?(.+)$/.exec(line);
    if (!match) {
      badLines.push(at + 1);
      continue;
    }
    const path = decodePath(match[2] as string);
    if (digests.has(path)) twice.push(path);
    digests.set(path, (match[1] as string).toLowerCase());
  }
  return { digests, badLines, twice };
}

/** `label: value` lines of bag-info.txt. A value may not break the line. */
export function formatTags(tags: readonly (readonly [string, string])[]): string {
  return tags.map(([label, value]) => `${label}: ${value.replace(/[\r\n]+/g, ' ')}\n`).join('');
}

/** Reads `label: value` lines; a line that begins with white space goes on with the value above (RFC 8493, 2.2.2). */
export function parseTags(text: string): [string, string][] {
  const tags: [string, string][] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const last = tags.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] += ` ${line.trim()}`;
    else {
      const match = /^([^:]+):\s*(.*)$/.exec(line);
      if (match) tags.push([(match[1] as string).trim(), (match[2] as string).trim()]);
    }
  }
  return tags;
}

function encodePath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D');
}

function decodePath(path: string): string {
  return path.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replaceAll('%25', '%');
}
