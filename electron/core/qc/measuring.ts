import { readNumberedTime } from '#core/ffmpeg/numbered-times.ts';
import { createNutReader } from '#core/ffmpeg/nut-reader.ts';
import type { InstrumentCost } from './cost-meter.ts';
import { measuresFor } from './every-measure.ts';
import type { Picture, PictureRaster } from './picture/instrument.ts';
import { openPictureInstruments } from './picture/open-pictures.ts';
import { createPicture, type RawPicture, unpackPicture } from './picture/raw-picture.ts';
import { pictureInstruments } from './picture/registry.ts';
import { createRowAssembler, type RowAssembler } from './row-assembler.ts';
import type { SoundFormat } from './sound/instrument.ts';
import { openSoundInstruments } from './sound/open-sound.ts';
import { createSoundCutter } from './sound/sound-cutter.ts';

/** What comes out of a decode. */
export interface MeasuringJob {
  /** `isNumbered`: times tell numbers (numbered-times.ts), as behind the gates of a follower. */
  picture: { raw: RawPicture; raster: PictureRaster; isNumbered?: boolean | undefined } | undefined;
  sound: SoundFormat | undefined;
}

export interface Measuring {
  /** NUT, in pieces of any length. */
  writePictures(chunk: Uint8Array): void;
  writeSound(chunk: Uint8Array): void;
  endPictures(): void;
  endSound(): void;
  /** Pictures and sound are left out from now on: those that come later are numbered by their time. */
  leaveGaps(): void;
  readonly pictures: number;
  costMs(): InstrumentCost[];
}

/** Sound that comes before the first picture waits for it, but not for ever. */
const waitingSoundS = 30;

/** Runs every instrument on what a decode gives, and gives out one row of values a picture. Rows are used again. */
export function createMeasuring(job: MeasuringJob, onRow: (row: Float32Array) => void): Measuring {
  const { picture, sound } = job;
  const columns = measuresFor(sound?.channels ?? 0).length;
  const soundAt = pictureInstruments.reduce((sum, kind) => sum + kind.measures.length, 0);
  const rows = createRowAssembler(
    columns,
    { picture: picture !== undefined, sound: sound !== undefined },
    onRow,
  );
  const heard = sound && measureSound(sound, rows, soundAt);
  const pictures = picture && measurePictures(picture, rows.picture, heard?.picture);
  if (!pictures) heard?.picturesEnded();
  return {
    writePictures: (chunk) => pictures?.write(chunk),
    writeSound: (chunk) => heard?.write(chunk),
    endPictures() {
      rows.pictureEnded();
      heard?.picturesEnded();
    },
    endSound: () => heard?.end(),
    leaveGaps() {
      pictures?.leaveGaps();
      heard?.leaveGaps();
    },
    get pictures() {
      return pictures?.count ?? 0;
    },
    costMs: () => [...(pictures?.costMs() ?? []), ...(heard?.costMs() ?? [])],
  };
}

