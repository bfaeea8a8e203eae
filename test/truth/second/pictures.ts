import type { Standard } from '#core/devices/simulator/standard.ts';

/** Pictures from ffmpeg's own sources, in graphs that end in `[out]`: whole frames of 4:2:2, ten bits, two fields. */

/** Where a cloud has steep slopes, it gets an edge: otherwise there is nothing sharp in the picture. */
const edges = "lutyuv=y='if(gt(mod(val\\,64)\\,34)\\,val*0.8+34\\,val*0.9)'";

/** Contents by name. Each graph gives frames at twice the frame rate in `[p]`, full size, eight bits 4:4:4. */
const contents = {
  /** Two sizes of cloud that slide over each other, as a slow camera does. */
  drift: (size, rate, seed) =>
    `${cloud(size, rate, seed, 40, 3)}[far];${cloud(size, rate, seed + 1, 9, 2)}[near];` +
    `[far]scroll=h=0.0021[a];[near]scroll=h=0.0034:v=0.0007[b];[a][b]blend=all_mode=average,${edges}[p]`,
  /** A camera that rolls. */
  roll: (size, rate, seed) => `${cloud(size, rate, seed, 34, 3)},rotate='0.35*sin(t*0.8)':c=gray,${edges}[p]`,
  /** Endless detail. */
  fractal: (size, rate) =>
    `mandelbrot=s=${size}:rate=${rate}:start_scale=0.8:end_scale=0.05:maxiter=300,` +
    'format=yuv444p,hue=s=0.5[p]',
  /** Bright discs that cross a cloudy room at their own speeds. */
  discs: (size, rate, seed) =>
    `${cloud(size, rate, seed, 60, 2)}[room];` +
    `${disc(rate, 130, 200, 90, 170)}[d1];${disc(rate, 90, 120, 170, 100)}[d2];${disc(rate, 170, 90, 120, 150)}[d3];` +
    "[room][d1]overlay=x='W/2+W*0.4*sin(t*1.9)':y='H*0.3+H*0.2*cos(t*2.3)'[r1];" +
    "[r1][d2]overlay=x='mod(t*330,W+90)-90':y='H*0.55'[r2];" +
    "[r2][d3]overlay=x='W*0.6+90*sin(t*0.9)':y='H*0.1+H*0.5*abs(sin(t*1.4))',format=yuv444p[p]",
  /** Nothing moves. */
  rest: (size, rate, seed) => `${cloud(size, rate, seed, 52, 3)},${edges}[p]`,
} as const satisfies Record<string, (size: string, rate: string, seed: number) => string>;

export type ContentName = keyof typeof contents;
export const contentNames = Object.keys(contents) as ContentName[];

/** A random picture of few points, scaled up, that stays as it is. */
function cloud(size: string, rate: string, seed: number, points: number, contrast: number): string {
  const [width, height] = size.split('x').map(Number) as [number, number];
  const across = Math.max(4, Math.round(width / points));
  const down = Math.max(4, Math.round(height / points));
  const luma = chance(seed, 12.9898, 78.233);
  return (
    `nullsrc=s=${across}x${down}:r=${rate}:d=0.01,format=yuv444p,` +
    `geq=lum='clip(${110 - 22 * contrast}+${45 * contrast}*${luma}\\,20\\,225)'` +
    `:cb='98+60*${chance(seed, 31.17, 42.71)}':cr='98+60*${chance(seed, 57.31, 23.9)}',` +
    `scale=${width}x${height}:flags=bicubic,loop=loop=-1:size=1`
  );
}

/** 0 to 1, without order, by place: fraction of a large sine. */
function chance(seed: number, across: number, down: number): string {
  return `(0.5+0.5*sin(43758.5*sin((X+1)*${across}+(Y+1)*${down}+${seed % 997})))`;
}

