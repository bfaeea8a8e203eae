import { expect, it } from 'vitest';
import { askInputs } from '#core/ffmpeg/inputs.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { cardProblem, readCardLine } from './card-problem.ts';
import { askCards, probeCard } from './card-question.ts';

const { ffmpegPath, ffprobePath } = await locateFfmpeg();
const built = await askInputs(ffmpegPath).devices();

it.each([
  ['/dev/video0: Device or resource busy', 'DEVICE_BUSY', /in use by another program/],
  [
    '[video4linux2,v4l2 @ 0x55] Cannot open video device /dev/video0: Permission denied',
    'DEVICE_FAILED',
    /may not be opened.*usermod -aG video,audio/,
  ],
  [
    '[alsa @ 0x5] cannot open audio device hw:1 (Device or resource busy)\nhw:1: Input/output error',
    'DEVICE_BUSY',
    /in use/,
  ],
  [
    '[dshow @ 000002] Could not find video device with name [X] among source devices of type video.',
    'DEVICE_FAILED',
    /is not there/,
  ],
  [
    '[dshow @ 000002] Could not run graph (sometimes caused by a device already in use)',
    'DEVICE_BUSY',
    /in use/,
  ],
  ['[iec61883 @ 0x55] No AV/C devices found.\nauto: Input/output error', 'DEVICE_FAILED', /is not there/],
  ['[iec61883 @ 0x55] Failed to open IEEE1394 interface.', 'DEVICE_FAILED', /is not there/],
  ["[video4linux2,v4l2 @ 0x55] Unknown or unsupported standard 'pal'", 'INVALID_INPUT', /does not know/],
  ['[dshow @ 000002] Could not set video options', 'INVALID_INPUT', /does not deliver/],
  ['something unheard of', 'DEVICE_FAILED', /cannot be opened: something unheard of\./],
  ['', 'DEVICE_FAILED', /it says nothing/],
])('turns "%s" into a sentence', (said, code, sentence) => {
  const error = cardProblem('The card', said, 'linux');
  expect(error.code).toBe(code);
  expect(error.message).toMatch(sentence);
  expect(error.safe).toBe('Nothing was recorded.');
});

it('names the remedy of each system for a permission that lacks', () => {
  const remedies = (['darwin', 'win32', 'linux'] as const).map(
    (platform) => cardProblem('It', 'Permission denied', platform).remedy,
  );
  expect(remedies).toEqual([
    expect.stringContaining('System Settings'),
    expect.stringContaining('Settings, Privacy'),
    expect.stringContaining('usermod'),
  ]);
});

it.each([
  [
    '[dshow @ 000002] [error] real-time buffer [USB Video] [video input] too full or near too full (87% of size: 3041280 [rtbufsize parameter])! frame dropped!',
    'queue-overrun',
  ],
  ['[error] DV packet queue overrun, dropping.', 'queue-overrun'],
  ['[alsa @ 0x55] [warning] ALSA buffer xrun.', 'queue-overrun'],
  [
    '[video4linux2,v4l2 @ 0x55] [warning] Dequeued v4l2 buffer contains 414720 bytes, but 829440 were expected. Flags: 0x00000001.',
    'queue-overrun',
  ],
  ['[video4linux2,v4l2 @ 0x55] [error] ioctl(VIDIOC_DQBUF): No such device', 'device-gone'],
  ['[error] No more input data available', 'device-gone'],
  ['[in#0/v4l2 @ 0x55] [error] Error during demuxing: No such device', 'device-gone'],
  ['[info] Press [q] to stop', undefined],
])('reads "%s"', (line, kind) => expect(readCardLine(line)?.kind).toBe(kind));

it.skipIf(!built.has('v4l2') || !built.has('alsa'))(
  'hears the real ffmpeg say that a device is not there',
  async () => {
    const input = ['-f', 'v4l2', '-i', '/dev/video987'];
    expect(await askCards(ffmpegPath, input)).toMatch(/No such file or directory/);
    await expect(probeCard(ffprobePath, input, 'The card')).rejects.toMatchObject({
      code: 'DEVICE_FAILED',
      problem: 'The card is not there, or was unplugged.',
    });
    await expect(probeCard(ffprobePath, ['-f', 'v4l2', '-i', '/dev/null'], 'It')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      problem: 'It is not a capture device.',
    });
    await expect(
      probeCard(ffprobePath, ['-f', 'alsa', '-i', 'hw:CARD=none,DEV=0'], 'It'),
    ).rejects.toMatchObject({
      code: 'DEVICE_FAILED',
    });
  },
);

it.skipIf(!built.has('alsa'))('probes a real sound device: the one that is always there', async () => {
  const media = await probeCard(
    ffprobePath,
    ['-thread_queue_size', '64', '-isync', '0', '-f', 'alsa', '-i', 'null'],
    'It',
  );
  expect(media.audio[0]).toMatchObject({ codec: 'pcm_s16le', channels: 2, sampleRateHz: 48_000 });
});
