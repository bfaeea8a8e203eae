import { logLines } from './log-text.ts';

export interface AvfoundationDevice {
  /** Changes when something is plugged in or out: devices are opened by name. */
  index: number;
  name: string;
}

/**
 * Reads `-f avfoundation -list_devices true`; screens of the computer are left out. Source: libavdevice/avfoundation.m,
 * avf_read_header. Drivers of macOS may write lines of their own in between.
 */
export function parseAvfoundationDevices(text: string): {
  video: AvfoundationDevice[];
  audio: AvfoundationDevice[];
} {
  const found = { video: [] as AvfoundationDevice[], audio: [] as AvfoundationDevice[] };
  let media: 'video' | 'audio' | undefined;
  for (const line of logLines(text)) {
    const heading = /^AVFoundation (video|audio) devices:/.exec(line);
    if (heading) media = heading[1] as 'video' | 'audio';
    const device = /^\[(\d{1,4})\] (.*\S)\s*$/.exec(line);
    if (!device?.[2] || !media) continue;
    if (media === 'video' && /^Capture screen \d+$/.test(device[2])) continue;
    found[media].push({ index: Number(device[1]), name: device[2] });
  }
  return found;
}

export interface AvfoundationMode {
  width: number;
  height: number;
  leastFps: number;
  mostFps: number;
}

/**
 * Reads what ffmpeg answers to a size that a device does not have: `Supported modes:` with lines as
 * `720x576@[25.000000 25.000000]fps`. Source: libavdevice/avfoundation.m, configure_video_device.
 */
export function parseAvfoundationModes(text: string): AvfoundationMode[] {
  const modes = new Map<string, AvfoundationMode>();
  for (const line of logLines(text)) {
    const mode = /^\s*(\d{1,6})x(\d{1,6})@\[([\d.]{1,20}) ([\d.]{1,20})\]fps\s*$/.exec(line);
    if (!mode) continue;
    const [width = 0, height = 0, leastFps = 0, mostFps = 0] = mode.slice(1).map(Number);
    const whole = { width, height, leastFps, mostFps };
    if (Object.values(whole).every(Number.isFinite)) modes.set(JSON.stringify(whole), whole);
  }
  return [...modes.values()];
}
