import type { Plane } from '#shared/domain/picture-planes.ts';
import type { Box } from './layout.ts';
import { codeLevels, lumaShares, type Picture } from './picture.ts';
import { type DrawingKind, drawingKinds, fragmentSource, vertexSource } from './shader.ts';

/** A picture and where all of it lies, in device pixels. */
export interface PlacedPicture {
  picture: Picture;
  box: Box;
  /** Parity of the lines that alone are drawn; absent: all lines. */
  parity: 0 | 1 | undefined;
}

/** One drawing in a part of the canvas; all but `one` need both sides. */
export interface DrawingPart {
  kind: DrawingKind;
  clip: Box;
  a: PlacedPicture;
  b?: PlacedPicture;
}

export interface Drawing {
  parts: readonly DrawingPart[];
  onlyLuma: boolean;
  /** By how much differences are multiplied. */
  gain: number;
  /** Device pixels of a checkerboard's cell. */
  cell: number;
}

export interface PictureDrawer {
  draw(drawing: Drawing): void;
  dispose(): void;
}

/** Draws pictures from their code values on a canvas; undefined where the browser has no WebGL 2. Throws where its shader is refused. */
export function createPictureDrawer(canvas: HTMLCanvasElement): PictureDrawer | undefined {
  const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: false, stencil: false });
  if (!gl) return undefined;
  const program = linked(gl);
  const uniforms = uniformsOf(gl, program);
  const held = new Map<Picture, HeldTextures>();
  gl.useProgram(program);
  for (const [unit, name] of ['lumaA', 'blueA', 'redA', 'lumaB', 'blueB', 'redB'].entries()) {
    gl.uniform1i(uniforms(name), unit);
  }
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);

  const texturesOf = (picture: Picture): HeldTextures => {
    const known = held.get(picture);
    if (known) return known;
    const { width, height, chromaWidth, chromaHeight } = picture.header;
    const { y, u, v } = picture.planes;
    const made: HeldTextures = [
      textureOf(gl, y, width, height),
      textureOf(gl, u, chromaWidth, chromaHeight),
      textureOf(gl, v, chromaWidth, chromaHeight),
    ];
    held.set(picture, made);
    return made;
  };

  const putSide = (name: 'A' | 'B', { picture, box, parity }: PlacedPicture) => {
    const { header } = picture;
    const { black, white, middle, span } = codeLevels(header);
    const { red, blue } = lumaShares[header.matrix];
    for (const [index, texture] of texturesOf(picture).entries()) {
      gl.activeTexture(gl.TEXTURE0 + index + (name === 'A' ? 0 : 3));
      gl.bindTexture(gl.TEXTURE_2D, texture);
    }
    const interlaced = picture.interlacedChroma && header.chromaHeight * 2 === header.height;
    gl.uniform4f(uniforms(`box${name}`), box.x, box.y, box.width, box.height);
    gl.uniform2i(uniforms(`size${name}`), header.width, header.height);
    gl.uniform2i(uniforms(`chroma${name}`), header.chromaWidth, header.chromaHeight);
    gl.uniform4f(uniforms(`levels${name}`), black, 1 / (white - black), middle, 1 / span);
    gl.uniform2f(uniforms(`shares${name}`), red, blue);
    gl.uniform1i(uniforms(`parity${name}`), parity ?? -1);
    gl.uniform1i(uniforms(`interlaced${name}`), interlaced ? 1 : 0);
  };

  return {
    draw({ parts, onlyLuma, gain, cell }) {
      const { width, height } = canvas;
      gl.viewport(0, 0, width, height);
      gl.disable(gl.SCISSOR_TEST);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.enable(gl.SCISSOR_TEST);
      gl.uniform1f(uniforms('canvasHeight'), height);
      gl.uniform1i(uniforms('onlyLuma'), onlyLuma ? 1 : 0);
      gl.uniform1f(uniforms('gain'), gain);
      gl.uniform1f(uniforms('cell'), cell);
      for (const { kind, clip, a, b } of parts) {
        gl.uniform1i(uniforms('kind'), drawingKinds.indexOf(kind));
        putSide('A', a);
        // The sampler of a side that is not drawn needs an integer texture all the same.
        putSide('B', b ?? a);
        gl.scissor(clip.x, height - clip.y - clip.height, clip.width, clip.height);
        gl.drawArrays(gl.TRIANGLES, 0, 3);
      }
      const inUse = new Set(parts.flatMap(({ a, b }) => (b ? [a.picture, b.picture] : [a.picture])));
      for (const [picture, textures] of held) {
        if (inUse.has(picture)) continue;
        for (const texture of textures) gl.deleteTexture(texture);
        held.delete(picture);
      }
    },
    dispose() {
      for (const textures of held.values()) for (const texture of textures) gl.deleteTexture(texture);
      held.clear();
      gl.deleteProgram(program);
    },
  };
}

type HeldTextures = readonly [WebGLTexture, WebGLTexture, WebGLTexture];

function textureOf(gl: WebGL2RenderingContext, plane: Plane, width: number, height: number): WebGLTexture {
  const texture = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  const [format, type] =
    plane instanceof Uint16Array ? [gl.R16UI, gl.UNSIGNED_SHORT] : [gl.R8UI, gl.UNSIGNED_BYTE];
  gl.texImage2D(gl.TEXTURE_2D, 0, format, width, height, 0, gl.RED_INTEGER, type, plane);
  // Whole numbers cannot be filtered: anything but NEAREST would make the texture incomplete, and black.
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return texture;
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) continue;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  // A lost context links nothing, and says so by an event of its own.
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const logs = (gl.getAttachedShaders(program) ?? []).map((shader) => gl.getShaderInfoLog(shader));
    throw new Error(`the pictures' shader is refused: ${[...logs, gl.getProgramInfoLog(program)].join(' ')}`);
  }
  return program;
}

/** Locations of the uniforms, looked up once each. */
function uniformsOf(gl: WebGL2RenderingContext, program: WebGLProgram) {
  const known = new Map<string, WebGLUniformLocation | null>();
  return (name: string) => {
    if (!known.has(name)) known.set(name, gl.getUniformLocation(program, name));
    return known.get(name) ?? null;
  };
}
