import { describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes.ts';

const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);

/** An answer that comes in pieces, as a stream of bytes or as one that knows only pieces. */
function answerInPieces(type: 'bytes' | undefined, ...ends: number[]): Response {
  const source = {
    start(controller: { enqueue(piece: Uint8Array<ArrayBuffer>): void; close(): void }) {
      let from = 0;
      for (const end of ends) {
        controller.enqueue(bytes.slice(from, end));
        from = end;
      }
      controller.close();
    },
  };
  return new Response(
    type ? new ReadableStream({ ...source, type } as UnderlyingByteSource) : new ReadableStream(source),
  );
}

describe.each(['bytes', undefined] as const)('an answer whose stream has the type %s', (type) => {
  it('is read whole, however it is cut', async () => {
    for (const ends of [[1000], [1, 999, 1000]]) {
      expect(new Uint8Array(await readBytes(answerInPieces(type, ...ends), 1000))).toEqual(bytes);
    }
  });

  it('is refused where it has another length', async () => {
    await expect(readBytes(answerInPieces(type, 999), 1000)).rejects.toThrow(RangeError);
    await expect(readBytes(answerInPieces(type, 1000), 999)).rejects.toThrow(RangeError);
  });
});
