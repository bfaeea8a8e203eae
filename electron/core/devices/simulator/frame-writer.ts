import { cardFaultPicture, longestPacketBytes } from './card-fault-picture.ts';
import type { ContentFrames } from './content-cache.ts';
import { drawDigits } from './digits.ts';
import { stampArea, stampFrameNumber } from './frame-number.ts';
import { blockHeader, clusterHeader, soundClusterHeader, voidElement } from './matroska-stream.ts';
import { preparePictureFaults } from './picture-faults.ts';
import { mixSeeds } from './random.ts';
import { prepareSound } from './sound.ts';
import { firstSampleOf, frameStartUs, sampleRateHz } from './standard.ts';
import type { Tape } from './tape.ts';
import { v210SizeBytes } from './v210.ts';
import { drawVitc } from './vitc.ts';

const sampleBytes = 4;
/** Digits for people, right of the stamp and in its lines; left out where the raster has no room for them. */
const frameDigitsX = stampArea.x + stampArea.width + 12;
const timecodeDigitsX = frameDigitsX + 96;

/** Makes the bytes of a frame as the stream carries them. */
export interface FrameWriter {
  /** One cluster. The bytes are overwritten by the next call: use them up first. */
  write(frame: number): Uint8Array;
}

/** Puts frames together: a copy of the content, the faults of its place, the frame number, the sound. */
export function frameWriter(tape: Tape, content: ContentFrames): FrameWriter {
  const { width, height, standard, recipe } = tape;
  const videoBytes = v210SizeBytes(width, height);
  const faults = preparePictureFaults(tape);
  const cardFaults = cardFaultPicture(tape);
  const sound = prepareSound(tape);
  const soundSpeed = tape.cardFaults.speedOf('sound');
  const firstSampleAt = (frame: number) =>
    soundSpeed === 1
      ? firstSampleOf(frame, standard.frameRate)
      : Math.round((frame * sampleRateHz * soundSpeed * standard.frameRate.den) / standard.frameRate.num);
  const longest =
    Math.ceil(
      (sampleRateHz * Math.max(1, soundSpeed) * standard.frameRate.den) / standard.frameRate.num + 1,
    ) * recipe.channels;
  const samples = new Int32Array(longest);
  const padding = voidElement(paddingBytes(tape, videoBytes));
  const longestVideoBytes = Math.max(videoBytes, longestPacketBytes(tape));
  const buffer = Buffer.alloc(512 + longestVideoBytes + longest * sampleBytes + padding.length + 8192);

  return {
    write(frame) {
      const firstSample = firstSampleAt(frame);
      const sampleCount = firstSampleAt(frame + 1) - firstSample;
      const hasSound = tape.cardFaults.hasSound(frame);
      const audio = samples.subarray(0, sampleCount * recipe.channels);
      const timestampUs = frameStartUs(frame, standard.frameRate);
      const audioUs = Math.round((firstSample * 1_000_000) / sampleRateHz);
      // A block's time is 16 bits beside its cluster's: sound that has drifted further has a cluster of its own.
      const isFar = Math.abs(audioUs - timestampUs) > 30_000;
      const packetBytes = cardFaults.packetBytes(frame);

      const beside = hasSound && !isFar ? audio.byteLength : undefined;
      const head = clusterHeader(timestampUs, packetBytes, beside, padding.length);
      buffer.set(head, 0);
      const video = buffer.subarray(head.length, head.length + videoBytes);
      video.set(pictureOf(frame));
      drawVitc(tape, video, frame);
      faults.apply(video, frame);
      if (!cardFaults.spoil(video, frame)) {
        stampFrameNumber(video, width, frame);
        drawDigits(video, width, frameDigitsX, stampArea.y, String(frame).padStart(7, '0'));
        drawDigits(video, width, timecodeDigitsX, stampArea.y, tape.timecodeAt(frame));
      }
      if (packetBytes > videoBytes) buffer.fill(0, head.length + videoBytes, head.length + packetBytes);

      let at = head.length + packetBytes;
      const put = (bytes: Uint8Array) => {
        buffer.set(bytes, at);
        at += bytes.length;
      };
      const putSound = (relativeUs: number) => {
        put(blockHeader(2, relativeUs, audio.byteLength));
        sound.read(frame, firstSample, audio);
        if (tape.cardFaults.changedTo(frame)?.as === 'no-signal') audio.fill(0);
        put(new Uint8Array(audio.buffer, 0, audio.byteLength));
      };
      if (hasSound && !isFar) putSound(audioUs - timestampUs);
      put(padding);
      if (hasSound && isFar) {
        put(soundClusterHeader(audioUs, audio.byteLength));
        putSound(0);
      }
      put(cardFaults.strayBytes(frame));
      return buffer.subarray(0, at);
    },
  };

  function pictureOf(frame: number): Uint8Array {
    const seen = tape.pictureFrame(frame);
    const { segment } = tape.segmentAt(seen);
    const frames = content.get(segment.content) as Uint8Array[];
    // Noise never comes in the same order twice; a scene does, or it would jump.
    const index = segment.content === 'noise' ? mixSeeds(recipe.seed, seen) : seen;
    return frames[index % frames.length] as Uint8Array;
  }
}

/**
 * The kernel keeps up to 4 MB (Linux) between the card and its reader: under four frames of full PAL, but two seconds
 * of a small test picture, which would hide a late reader. So a paced frame takes the room of a full one, whatever its
 * raster; at more than real time, its share of it.
 */
function paddingBytes(tape: Tape, videoBytes: number): number {
  const { recipe, standard } = tape;
  if (recipe.pace === 'unpaced' || !recipe.padded) return 0;
  return Math.max(0, Math.ceil(v210SizeBytes(standard.width, standard.height) / recipe.speed) - videoBytes);
}
