import { chmod, writeFile } from 'node:fs/promises';

/**
 * Writes a program with dvrescue's command line: what comes on standard input is counted in frames of PAL DV (144,000 bytes)
 * and reported in dvrescue's form, the second frame as faulty. `failing` ends early with an error, as a crash would.
 */
export async function fakeDvrescue(path: string, failing = false): Promise<string> {
  const script = `#!${process.execPath}
import { writeFileSync } from 'node:fs';
const args = process.argv.slice(2);
if (args[0] !== '-' || args[1] !== '-x') throw new Error('unexpected ' + args.join(' '));
let bytes = 0;
for await (const chunk of process.stdin) {
  bytes += chunk.length;
  if (${failing}) { process.stderr.write('Error: it broke.\\n'); process.exit(3); }
}
const frames = Math.floor(bytes / 144000);
writeFileSync(args[2], \`<?xml version="1.0" encoding="UTF-8"?>
<dvrescue version="1.2.1"><creator><program>dvrescue</program><version>fake</version></creator>
<media ref="-" format="DV"><frames count="\${frames}" size="720x576">
<frame n="1"><sta t="10" n="135" n_even="0"/></frame>
</frames></media></dvrescue>
\`, { flag: 'wx' });
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}
