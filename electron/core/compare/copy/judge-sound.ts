import type { CopyLine } from '#shared/domain/copy-certificate.ts';
import { copyLine } from './copy-line.ts';
import type { MeasuredCopy } from './measured-copy.ts';
import type { ChannelLikeness } from './sound-channels.ts';

/** Half a frame of AAC: 512 of 48,000 samples. */
const mostLagMs = 11;
/** What the lag may change from head to tail. */
const mostDriftMs = 5;

/** Places that have to agree before sync is called right, on a copy of so many seconds: one of a few may be told by chance. */
const [leastTold, longEnoughS] = [3, 12];

/** dB by which coding alone does not move the level of a channel: AAC of hiss and tones was seen to move it by 0.25 dB. */
const mostLevelDb = 1;

function whatIsWrong({ levelDb, isLikeAnother }: ChannelLikeness): string | undefined {
  if (isLikeAnother !== undefined) return `sounds like channel ${isLikeAnother + 1} of the master`;
  if (levelDb === null || Math.abs(levelDb) <= mostLevelDb) return undefined;
  return `is ${Math.abs(levelDb).toFixed(1)} dB too ${levelDb < 0 ? 'soft' : 'loud'}`;
}

/** Lines on the sound; none where there is none on either side. */
export function judgeSound(copy: MeasuredCopy): CopyLine[] {
  const { expected, described } = copy;
  const channels = described.audio.reduce((sum, track) => sum + track.channels, 0);
  if (expected.audioChannels === 0 && channels === 0) return [];
  const wrong = copy.soundChannels.flatMap((one, at) => {
    const said = whatIsWrong(one);
    return said === undefined ? [] : [`channel ${at + 1} ${said}`];
  });
  const sound = copyLine('sound', channels === expected.audioChannels && wrong.length === 0, {
    expected: `${expected.audioChannels} channels, each as loud as it was and in its place`,
    measured: [`${channels} channels`, ...wrong].join('; '),
    values: {
      channels,
      ...Object.fromEntries(
        copy.soundChannels.map(({ levelDb }, at) => [`levelDb${at + 1}`, levelDb ?? 0] as const),
      ),
    },
    source: `The recipe keeps every channel. Own: ${mostLevelDb} dB, which coding alone does not move a sound by.`,
  });
  return channels === 0 || expected.audioChannels === 0
    ? [sound]
    : [sound, ...polarity(copy), sync(copy), drift(copy)];
}

/** Channels that nothing is heard on have none; of the others all have to be told before they are called right. */
function polarity({ soundChannels }: MeasuredCopy): CopyLine[] {
  const heard = soundChannels.filter(({ levelDb }) => levelDb !== null);
  if (heard.length === 0) return [];
  const told = heard.filter((channel) => channel.polarity !== null).length;
  const turned = soundChannels.flatMap((channel, at) => (channel.polarity === -1 ? [at + 1] : []));
  const isRight = told === heard.length ? true : undefined;
  return [
    copyLine('polarity', turned.length > 0 ? false : isRight, {
      expected: 'every channel the way up that it was',
      measured: [
        ...turned.map((channel) => `channel ${channel} is turned over`),
        `told of ${told} of ${heard.length} channels that are heard`,
      ].join('; '),
      values: { turned: turned.length, channelsTold: told, channelsHeard: heard.length },
      source:
        'The recipe turns nothing over. Own: by the sign of the likeness; a channel that is turned over is lost where it is mixed with another.',
    }),
  ];
}

function sync({ syncMs, syncWindows, syncPlaces, lengthS }: MeasuredCopy): CopyLine {
  const told = syncWindows.length;
  const isTold = told >= leastTold || lengthS < longEnoughS;
  // One place is too few to call it right, not to call it wrong.
  const ok = syncMs === null ? undefined : Math.abs(syncMs) > mostLagMs ? false : isTold ? true : undefined;
  return copyLine('sync', ok, {
    expected: `sound within ${mostLagMs} ms of the picture, everywhere`,
    measured:
      syncMs === null
        ? `told at none of ${syncPlaces} places: there is nothing in the sound to tell it by`
        : `${Math.abs(syncMs).toFixed(1)} ms ${syncMs < 0 ? 'early' : 'late'} at most; told at ${told} of ${syncPlaces} places`,
    values: { syncMs: syncMs ?? 0, placesTold: told, places: syncPlaces },
    source: `Own: half a frame of AAC, at ${leastTold} places at least from ${longEnoughS} s on. People notice 45 ms early, 125 ms late (ITU-R BT.1359).`,
  });
}

function drift({ driftPpm, syncWindows }: MeasuredCopy): CopyLine {
  const spanS = (syncWindows.at(-1)?.atS ?? 0) - (syncWindows[0]?.atS ?? 0);
  const driftMs = ((driftPpm ?? 0) * spanS) / 1000;
  return copyLine('drift', driftPpm === null ? undefined : Math.abs(driftMs) <= mostDriftMs, {
    expected: `no more than ${mostDriftMs} ms from head to tail`,
    measured:
      driftPpm === null ? 'too few places to tell' : `${driftMs.toFixed(1)} ms, ${driftPpm.toFixed(1)} ppm`,
    values: { driftMs, driftPpm: driftPpm ?? 0 },
    source: 'Own: a copy of a file has the clock of that file.',
  });
}
