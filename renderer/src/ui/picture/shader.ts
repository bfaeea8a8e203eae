/** Which of the ways to draw; their order is the shader's. */
export const drawingKinds = ['one', 'difference', 'signed', 'checkerboard'] as const;
export type DrawingKind = (typeof drawingKinds)[number];

export const vertexSource = `#version 300 es
void main() {
  // One triangle that covers everything.
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

/**
 * A side's samples, averaged over the area that a device pixel covers: each sample counts by its share of that area. At whole
 * zooms every sample is its own block of device pixels; when fitted, no line is left out.
 */
const side = (name: 'A' | 'B') => `
uniform usampler2D luma${name};
uniform usampler2D blue${name};
uniform usampler2D red${name};
uniform vec4 box${name};
uniform ivec2 size${name};
uniform ivec2 chroma${name};
/* Black of luma, 1 / range of luma, middle of chroma, 1 / range of chroma. */
uniform vec4 levels${name};
uniform vec2 shares${name};
/* 0 or 1: only the lines of that field, each twice; -1: all lines. */
uniform int parity${name};
uniform bool interlaced${name};

bool isIn${name}(vec2 pixel) {
  vec2 at = pixel - box${name}.xy;
  return all(greaterThanEqual(at, vec2(0.0))) && all(lessThan(at, box${name}.zw));
}

vec3 colour${name}(vec2 pixel) {
  vec2 size = vec2(size${name});
  vec2 scale = size / box${name}.zw;
  vec2 low = clamp((pixel - 0.5 - box${name}.xy) * scale, vec2(0.0), size);
  vec2 high = clamp((pixel + 0.5 - box${name}.xy) * scale, vec2(0.0), size);
  ivec2 first = min(ivec2(low), size${name} - 1);
  ivec2 last = min(ivec2(ceil(high)) - 1, size${name} - 1);
  vec3 sum = vec3(0.0);
  float total = 0.0;
  for (int line = first.y; line <= last.y; line++) {
    float high1 = min(high.y, float(line + 1)) - max(low.y, float(line));
    int from = parity${name} < 0 ? line : (line & ~1) + parity${name};
    if (from >= size${name}.y) from -= 2;
    int chromaLine = interlaced${name} ? 2 * (from >> 2) + (from & 1) : from * chroma${name}.y / size${name}.y;
    for (int column = first.x; column <= last.x; column++) {
      float weight = max(1e-6, high1 * (min(high.x, float(column + 1)) - max(low.x, float(column))));
      ivec2 at = ivec2(column * chroma${name}.x / size${name}.x, chromaLine);
      sum += weight * vec3(
        float(texelFetch(luma${name}, ivec2(column, from), 0).r),
        float(texelFetch(blue${name}, at, 0).r),
        float(texelFetch(red${name}, at, 0).r));
      total += weight;
    }
  }
  vec3 code = sum / total;
  float y = (code.x - levels${name}.x) * levels${name}.y;
  vec2 c = onlyLuma ? vec2(0.0) : (code.yz - levels${name}.z) * levels${name}.w;
  float r = y + 2.0 * (1.0 - shares${name}.x) * c.y;
  float b = y + 2.0 * (1.0 - shares${name}.y) * c.x;
  float g = (y - shares${name}.x * r - shares${name}.y * b) / (1.0 - shares${name}.x - shares${name}.y);
  return vec3(r, g, b);
}`;

export const fragmentSource = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;
uniform float canvasHeight;
uniform int kind;
uniform bool onlyLuma;
uniform float gain;
uniform float cell;
${side('A')}
${side('B')}
out vec4 drawn;

void main() {
  vec2 pixel = vec2(gl_FragCoord.x, canvasHeight - gl_FragCoord.y);
  drawn = vec4(0.0);
  bool inA = isInA(pixel);
  if (kind == 0) {
    if (inA) drawn = vec4(colourA(pixel), 1.0);
    return;
  }
  bool inB = isInB(pixel);
  if (kind == 3) {
    vec2 cells = floor((pixel - boxA.xy) / cell);
    bool even = mod(cells.x + cells.y, 2.0) < 0.5;
    if (even && inA) drawn = vec4(colourA(pixel), 1.0);
    else if (!even && inB) drawn = vec4(colourB(pixel), 1.0);
    return;
  }
  if (!inA || !inB) return;
  vec3 difference = colourA(pixel) - colourB(pixel);
  drawn = vec4(kind == 1 ? abs(difference) * gain : 0.5 + 0.5 * gain * difference, 1.0);
}`;
