/** Samples that a spectrum is made of: a third of a second, so that its bins are 3 Hz apart. */
export const spectrumSamples = 16_384;

/**
 * Frequency in Hz of the strongest tone in 16384 samples, and the part of all energy that lies in it (0 to 1). Hann window,
 * parabola over the logarithms of three bins: right to about a tenth of a hertz.
 */
export function strongestTone(
  samples: Float32Array,
  sampleRateHz: number,
): { frequencyHz: number; share: number } {
  const size = spectrumSamples;
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let index = 0; index < size; index++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size);
    real[index] = (samples[index] ?? 0) * window;
  }
  transform(real, imaginary);
  const power = Float64Array.from(
    { length: size / 2 },
    (_, bin) => (real[bin] as number) ** 2 + (imaginary[bin] as number) ** 2,
  );
  let [peak, total] = [2, 0];
  for (let bin = 2; bin < size / 2 - 2; bin++) {
    total += power[bin] as number;
    if ((power[bin] as number) > (power[peak] as number)) peak = bin;
  }
  const near = [-2, -1, 0, 1, 2].reduce((sum, step) => sum + (power[peak + step] ?? 0), 0);
  const level = (bin: number) => Math.log(Math.max(power[bin] as number, Number.MIN_VALUE));
  const [before, at, after] = [level(peak - 1), level(peak), level(peak + 1)];
  const curve = before - 2 * at + after;
  const shift = curve === 0 ? 0 : (0.5 * (before - after)) / curve;
  return { frequencyHz: ((peak + shift) * sampleRateHz) / size, share: total === 0 ? 0 : near / total };
}

/** Fast Fourier transform in place, radix 2: the lengths must be one power of two. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let index = 1, mirrored = 0; index < size; index++) {
    let bit = size >> 1;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (index >= mirrored) continue;
    [real[index], real[mirrored]] = [real[mirrored] as number, real[index] as number];
    [imaginary[index], imaginary[mirrored]] = [imaginary[mirrored] as number, imaginary[index] as number];
  }
  for (let span = 2; span <= size; span *= 2) {
    const angle = (-2 * Math.PI) / span;
    for (let start = 0; start < size; start += span) {
      for (let step = 0; step < span / 2; step++) {
        const [cosine, sine] = [Math.cos(angle * step), Math.sin(angle * step)];
        const [low, high] = [start + step, start + step + span / 2];
        const re = (real[high] as number) * cosine - (imaginary[high] as number) * sine;
        const im = (real[high] as number) * sine + (imaginary[high] as number) * cosine;
        real[high] = (real[low] as number) - re;
        imaginary[high] = (imaginary[low] as number) - im;
        real[low] = (real[low] as number) + re;
        imaginary[low] = (imaginary[low] as number) + im;
      }
    }
  }
}
