import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFrameService, type FrameService } from '#core/compare/frames/frame-service.ts';
import { silentLogger } from '#core/db/logger.ts';
import { readFrameNumber } from '#core/devices/simulator/frame-number.ts';
import { createMedia } from '#core/media/media.ts';
import { pictureHeaderName, pictureHeaderSchema, planesOf } from '#shared/domain/picture-planes.ts';
import {
  ffmpeg,
  openStation,
  recordTape,
  type Station,
  smallRecipe,
  until,
  untilFrames,
} from '../capture-faults/station.ts';
import { readFrameNumbers } from '../fixtures/read-frame-numbers.ts';

let folder: string;
let station: Station;
let service: FrameService;
let media: (request: Request) => Promise<Response>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'helical-while-recording-'));
  station = await openStation(folder);
  service = createFrameService({ ffmpeg });
  media = createMedia({
    pathOf: ({ passId }) => station.masterOf(passId),
    passes: station.stores.passes,
    files: station.stores.files,
    masterOnTheWay: (passId) => station.capture.masterOnTheWay(passId),
    picture: (file, frame, signal) => service.picture(file, frame, signal),
    ...{ derivedFolder: onlyPictures, ffmpegPath: onlyPictures, samples: onlyPictures },
    ...{ certificateDocument: onlyPictures, reportDocument: onlyPictures, logger: silentLogger },
  });
});
afterAll(async () => {
  await service.close();
  await station.close();
  rmSync(folder, { recursive: true, force: true });
});

function onlyPictures(): never {
  throw new Error('Only pictures are asked for here.');
}

const ask = (passId: string, frame: number) =>
  media(new Request(`http://engine/media/passes/${passId}/pictures/master/${frame}`));

/** The number in the picture that the engine gives out as this frame, and how many frames it says there are. */
async function pictureOf(passId: string, frame: number) {
  const answer = await ask(passId, frame);
  if (answer.status !== 200) throw new Error(`${frame}: ${await answer.text()}`);
  const header = pictureHeaderSchema.parse(JSON.parse(answer.headers.get(pictureHeaderName) ?? ''));
  const { y } = planesOf(header, await answer.arrayBuffer());
  expect([header.frame, header.damaged]).toEqual([frame, false]);
  return { number: readFrameNumber(y, header.width, header.height), frames: header.frames };
}

it('shows frames of a pass while it is recorded, and the same ones when it is sealed', async () => {
  const { passId, operatorId } = await recordTape(station, 'W-1', smallRecipe());
  await untilFrames(station, passId, 30);
  const first = await until('its first cluster is on the disk', async () => (await ask(passId, 0)).ok);
  expect(first).toBe(true);
  const { frames } = await pictureOf(passId, 0);
  for (const frame of [0, frames - 1, 7, 8, 9, 3])
    expect((await pictureOf(passId, frame)).number).toBe(frame);

  const far = await ask(passId, 100_000);
  expect([far.status, await far.json()]).toEqual([
    404,
    {
      code: 'NOT_FOUND',
      problem: expect.stringMatching(/^Frame 100000 is not on the disk yet: \d+ frames are\.$/),
      safe: 'The recording goes on.',
      remedy: 'Ask again when the tape has come that far.',
    },
  ]);
  const wanted = frames + 20;
  await until('a frame that had not come', async () => (await ask(passId, wanted)).ok);
  const later = await pictureOf(passId, wanted);
  expect(later.number).toBe(wanted);
  expect(later.frames).toBeGreaterThan(wanted);

  await station.capture.stop(passId, operatorId);
  // Whichever state it is in by now: followed, or sealed already.
  expect((await pictureOf(passId, wanted)).number).toBe(wanted);
  const pass = await station.capture.whenSettled(passId);
  expect(pass).toMatchObject({ state: 'sealed', droppedFrames: 0 });
  const last = pass.frames - 1;
  for (const frame of [wanted, 0, last]) {
    expect(await pictureOf(passId, frame)).toEqual({ number: frame, frames: pass.frames });
  }
  const behind = await ask(passId, pass.frames);
  expect([behind.status, await behind.json()]).toMatchObject([
    404,
    { problem: `There is no frame ${pass.frames}: this file has ${pass.frames}.` },
  ]);
  const numbers = await readFrameNumbers(station.masterOf(passId), ffmpeg);
  expect(numbers).toEqual(Array.from({ length: pass.frames }, (_, at) => at));
});