function disc(rate: string, size: number, luma: number, cb: number, cr: number): string {
  return (
    `nullsrc=s=${size}x${size}:r=${rate}:d=0.01,format=yuva444p,geq=lum='${luma}-40*Y/H':cb=${cb}:cr=${cr}` +
    ":a='255*clip((W/2-hypot(X-W/2\\,Y-H/2))/3\\,0\\,1)',loop=loop=-1:size=1"
  );
}

/** What a tape leaves of a picture, by ffmpeg's filters: less bandwidth, colour aside, noise that is new in each frame. */
const wear = {
  consumer: { luma: 1.1, chroma: 4.5, shift: 2, noise: 9, chromaNoise: 14 },
  industrial: { luma: 0.9, chroma: 3.5, shift: -2, noise: 7, chromaNoise: 10 },
  broadcast: { luma: 0.5, chroma: 1.2, shift: 0, noise: 4, chromaNoise: 5 },
} as const;

export type WearName = keyof typeof wear;
export const wearNames = Object.keys(wear) as WearName[];

/** The whole graph of a tape: content, two fields, levels of tape, wear, black edges. Ends in `[out]`, yuv422p10le. */
export function pictureGraph(
  order: { standard: Standard; seed: number; wear: WearName; cutEveryS: number },
  names: readonly ContentName[],
): string {
  const { standard, seed } = order;
  const { width, height, frameRate } = standard;
  const { luma, chroma, shift, noise, chromaNoise } = wear[order.wear];
  const size = `${width}x${height}`;
  const fields = `${frameRate.num * 2}/${frameRate.den}`;
  const parts = names.map(
    (name, index) =>
      `${contents[name](size, fields, seed + 13 * index)};[p]setsar=1,trim=duration=${order.cutEveryS},setpts=PTS-STARTPTS[s${index}]`,
  );
  const graph = parts.map((part, index) =>
    part.replaceAll(/\[(p|far|near|a|b|room|d1|d2|d3|r1|r2)\]/g, `[$1x${index}]`),
  );
  const joined = `${names.map((_, index) => `[s${index}]`).join('')}concat=n=${names.length}:v=1:a=0`;
  const blank = 'drawbox=x=0:y=0:w=8:h=ih:c=black:t=fill,drawbox=x=iw-10:y=0:w=10:h=ih:c=black:t=fill';
  // A camera never shows detail of a single line: that would flicker. Neither do these.
  return [
    ...graph,
    `${joined},tinterlace=mode=${standard.fieldOrder === 'tff' ? 'interleave_top' : 'interleave_bottom'}:flags=low_pass_filter,` +
      `lutyuv=y='16+(val-16)*0.98',chromashift=cbh=${shift}:crh=${shift},${blank},` +
      `${grain(noise, chromaNoise, seed)},` +
      `format=yuv422p10le,gblur=sigma=${luma}:sigmaV=0.01:planes=1,` +
      `gblur=sigma=${chroma / 2}:sigmaV=0.7:planes=6,setsar=1[out]`,
  ].join(';');
}

/**
 * Noise that is new in each frame. ffmpeg's filter takes each line from one table, at one of 128 places: by chance lines of a
 * field would often be the same, as they are where a dropout was filled. Three layers of it are not.
 */
function grain(luma: number, chroma: number, seed: number): string {
  return [1, 2, 3]
    .map((layer) => {
      const part = (strength: number) => Math.max(1, Math.round(strength / Math.sqrt(3)));
      return `noise=c0s=${part(luma)}:c1s=${part(chroma)}:c2s=${part(chroma)}:allf=t:all_seed=${(seed + 7919 * layer) % 65_536}`;
    })
    .join(',');
}

/** Bars with the same noise, of the kind that the standard has. Ends in `[out]`. */
export function barsGraph({ name, width, height, frameRate }: Standard, seed: number): string {
  const source = name === 'PAL' ? 'pal75bars' : 'smptebars';
  return (
    `${source}=s=${width}x${height}:r=${frameRate.num}/${frameRate.den},format=yuv422p,` +
    `${grain(7, 8, seed)},` +
    'format=yuv422p10le,gblur=sigma=0.8:sigmaV=0.01,setsar=1[out]'
  );
}
