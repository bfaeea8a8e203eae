import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, test } from 'vitest';
import { recordForReview } from '#hosts/cli/demo-for-review.ts';
import { withEngine } from '#hosts/engine-access.ts';
import { smallRaster } from './small-tape.ts';

const output = { result() {}, note() {}, progress() {}, endProgress() {} };

test('the demo for review leaves a tape that was played twice: what is on it in both passes, what a playing did in one', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'helical-demo-review-'));
  try {
    await withEngine({ dataDir, logger: pino({ enabled: false }) }, async (client) => {
      const at = { dataDir, identifier: 'D-1', raster: smallRaster };
      const passIds = await recordForReview(client, output, at);
      const found: string[][] = [];
      for (const passId of passIds) {
        const pass = await client.passes.show({ passId });
        expect(pass).toMatchObject({ state: 'sealed', frames: 625, droppedFrames: 0 });
        found.push(
          pass.qcEvents.map(({ check, startFrame, endFrame }) => `${check} ${startFrame}-${endFrame}`),
        );
      }
      const [first = [], second = []] = found;
      expect(first.filter((one) => second.includes(one))).toEqual([
        ...['color-bars 0-49', 'reference-tone 0-49', 'video-dropout 125-127', 'silence 400-449'],
        'black 600-624',
      ]);
      expect(first.filter((one) => !second.includes(one))).toEqual([
        'head-clog 200-224',
        'tracking-error 300-349',
      ]);
      expect(second.filter((one) => !first.includes(one))).toEqual(['video-dropout 500-501']);
      const queue = await client.review.queue();
      expect(queue.map(({ passId }) => passId).toSorted()).toEqual(passIds.toSorted());
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
