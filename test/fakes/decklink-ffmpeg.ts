import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { help71 } from '#core/devices/decklink-help.fixture.ts';

/** What the card is to say in mid recording: so many milliseconds after it was opened. */
export interface CardLine {
  afterMs: number;
  line: string;
}

export const cardName = 'DeckLink Duo (1)';

/**
 * A folder with an ffmpeg that has a DeckLink card, and the machine's own ffprobe. It answers as ffmpeg 7.1 does about the
 * card; whoever opens it gets 192x144 PAL with eight channels and a timecode from the real ffmpeg, in real time and in the
 * order of the card's streams (sound first), while the card's lines are written into the log. Everything else is the real ffmpeg.
 */
export async function decklinkFfmpeg(
  folder: string,
  real: { ffmpegPath: string; ffprobePath: string },
  lines: readonly CardLine[],
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const devices = execFileSync(real.ffmpegPath, ['-hide_banner', '-devices'], { encoding: 'utf8' });
  const known = [
    [['-devices'], devices.replace(/^ --$/m, ' --\n D  decklink        Blackmagic DeckLink input'), ''],
    [['-h', 'demuxer=decklink'], help71, ''],
    [['-sources'], `Auto-detected sources for decklink:\n  75:05326625:00000000 [${cardName}] (none)\n`, ''],
    [['-list_formats'], '', formats],
  ];
  const script = `import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
const said = process.argv.slice(2);
appendFileSync(${JSON.stringify(join(folder, 'calls.jsonl'))}, JSON.stringify(said) + '\\n');
const known = ${JSON.stringify(known)}.find(([words]) => words.every((word) => said.includes(word)));
const from = said.findIndex((word, at) => word === '-f' && said[at + 1] === 'decklink');
const real = ${JSON.stringify(real.ffmpegPath)};
if (known) {
  process.stdout.write(known[1]);
  process.stderr.write(known[2]);
  process.exitCode = known[2] ? 1 : 0;
} else {
  const to = said.indexOf('-i', from) + 2;
  if (said[to - 1] !== ${JSON.stringify(cardName)}) {
    process.stderr.write(said[to - 1] + ': No such device or address\\n');
    process.exit(1);
  }
  const args = said.toSpliced(from, to - from, '-re', '-f', 'lavfi', '-i', ${JSON.stringify(signal)});
  process.stderr.write('[decklink @ 0x55d3c1a4b2c0] [info] Found Decklink mode 192 x 144 with rate 25.00(i)\\n');
  for (const { afterMs, line } of ${JSON.stringify(lines)}) {
    setTimeout(() => process.stderr.write('[decklink @ 0x55d3c1a4b2c0] [warning] ' + line + '\\n'), afterMs).unref();
  }
  const child = spawn(real, args, { stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
  child.on('exit', (code, name) => process.exit(code ?? (name ? 255 : 0)));
}
`;
  await writeFile(join(folder, 'card.mjs'), script);
  // A shell hands on every pipe it was given; Node would close those beyond the third.
  const shim = `#!/bin/sh
case " $* " in
  *" decklink "*|*" demuxer=decklink "*|*" -devices "*) exec '${process.execPath}' '${join(folder, 'card.mjs')}' "$@" ;;
esac
exec '${real.ffmpegPath}' "$@"
`;
  await writeFile(join(folder, 'ffmpeg'), shim);
  await chmod(join(folder, 'ffmpeg'), 0o755);
  await symlink(real.ffprobePath, join(folder, 'ffprobe'));
  return folder;
}

const formats = `[decklink @ 0x55d3c1a4b2c0] Supported formats for '${cardName}':
	format_code	description
	pal 		720x576 at 25000/1000 fps (interlaced, upper field first)
	tiny		192x144 at 25000/1000 fps (interlaced, upper field first)
[in#0 @ 0x55d3c1a4a180] Error opening input: Immediate exit requested
`;

const tones = Array.from({ length: 8 }, (_, channel) => `sin(${220 * (channel + 1)}*2*PI*t)/4`).join('|');
const signal =
  `aevalsrc=exprs='${tones}':s=48000,aformat=sample_fmts=s32[out0];` +
  `testsrc2=s=192x144:r=25,format=yuv422p10le,metadata=mode=add:key=timecode:value='10\\:00\\:00\\:00'[out1]`;
