/**
 * A bitstream filter that lets the first `count` packets of every stream pass and leaves out the rest; nothing else is
 * changed (the filter `noise` adds none unless it is asked to). ffmpeg's own `-frames` will not do: the first stream that
 * reaches its number closes all the others.
 */
export function packetsUpTo(count: number): string {
  return `noise=drop=gte(n\\,${count})`;
}