function measurePictures(
  { raw, raster, isNumbered }: NonNullable<MeasuringJob['picture']>,
  rowOf: (frame: number) => Float32Array,
  onPicture: (frame: number, timeS: number) => void = () => {},
) {
  const instruments = openPictureInstruments(raster);
  const fps = raster.frameRate.num / raster.frameRate.den;
  const memory = [pictureMemory(raw), pictureMemory(raw)] as const;
  let [count, leftOut, isAfterGap, hasGaps] = [0, 0, true, false];
  let beganS: number | undefined;
  let lastNumber = 0;
  const reader = createNutReader({
    begin(sizeBytes, timeS) {
      if (sizeBytes !== raw.pictureBytes) {
        throw new Error(`A picture has ${sizeBytes} bytes instead of ${raw.pictureBytes}.`);
      }
      // Pictures are numbered by their order: the master of a tape has none twice and none left out of the file.
      const behindS = timeS - (beganS ?? timeS);
      const told = isNumbered ? readNumberedTime(behindS, raster.frameRate) : undefined;
      const number = told?.number ?? Math.round(behindS * fps);
      const missing = hasGaps && beganS !== undefined ? number - lastNumber - 1 : 0;
      if (missing > 0) {
        leftOut += missing;
        isAfterGap = true;
      }
      beganS ??= timeS;
      lastNumber = number;
      onPicture(count + leftOut, beganS + (told?.shownS ?? behindS));
      return memory[count % 2 === 0 ? 0 : 1].bytes;
    },
    end() {
      const [now, before] = count % 2 === 0 ? memory : ([memory[1], memory[0]] as const);
      now.unpack();
      const frame = count + leftOut;
      instruments.measure(now.planes, isAfterGap ? undefined : before.planes, rowOf(frame), 0);
      isAfterGap = false;
      count += 1;
    },
  });
  return {
    write: reader.write,
    leaveGaps() {
      hasGaps = true;
    },
    get count() {
      return count;
    },
    costMs: instruments.costMs,
  };
}

/** Memory that takes a picture's bytes; where samples have two bytes, the planes are these bytes themselves. */
function pictureMemory(raw: RawPicture): { bytes: Uint8Array; planes: Picture; unpack(): void } {
  const bytes = new Uint8Array(raw.pictureBytes);
  if (raw.bytesPerSample === 1) {
    const planes = createPicture(raw);
    return { bytes, planes, unpack: () => unpackPicture(bytes, raw, planes) };
  }
  const luma = raw.width * raw.height;
  const chroma = raw.chromaWidth * raw.chromaHeight;
  const planes = {
    y: new Uint16Array(bytes.buffer, 0, luma),
    u: new Uint16Array(bytes.buffer, luma * 2, chroma),
    v: new Uint16Array(bytes.buffer, (luma + chroma) * 2, chroma),
  };
  return { bytes, planes, unpack: () => {} };
}

function measureSound(format: SoundFormat, rows: Pick<RowAssembler, 'sound' | 'soundEnded'>, at: number) {
  let instruments = openSoundInstruments(format);
  const cutter = createSoundCutter(format, {
    piece(frame, piece) {
      const row = rows.sound(frame);
      if (row) instruments.measure(piece, row, at);
    },
    gap() {
      // They remember sound that is not before this one.
      instruments = openSoundInstruments(format);
    },
    end: rows.soundEnded,
  });
  /** When the first picture begins. */
  let beganS: number | undefined;
  const waiting: { samples: Float32Array; timeS: number }[] = [];
  let waitingSamples = 0;
  let memory = new Float32Array(0);
  let packet = { samples: memory, timeS: 0 };

  function beginAt(timeS: number): void {
    if (beganS !== undefined) return;
    beganS = timeS;
    for (const { samples, timeS: heardS } of waiting.splice(0)) cutter.write(samples, heardS - timeS);
  }

  const reader = createNutReader({
    begin(sizeBytes, timeS) {
      const samples = sizeBytes >> 2;
      if (beganS === undefined || memory.length < samples) memory = new Float32Array(samples);
      packet = { samples: memory.subarray(0, samples), timeS };
      return new Uint8Array(memory.buffer, 0, sizeBytes);
    },
    end() {
      if (beganS !== undefined) return cutter.write(packet.samples, packet.timeS - beganS);
      waiting.push(packet);
      waitingSamples += packet.samples.length;
      if (waitingSamples > waitingSoundS * format.sampleRateHz * format.channels) beginAt(0);
    },
  });
  return {
    write: reader.write,
    picture(frame: number, timeS: number) {
      beginAt(timeS);
      cutter.picture(frame, timeS - (beganS ?? timeS));
    },
    picturesEnded() {
      beginAt(0);
      cutter.picturesEnded();
    },
    leaveGaps: cutter.leaveGaps,
    end: cutter.end,
    costMs: () => instruments.costMs(),
  };
}
