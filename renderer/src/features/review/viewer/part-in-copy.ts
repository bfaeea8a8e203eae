import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { Box } from '../../../ui/picture/layout.ts';

export const allOfIt: Box = { x: 0, y: 0, width: 1, height: 1 };

/** The part of a master's picture that its access copy holds: of NTSC's 486 lines 480, from where the profile cuts. */
export function partInCopy(
  video: { standard: string; height: number },
  copyHeight: number,
  profile: MasterProfile | undefined,
): Box {
  if (video.standard !== 'NTSC' || video.height !== 486 || copyHeight !== 480 || !profile) return allOfIt;
  const cutTopLines = Math.min(profile.access.ntscCropTopLines, video.height - copyHeight);
  return { x: 0, y: cutTopLines / video.height, width: 1, height: copyHeight / video.height };
}
