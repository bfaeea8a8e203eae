import { logLines } from './log-text.ts';

/** A DirectShow filter as `-f dshow -list_devices true` names it. */
export interface DshowDevice {
  name: string;
  /** Unique, where two devices share a name; ffmpeg takes it in the name's place. */
  alternativeName: string | undefined;
  /** Empty where the release says `(none)`: a filter whose pins could not be asked, such as a virtual camera that is off. */
  media: ('video' | 'audio')[];
}

/** One way in which a pin delivers pictures. Rates in frames a second, as printed (`29.97`). */
export interface DshowPictures {
  /** ffmpeg's pixel format of raw pictures, or undefined where they come coded. */
  pixelFormat: string | undefined;
  codec: string | undefined;
  leastWidth: number;
  leastHeight: number;
  mostWidth: number;
  mostHeight: number;
  leastFps: number;
  mostFps: number;
}

export interface DshowSound {
  channels: number;
  bitsPerSample: number;
  sampleRateHz: number;
}

/**
 * Reads `-list_devices true`. From ffmpeg 5.0 each device says its media behind its name; before, they stood under
 * headings. Source: libavdevice/dshow.c, dshow_cycle_devices.
 */
export function parseDshowDevices(text: string): DshowDevice[] {
  const devices: DshowDevice[] = [];
  let heading: 'video' | 'audio' | undefined;
  for (const line of logLines(text)) {
    const headed = /^DirectShow (video|audio) devices/.exec(line);
    if (headed) heading = headed[1] as 'video' | 'audio';
    const alternative = /^\s*Alternative name "(.*)"\s*$/.exec(line);
    if (alternative) {
      const last = devices.at(-1);
      if (last && last.alternativeName === undefined) last.alternativeName = alternative[1];
      continue;
    }
    const device = /^\s*"(.*)"(?: \(([a-z, ]+)\))?\s*$/.exec(line);
    if (!device?.[1]) continue;
    const said = device[2]?.split(', ');
    const media = (['video', 'audio'] as const).filter((kind) => said?.includes(kind) ?? kind === heading);
    devices.push({ name: device[1], alternativeName: undefined, media });
  }
  return devices;
}

const pictures =
  /^\s*(?:pixel_format=(\S+)|vcodec=(\S+))\s+min s=(\d{1,6})x(\d{1,6}) fps=(\S+) max s=(\d{1,6})x(\d{1,6}) fps=(\S+)/;
const sound = /^\s*ch=\s*(\d{1,4}), bits=\s*(\d{1,4}), rate=\s*(\d{1,8})/;

/** Reads `-list_options true`; each way is given once. Source: libavdevice/dshow.c, dshow_cycle_formats. */
export function parseDshowOptions(text: string): { pictures: DshowPictures[]; sound: DshowSound[] } {
  const found = { pictures: new Map<string, DshowPictures>(), sound: new Map<string, DshowSound>() };
  for (const line of logLines(text)) {
    const picture = pictures.exec(line);
    if (picture) {
      const [leastWidth, leastHeight, leastFps, mostWidth, mostHeight, mostFps] = numbers(
        picture.slice(3, 9),
      );
      const way = { leastWidth, leastHeight, leastFps, mostWidth, mostHeight, mostFps };
      if (Object.values(way).every((value) => value !== undefined)) {
        const whole = { pixelFormat: picture[1], codec: picture[2], ...way } as DshowPictures;
        found.pictures.set(JSON.stringify(whole), whole);
      }
    }
    const [channels, bitsPerSample, sampleRateHz] = numbers(sound.exec(line)?.slice(1) ?? []);
    if (channels && bitsPerSample && sampleRateHz) {
      const whole = { channels, bitsPerSample, sampleRateHz };
      found.sound.set(JSON.stringify(whole), whole);
    }
  }
  return { pictures: [...found.pictures.values()], sound: [...found.sound.values()] };
}

function numbers(texts: readonly (string | undefined)[]): (number | undefined)[] {
  return texts.map((text) => {
    const value = Number(text);
    return text !== undefined && Number.isFinite(value) ? value : undefined;
  });
}
