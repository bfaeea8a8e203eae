import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { DeviceKey } from './device.ts';
import { assumedFieldOrder, standardOf } from './raster.ts';

/** A deck or camera on the FireWire bus. */
export interface FirewireDeck {
  /** Sixteen hexadecimal digits, which the device keeps for life. */
  guid: string;
  name: string;
}

/** Unit directories of AV/C devices: specifier 00a02d (1394 TA), version 010001 (AV/C). */
const avc = /0x00a02d:0x010001/i;

/** The AV/C devices that Linux sees (Documentation/ABI/stable/sysfs-bus-firewire). `root` stands for `/`, for tests. */
export async function listFirewireDecks(root = '/'): Promise<FirewireDeck[]> {
  const bus = join(root, 'sys/bus/firewire/devices');
  const nodes = await readdir(bus).catch(missingAs<string[]>([]));
  const decks = nodes.sort().map(async (node): Promise<FirewireDeck | undefined> => {
    const read = async (name: string) =>
      (await readFile(join(bus, node, name), 'utf8').catch(missingAs(''))).trim();
    const guid = /^0x([0-9a-f]{16})$/i.exec(await read('guid'))?.[1]?.toLowerCase();
    if (!guid || !avc.test(await read('units'))) return undefined;
    const name = [await read('vendor_name'), await read('model_name')].filter(Boolean).join(' ');
    return { guid, name: name || 'FireWire deck' };
  });
  return (await Promise.all(decks)).filter((deck) => deck !== undefined);
}

function missingAs<T>(instead: T) {
  return (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return instead;
    throw error;
  };
}

/**
 * Arguments that open a deck. ffmpeg takes the GUID as a decimal number (iec61883.c reads it with SCNu64), and its queue in
 * frames of DV; of HDV it makes 766 transport packets of each.
 */
export function firewireInput(type: 'dv' | 'hdv', guid: string | undefined, queueFrames: number): string[] {
  return [
    ...['-thread_queue_size', String(type === 'dv' ? 2 * queueFrames : 2048)],
    ...['-f', 'iec61883', '-dvtype', type, '-dvbuffer', String(queueFrames)],
    ...(guid === undefined ? [] : ['-dvguid', BigInt(`0x${guid}`).toString()]),
    ...['-i', 'auto'],
  ];
}

/** A deck is one whichever program reads it, and in whichever way its sixteen digits are written. */
export function firewireKey(argument: string | undefined): DeviceKey {
  if (argument === undefined || argument === 'auto') return { bus: 'firewire', unit: undefined };
  return { bus: 'firewire', unit: argument.toLowerCase().replace(/^0x/, '') };
}

/** A deck that was chosen, or undefined for the only one. HelicalError INVALID_INPUT. */
export function readGuid(argument: string | undefined): string | undefined {
  if (argument === undefined || argument === 'auto') return undefined;
  const guid = /^(?:0x)?([0-9a-f]{16})$/i.exec(argument)?.[1];
  if (guid) return guid.toLowerCase();
  throw new HelicalError('INVALID_INPUT', {
    problem: `${argument} is no FireWire device: a GUID has sixteen hexadecimal digits.`,
    safe: 'Nothing was opened.',
    remedy: 'Choose one that helical sources lists, or auto for the only deck.',
  });
}

/** Seconds that ffmpeg's own queue holds. HelicalError INVALID_INPUT. */
export function readQueueS(text: string | undefined, standard: number): number {
  const seconds = text === undefined ? standard : Number(text);
  if (seconds >= 1 && seconds <= 600) return seconds;
  throw new HelicalError('INVALID_INPUT', {
    problem: `A queue of ${text} s cannot be: give 1 to 600.`,
    safe: 'Nothing was opened.',
  });
}

/** Picture and sound of a tape's own stream, as it came. HelicalError DEVICE_FAILED where there is no picture in it. */
export function describeTapeStream(
  name: string,
  media: MediaDescription,
): { video: VideoFormat; audio: AudioFormat | undefined; codec: string } {
  const picture = media.video[0];
  const frameRate = picture?.averageFrameRate ?? picture?.frameRate;
  if (!picture?.pixelFormat || !picture.codec || !frameRate || !picture.width) {
    throw new HelicalError('DEVICE_FAILED', {
      problem: `${name} delivers no picture.`,
      safe: 'Nothing was recorded.',
      remedy: 'Press play before arming, and look at the cable.',
    });
  }
  const { width, height, pixelFormat, codec } = picture;
  // DV is bottom field first in both systems (IEC 61834-2).
  const fieldOrder = codec === 'dvvideo' ? 'bff' : fieldOrderOf(picture.fieldOrder, height);
  const streamChannels = media.audio.map(({ channels }) => channels);
  const channels = streamChannels.reduce((sum, count) => sum + count, 0);
  return {
    video: {
      width,
      height,
      frameRate,
      fieldOrder,
      pixelFormat,
      standard: standardOf(width, height, frameRate),
      ...(picture.sampleAspect ? { sampleAspect: picture.sampleAspect } : {}),
    },
    audio:
      channels > 0
        ? { channels, sampleRateHz: media.audio[0]?.sampleRateHz ?? 48_000, streamChannels }
        : undefined,
    codec,
  };
}

function fieldOrderOf(word: string | undefined, height: number): VideoFormat['fieldOrder'] {
  if (word === 'progressive') return 'progressive';
  if (word?.startsWith('t')) return 'tff';
  if (word?.startsWith('b')) return 'bff';
  return height === 1080 ? 'tff' : assumedFieldOrder(height);
}
