import { mixSeeds } from '#core/devices/simulator/random.ts';
import { sampleRateHz } from '#core/devices/simulator/standard.ts';
import type { Recipe } from './recipe.ts';
import { playSound, setLevel } from './sound/deck-sound.ts';
import { type Codes, convert, createCanvas, createCodes } from './tape/canvas.ts';
import { switchHeads } from './tape/head-switching.ts';
import { createDeck } from './tape/playback.ts';
import { writeTape } from './write-tape.ts';

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

/** Writes a tape of the first generator, and its label beside it. Returns the tape's path. */
export function makeTape(
  recipe: Recipe,
  options: { folder: string; bits: 8 | 10; ffmpegPath: string },
): Promise<string> {
  const { name, raster, seed, frames, kind, material } = recipe;
  const { bits, folder, ffmpegPath } = options;
  const label = { generator: 'first', seed, bits, frames, profile: recipe.format.profile, kind, material };
  const sound = playTapeSound(recipe);
  // Of each fault one event, in the same order.
  const events = recipe.events.map((event, at) => ({ ...event, ...recipe.faults[at]?.heard?.() }));
  const alsoTrue = [...recipe.alsoTrue];
  return writeTape(
    {
      name,
      label: { ...label, events, alsoTrue },
      raster,
      frames: playTape(recipe, bits),
      sound,
    },
    folder,
    ffmpegPath,
  );
}
