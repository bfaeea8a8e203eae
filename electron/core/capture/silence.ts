/** A channel below this carries no sound: tape hiss rarely falls so low (ffmpeg silencedetect: noise 0.001, -60 dB). */
const silentDbfs = -60;

/** How long each channel has been silent, in seconds; null as long as nothing of it is known. */
export interface SilenceReading {
  silentS: number[];
  /** Channels that have carried sound at any time. */
  heard: boolean[];
}

/**
 * Counts silence in frames of the tape, as far as they are decoded: a follower that lags or stands still says nothing, and is
 * not taken for silence. Peaks are those of the last half second.
 */
export function createSilenceGauge(framesPerSecond: number): {
  add(decodedFrames: number, peaksDbfs: readonly number[]): SilenceReading;
} {
  let lastSound: number[] = [];
  let heard: boolean[] = [];
  let frames = 0;
  return {
    add(decodedFrames, peaksDbfs) {
      if (peaksDbfs.length !== lastSound.length) {
        lastSound = peaksDbfs.map(() => 0);
        heard = peaksDbfs.map(() => false);
      }
      // A follower that began again hears the tape a second time.
      frames = Math.max(frames, decodedFrames);
      for (const [channel, peak] of peaksDbfs.entries()) {
        if (peak < silentDbfs) continue;
        lastSound[channel] = frames;
        heard[channel] = true;
      }
      return { silentS: lastSound.map((at) => (frames - at) / framesPerSecond), heard: [...heard] };
    },
  };
}
