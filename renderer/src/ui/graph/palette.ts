import { type Colour, mixed, opaque } from './surface.ts';

/** The colours of graphs, as the theme in force has them. */
export interface Palette {
  panel: Colour;
  lane: Colour;
  /** Ground of the strips in which a scale bends. */
  strip: Colour;
  line: Colour;
  band: Colour;
  otherLine: Colour;
  sound: Colour;
  soundPeak: Colour;
  quiet: Colour;
  text: Colour;
  accent: Colour;
  warning: Colour;
  failure: Colour;
  /** What stands for black and white of a picture, the same in every theme. */
  black: Colour;
  white: Colour;
}

/** Reads the tokens that hold for an element. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (token: string) => parseColour(style.getPropertyValue(token));
  const [lane, line, sound] = [colour('--field'), colour('--trace-1'), colour('--trace-3')];
  return {
    panel: colour('--panel'),
    lane,
    strip: mixed(lane, line, 0.07),
    line,
    band: mixed(lane, line, 0.34),
    otherLine: colour('--accent'),
    sound,
    soundPeak: mixed(lane, sound, 0.45),
    quiet: colour('--trace-2'),
    text: colour('--text'),
    accent: colour('--accent'),
    warning: colour('--warning'),
    failure: colour('--failure'),
    black: opaque(0, 0, 0),
    white: opaque(235, 235, 235),
  };
}

/** `#rrggbb`, which is how tokens.css writes what covers, or `#rgb`, which the build makes of it; throws RangeError for anything else. */
function parseColour(text: string): Colour {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(
    text.trim().replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3'),
  );
  if (!match) throw new RangeError(`no opaque colour: "${text}"`);
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => Number.parseInt(part, 16));
  return opaque(red, green, blue);
}
