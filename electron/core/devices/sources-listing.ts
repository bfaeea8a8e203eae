/** One line of `ffmpeg -sources DEVICE`. */
export interface ListedSource {
  /** What `-i` takes. */
  name: string;
  description: string;
  isDefault: boolean;
}

/**
 * Reads `ffmpeg -sources DEVICE`; undefined where this build has no such device, of which ffmpeg says nothing and ends with
 * 0. Lines are `* NAME [DESCRIPTION] (media)`: the star marks the default, the media came with ffmpeg 5.1, and older builds
 * left the two columns in front out. Source: fftools, print_device_list.
 */
export function parseSources(text: string): ListedSource[] | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.startsWith('Auto-detected sources for '));
  if (first < 0) return undefined;
  const found: ListedSource[] = [];
  for (const line of lines.slice(first + 1)) {
    if (line.startsWith('Auto-detected sources for ')) break;
    const match = /^([* ] )?(\S[^[]{0,400}?) \[(.{0,400})\](?: \([a-z, ]{1,40}\))?\s*$/.exec(line);
    if (match?.[2]) {
      found.push({ name: match[2], description: match[3] ?? '', isDefault: match[1] === '* ' });
    }
  }
  return found;
}
