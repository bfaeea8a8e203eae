/** Names of a level as `-loglevel level` writes them. */
const levels = 'quiet|panic|fatal|error|warning|info|verbose|debug|trace';
const prefix = new RegExp(`^(?:\\[[^\\[\\]]{1,80} @ (?:0x)?[0-9a-fA-F]{1,16}\\] ?|\\[(?:${levels})\\] ?)+`);

/**
 * Lines of an ffmpeg log without what it puts before them (`[dshow @ 0000023f] `, `[info] `). Which part of ffmpeg speaks
 * differs between releases (since 2026 a listing comes from `[in#0 @ …]` as well), so no parser may lean on it.
 */
export function logLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/).map((line) => line.replace(prefix, ''));
}
