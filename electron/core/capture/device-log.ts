import type { DeviceReport } from '#core/devices/device.ts';
import { createFileTail } from '#core/ffmpeg/growing-text.ts';

/** What a card has said so far in the recorder's log. */
export interface DeviceLogReading {
  /** `unknown` as long as the card has not spoken of it. */
  signal: 'present' | 'lost' | 'unknown';
  /** Packets, of picture or of sound, that the card threw away because its queue was full. */
  overruns: number;
  /** Why the card is not there any more, in its own words. */
  gone: string | undefined;
  /** What the standard changed to, in its own words. */
  standardChanged: string | undefined;
}

/**
 * DeckLink cards report a lost signal at frame 1 and its return at frame 14 of captures without any fault (vrecord issues 474
 * and 924). A loss from in there counts once the recording has gone on beyond these frames and the signal is still away.
 */
const startupFrames = 14;
/** Longer is no line of a log. */
const longestLine = 4096;

/** Reads the recorder's log as it grows; what a line means is the device's to say (`logReaderOf`). */
export function createDeviceLog(
  logPath: string,
  readLine: (line: string) => DeviceReport | undefined,
): {
  /** @param frames recorded so far. Calls must not overlap. */
  read(frames: number): Promise<DeviceLogReading>;
  close(): Promise<void>;
} {
  let rest = '';
  let last: DeviceReport | undefined;
  let lost: { frame: number } | undefined;
  let hasSpoken = false;
  let overruns = 0;
  let gone: string | undefined;
  let standardChanged: string | undefined;

  function take(report: DeviceReport, times: number): void {
    switch (report.kind) {
      case 'queue-overrun':
        overruns += times;
        break;
      case 'signal-lost':
        lost ??= { frame: report.frame ?? Number.POSITIVE_INFINITY };
        hasSpoken = true;
        break;
      case 'signal-returned':
        lost = undefined;
        hasSpoken = true;
        break;
      case 'device-gone':
        gone ??= report.detail;
        break;
      case 'standard-changed':
        standardChanged = report.detail;
        break;
    }
  }

  function takeLine(line: string): void {
    // ffmpeg writes a line that repeats once, and how often when another one comes.
    const repeated = /^ {4}Last message repeated (\d{1,9}) times?/.exec(line);
    if (repeated) {
      if (last) take(last, Number(repeated[1]));
      return;
    }
    last = readLine(line);
    if (last) take(last, 1);
  }

  const tail = createFileTail(logPath, (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '').slice(-longestLine);
    for (const line of lines) takeLine(line);
  });

  return {
    async read(frames) {
      await tail.read();
      const isLost = lost !== undefined && (lost.frame > startupFrames || frames > startupFrames);
      const signal = isLost ? 'lost' : hasSpoken ? 'present' : 'unknown';
      return { signal, overruns, gone, standardChanged };
    },
    close: () => tail.close(),
  };
}
