import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { Rational } from '#shared/domain/rational.ts';

interface Picture {
  width: number;
  height: number;
  standard: 'PAL' | 'NTSC' | 'other';
}

/** Shape of one pixel as the profile writes it into the master; square for pictures that are neither PAL nor NTSC. */
export function pixelShape(video: Picture, profile: MasterProfile | undefined): Rational {
  if (video.standard === 'other' || !profile) return { num: 1, den: 1 };
  return profile.master.pixelShapes[video.standard][profile.master.aspect];
}

/** Width over height of the picture as it is meant to be seen. */
export function displayAspect(video: Picture, profile: MasterProfile | undefined): number {
  const shape = pixelShape(video, profile);
  return (video.width * shape.num) / (video.height * shape.den);
}
