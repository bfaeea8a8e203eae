import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { discoverSources, parseSelection } from '#core/devices/registry.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { cardName, decklinkFfmpeg } from '../fakes/decklink-ffmpeg.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-card-'));
const lines = [
  { afterMs: 0, line: 'Frame received (#1) - No input signal detected - Frames dropped 1' },
  { afterMs: 300, line: 'Frame received (#14) - Input returned - Frames dropped 2' },
  { afterMs: 2_000, line: 'Frame received (#50) - No input signal detected - Frames dropped 3' },
  { afterMs: 2_100, line: 'Decklink input buffer overrun!' },
  { afterMs: 2_100, line: 'Decklink input buffer overrun!' },
  { afterMs: 2_800, line: 'Frame received (#70) - Input returned - Frames dropped 4' },
];
const fake = await decklinkFfmpeg(join(folder, 'bin'), await locateFfmpeg(), lines);
// The station looks for its ffmpeg when its module is read.
process.env['HELICAL_FFMPEG'] = fake;
const { openStation, ffmpeg } = await import('./station.ts');

afterAll(async () => {
  delete process.env['HELICAL_FFMPEG'];
  await rm(folder, { recursive: true, force: true });
});

test.skipIf(process.platform === 'win32')(
  'a tape is recorded from a DeckLink card, to the proof; packets that the card threw away keep it from its seal',
  async () => {
    const [source] = (await discoverSources(ffmpeg)).filter(({ kind }) => kind === 'decklink');
    expect(source?.id).toBe(`decklink:${cardName}`);
    const chosen = source?.inputs.find(({ id }) => id === 'sdi')?.selection ?? '';
    const sourceId = `${chosen}&mode=tiny&channels=8&timecode=vitc&queue=5`;
    const station = await openStation(join(folder, 'data'));
    const { tapeId, operatorId } = station.tape('D-1');
    const armed = await station.capture.arm({
      tapeId,
      selection: parseSelection(sourceId),
      sourceId,
      profileId: undefined,
      chainName: 'BVW-75 over SDI',
      operatorId,
      durationS: 4,
    });
    expect(armed.video).toMatchObject({
      width: 192,
      height: 144,
      fieldOrder: 'tff',
      pixelFormat: 'yuv422p10le',
    });
    await station.capture.record(armed.passId, operatorId);
    const pass = await station.capture.whenSettled(armed.passId);
    expect(pass).toMatchObject({ frames: 100, endReason: 'duration' });
    // All holds but that the card itself says what it threw away: picture and sound of one frame, of which no gap in time tells.
    expect(pass.sealChecks.filter(({ ok }) => !ok)).toMatchObject([
      { id: 'frames-lost', measured: 'frames lost that no gap shows: 1' },
    ]);
    expect(pass).toMatchObject({ state: 'failed', failReason: 'seal-check-failed', droppedFrames: 1 });
    const roles = station.stores.files.ofPass(pass.id).map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['master', 'seal', 'timecode']));
    // What the card says when it starts is no alarm; what it says later is, with its end.
    const alarms = Object.groupBy(pass.alarms, ({ kind }) => kind);
    expect(alarms['signal-lost']).toHaveLength(1);
    expect(alarms['signal-lost']?.[0]?.frame).toBeGreaterThan(14);
    expect(alarms['signal-lost']?.[0]?.clearedFrame).not.toBeNull();
    expect(alarms['frames-dropped']?.[0]?.message).toContain('2 packets');

    const calls = (await readFile(join(fake, 'calls.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((call) => JSON.parse(call));
    const recorder = calls.find((call: string[]) => call.includes('-progress') && call.includes('decklink'));
    expect(recorder?.slice(recorder.indexOf('decklink'), recorder.indexOf('-i') + 2)).toEqual([
      ...[
        'decklink',
        '-video_input',
        'sdi',
        '-format_code',
        'tiny',
        '-raw_format',
        'yuv422p10',
        '-channels',
        '8',
      ],
      ...['-audio_depth', '32', '-video_pts', 'video', '-audio_pts', 'audio', '-timecode_format', 'vitc'],
      // 192 pixels are four times 128 bytes of v210; eight channels of four bytes; five seconds.
      ...[
        '-signal_loss_action',
        'none',
        '-queue_size',
        String((512 * 144 * 25 + 48_000 * 8 * 4) * 5),
        '-i',
        cardName,
      ],
    ]);
    await station.close();
  },
);
