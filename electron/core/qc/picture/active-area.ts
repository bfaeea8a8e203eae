/**
 * Pixels left out on each side: blanking, head switching and edges would rule every minimum and maximum.
 * 25 is AV Spex's figure for SD; pictures under 150 lines (tests, thumbnails) give up a sixth.
 */
export function activeAreaBorder(picture: { width: number; height: number }): number {
  const border = Math.min(25, Math.floor(Math.min(picture.width, picture.height) / 6));
  return border - (border % 2);
}

/** A rectangle of one plane; right and bottom are the first samples behind it. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The active picture in samples of luma and of chroma, cut on whole chroma samples. */
export function activeAreaOf(raster: {
  width: number;
  height: number;
  chromaWidth: number;
  chromaHeight: number;
}): {
  luma: Area;
  chroma: Area;
} {
  const { width, height, chromaWidth, chromaHeight } = raster;
  const across = Math.round(width / chromaWidth);
  const down = Math.round(height / chromaHeight);
  const border = activeAreaBorder(raster);
  const left = border - (border % across);
  const top = border - (border % down);
  const [innerWidth, innerHeight] = [width - 2 * border, height - 2 * border];
  const luma = {
    left,
    top,
    right: left + innerWidth - (innerWidth % across),
    bottom: top + innerHeight - (innerHeight % down),
  };
  return {
    luma,
    chroma: {
      left: left / across,
      top: top / down,
      right: luma.right / across,
      bottom: luma.bottom / down,
    },
  };
}
