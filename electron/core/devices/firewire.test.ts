import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { describeTapeStream, firewireInput, listFirewireDecks, readGuid, readQueueS } from './firewire.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-firewire-'));
const { ffmpegPath, ffprobePath } = await locateFfmpeg();
afterAll(() => rm(folder, { recursive: true, force: true }));

it('finds decks among what is on the bus', async () => {
  const node = async (name: string, files: Record<string, string>) => {
    const place = join(folder, 'sys/bus/firewire/devices', name);
    await mkdir(place, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(join(place, file), `${text}\n`);
  };
  await node('fw0', { guid: '0x0011223344556677', vendor_name: 'Texas Instruments', units: '' });
  await node('fw1', {
    guid: '0x08004601024a3b2c',
    vendor_name: 'Sony',
    model_name: 'HVR-M15AE',
    units: '0x00a02d:0x010001',
  });
  await node('fw1.0', { model_name: 'AV/C' });
  expect(await listFirewireDecks(folder)).toEqual([{ guid: '08004601024a3b2c', name: 'Sony HVR-M15AE' }]);
  expect(await listFirewireDecks(join(folder, 'nowhere'))).toEqual([]);
});

it('gives ffmpeg the GUID as it reads one: decimal', () => {
  const args = firewireInput('dv', readGuid('0x08004601024a3b2c'), 1500);
  expect(args.slice(args.indexOf('-f'))).toEqual([
    ...['-f', 'iec61883', '-dvtype', 'dv', '-dvbuffer', '1500'],
    ...['-dvguid', '576537722450754348', '-i', 'auto'],
  ]);
  expect(BigInt('576537722450754348').toString(16)).toBe('8004601024a3b2c');
  expect(firewireInput('hdv', readGuid('auto'), 1500)).not.toContain('-dvguid');
});

it('refuses what is no GUID and what is no queue', () => {
  for (const text of ['x', '1234', '/dev/fw0', '']) expect(() => readGuid(text)).toThrow(HelicalError);
  for (const text of ['0', '-1', 'NaN', '1e9']) expect(() => readQueueS(text, 60)).toThrow(HelicalError);
});

describe('a tape stream', () => {
  it('of DV is bottom field first, with each pair of channels a stream', async () => {
    const path = join(folder, 'pal.dv');
    const picture = ['-f', 'lavfi', '-i', 'testsrc=size=720x576:rate=25:duration=0.2'];
    const sound = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-shortest'];
    await execa(ffmpegPath, ['-v', 'error', ...picture, ...sound, '-target', 'pal-dv', path]);
    expect(describeTapeStream('It', await probe(ffprobePath, path))).toMatchObject({
      codec: 'dvvideo',
      video: { width: 720, height: 576, fieldOrder: 'bff', standard: 'PAL', pixelFormat: 'yuv420p' },
      audio: { channels: 2, sampleRateHz: 48_000, streamChannels: [2] },
    });
  });
  it('without a picture is refused', async () => {
    const path = join(folder, 'sound.wav');
    await execa(ffmpegPath, ['-v', 'error', '-f', 'lavfi', '-i', 'sine=d=0.1', path]);
    const media = await probe(ffprobePath, path);
    expect(() => describeTapeStream('The deck', media)).toThrow(/The deck delivers no picture/);
  });
});
