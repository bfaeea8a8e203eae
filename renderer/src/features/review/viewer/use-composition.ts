import { useQuery } from '@tanstack/react-query';
import type { Pass } from '#shared/domain/pass.ts';
import { api } from '../../../api/client.ts';
import { pixelShape } from '../../../ui/picture-shape.ts';
import { useComparison } from '../comparison.ts';
import { type Composition, compose, type Look } from './composition.ts';
import { allOfIt, partInCopy } from './part-in-copy.ts';
import { useShown } from './shown.ts';

interface Composed {
  look: Look;
  /** Null: there is nothing to draw, or nowhere. */
  composition: Composition | null;
}

/**
 * How the pair in sight is drawn. A hook by itself, so that both stay the same objects until one of these changes: a picture that plays
 * above them draws nothing anew.
 * @param size of the canvas in device pixels
 * @param hasVideo the access copy is in sight, and only A's place counts
 */
export function useComposition(
  pass: Pass,
  size: { width: number; height: number; scale: number },
  hasVideo: boolean,
): Composed {
  const pair = useShown((shown) => shown.pair);
  const isBlinkOnB = useShown((shown) => shown.isBlinkOnB);
  const compared = useComparison();
  const profiles = useQuery(api.station.profiles.queryOptions());
  const profile = profiles.data?.find((one) => one.id === pass.profileId);
  const shape = pixelShape(pass.video, profile);
  const b = pair && typeof pair.b === 'object' ? pair.b : null;
  const isCopyB = b?.address.kind === 'frame' && b.address.role === 'access';
  const look: Look = {
    ...compared,
    ...size,
    mode: hasVideo ? 'alone' : compared.mode,
    shape: shape.num / shape.den,
    partInB: isCopyB && b ? partInCopy(pass.video, b.picture.header.height, profile) : allOfIt,
    isBlinkOnB,
  };
  return { look, composition: pair && size.width > 0 ? compose(pair, look) : null };
}
