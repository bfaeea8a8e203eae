import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { mixSeeds } from '#core/devices/simulator/random.ts';
import { sampleRateHz } from '#core/devices/simulator/standard.ts';
import type { Label } from './label.ts';
import type { Recipe } from './recipe.ts';
import { pcm24, playSound, setLevel } from './sound/deck-sound.ts';
import { type Codes, convert, createCanvas, createCodes } from './tape/canvas.ts';
import { switchHeads } from './tape/head-switching.ts';
import { createDeck } from './tape/playback.ts';

/** Plays a recipe frame by frame, as codes of a depth. The codes are overwritten by the next frame. */
export function* playTape(recipe: Recipe, bits: 8 | 10): Generator<Codes> {
  const { raster, format, faults, seed } = recipe;
  const recorded = createCanvas(raster);
  const played = createCanvas(raster);
  const codes = createCodes(raster, bits);
  const deck = createDeck(format, raster, mixSeeds(seed, 81));
  for (let frame = 0; frame < recipe.frames; frame++) {
    const shown = faults.reduce((at, fault) => at + ((fault.sourceFrame?.(frame) ?? frame) - frame), frame);
    recipe.programme.paint(recorded, shown);
    for (const fault of faults) fault.record?.(recorded, frame);
    deck.noiseGain = 1;
    for (const fault of faults) fault.deck?.(deck, frame);
    deck.play(recorded, frame, played);
    for (const fault of faults) fault.playback?.(played, frame);
    if (format.switchingLines > 0) switchHeads(played, format.switchingLines, frame, mixSeeds(seed, 82));
    for (const fault of faults) fault.beforeConverter?.(played, frame);
    convert(played, codes);
    for (const fault of faults) fault.codes?.(codes, frame);
    yield codes;
  }
}

/** The sound of a recipe as the file has it. */
export function playTapeSound(recipe: Recipe): Float32Array[] {
  const { num, den } = recipe.raster.standard.frameRate;
  const extra = recipe.faults.reduce((sum, fault) => sum + (fault.extraSamples ?? 0), 0);
  const samples = Math.round((recipe.frames * sampleRateHz * den) / num + extra);
  const sound = recipe.sound(samples);
  setLevel(sound, recipe.soundDbfs);
  for (const fault of recipe.faults) fault.recordSound?.(sound);
  playSound(sound, { trebleHz: 14_000, hissDbfs: recipe.hissDbfs }, mixSeeds(recipe.seed, 83));
  for (const fault of recipe.faults) fault.playSound?.(sound);
  return sound;
}

/** Writes a tape as FFV1 and PCM in Matroska, and its label beside it. Returns the tape's path. */
export async function makeTape(
  recipe: Recipe,
  options: { folder: string; bits: 8 | 10; ffmpegPath: string; generator: string },
): Promise<string> {
  const { bits, folder } = options;
  const { raster } = recipe;
  const name = `${recipe.name}-${raster.standard.name.toLowerCase()}-${bits}`;
  const path = join(folder, `${name}.mkv`);
  const soundPath = join(folder, `${name}.pcm`);
  writeFileSync(soundPath, pcm24(playTapeSound(recipe)));
  const child = spawn(options.ffmpegPath, encoderArguments(recipe, bits, soundPath, path), {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  for (const codes of playTape(recipe, bits)) await writeFrame(child.stdin, codes);
  child.stdin.end();
  const [exitCode] = await ended;
  rmSync(soundPath);
  if (exitCode !== 0) throw new Error(`ffmpeg ended with ${exitCode} while it wrote ${path}`);
  const label: Label = {
    file: `${name}.mkv`,
    generator: options.generator,
    seed: recipe.seed,
    system: raster.standard.name,
    bits,
    frames: recipe.frames,
    kind: recipe.kind,
    material: recipe.material,
    events: [...recipe.events],
    alsoTrue: [...recipe.alsoTrue],
  };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(label, undefined, 2)}\n`);
  return path;
}

async function writeFrame(into: Writable, codes: Codes): Promise<void> {
  for (const plane of [codes.y, codes.u, codes.v]) {
    // The codes are used again: what waits in a pipe must be a copy.
    const bytes = codes.bits === 8 ? Uint8Array.from(plane) : new Uint8Array(plane.slice().buffer);
    if (!into.write(bytes)) await once(into, 'drain');
  }
}

function encoderArguments(recipe: Recipe, bits: 8 | 10, soundPath: string, path: string): string[] {
  const { standard, width, height } = recipe.raster;
  const isPal = standard.name === 'PAL';
  const fields = standard.fieldOrder === 'tff' ? 'tt' : 'bb';
  return [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-y'],
    ...['-f', 'rawvideo', '-pix_fmt', bits === 10 ? 'yuv422p10le' : 'yuv422p', '-s', `${width}x${height}`],
    ...['-r', `${standard.frameRate.num}/${standard.frameRate.den}`, '-i', 'pipe:0'],
    ...['-f', 's24le', '-ar', String(sampleRateHz), '-ac', '2', '-i', soundPath],
    ...['-map', '0:v', '-map', '1:a'],
    '-vf',
    `setfield=${standard.fieldOrder},setsar=${isPal ? '12/11' : '10/11'}`,
    ...['-color_primaries', isPal ? 'bt470bg' : 'smpte170m', '-color_trc', 'bt709'],
    ...['-colorspace', isPal ? 'bt470bg' : 'smpte170m', '-color_range', 'tv'],
    ...['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', '4', '-slicecrc', '1', '-threads', '1'],
    ...['-field_order', fields, '-c:a', 'pcm_s24le', path],
  ];
}
