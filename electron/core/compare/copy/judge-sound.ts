import type { CopyLine, Phrase } from '#shared/domain/copy-certificate.ts';
import { copyLine, figure, phrase } from './copy-line.ts';
import type { MeasuredCopy } from './measured-copy.ts';
import type { ChannelLikeness } from './sound-channels.ts';

/** Half a frame of AAC: 512 of 48,000 samples. */
const mostLagMs = 11;
/** What the lag may change from head to tail. */
const mostDriftMs = 5;

/** Sound this much apart is noticed, says ITU-R BT.1359. */
const noticedMs = { early: 45, late: 125 };

/** Places that have to agree before sync is called right, on a copy of so many seconds: one of a few may be told by chance. */
const [leastTold, longEnoughS] = [3, 12];

/** dB by which coding alone does not move the level of a channel: AAC of hiss and tones was seen to move it by 0.25 dB. */
const mostLevelDb = 1;

/** What is wrong with a channel, counted from 0; nothing where it is as it was. */
function whatIsWrong({ levelDb, isLikeAnother }: ChannelLikeness, at: number): Phrase[] {
  const channel = figure(at + 1);
  if (isLikeAnother !== undefined) {
    return [phrase('channelElsewhere', { channel, other: figure(isLikeAnother + 1) })];
  }
  if (levelDb === null || Math.abs(levelDb) <= mostLevelDb) return [];
  const apart = figure(Math.abs(levelDb), 'dB', 1);
  return [phrase(levelDb < 0 ? 'channelSoft' : 'channelLoud', { channel, apart })];
}

/** Lines on the sound; none where there is none on either side. */
export function judgeSound(copy: MeasuredCopy): CopyLine[] {
  const { expected, described } = copy;
  const channels = described.audio.reduce((sum, track) => sum + track.channels, 0);
  if (expected.audioChannels === 0 && channels === 0) return [];
  const wrong = copy.soundChannels.flatMap(whatIsWrong);
  const sound = copyLine('sound', channels === expected.audioChannels && wrong.length === 0, {
    expected: phrase('channelsInPlace', { channels: figure(expected.audioChannels, 'channels') }),
    measured: [phrase('channels', { channels: figure(channels, 'channels') }), ...wrong],
    values: {
      channels,
      ...Object.fromEntries(
        copy.soundChannels.map(({ levelDb }, at) => [`levelDb${at + 1}`, levelDb ?? 0] as const),
      ),
    },
    source: phrase('whySound', { most: figure(mostLevelDb, 'dB') }),
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
      expected: phrase('wayUp'),
      measured: [
        ...turned.map((channel) => phrase('turnedOver', { channel: figure(channel) })),
        phrase('toldOfHeard', { told: figure(told), heard: figure(heard.length) }),
      ],
      values: { turned: turned.length, channelsTold: told, channelsHeard: heard.length },
      source: phrase('whyPolarity'),
    }),
  ];
}

function sync({ syncMs, syncWindows, syncPlaces, lengthS }: MeasuredCopy): CopyLine {
  const told = syncWindows.length;
  const places = figure(syncPlaces, 'places');
  const isTold = told >= leastTold || lengthS < longEnoughS;
  // One place is too few to call it right, not to call it wrong.
  const ok = syncMs === null ? undefined : Math.abs(syncMs) > mostLagMs ? false : isTold ? true : undefined;
  return copyLine('sync', ok, {
    expected: phrase('inSync', { most: figure(mostLagMs, 'ms') }),
    measured:
      syncMs === null
        ? phrase('syncNowhere', { places })
        : phrase(syncMs < 0 ? 'syncEarly' : 'syncLate', {
            ...{ lag: figure(Math.abs(syncMs), 'ms', 1), told: figure(told), places },
          }),
    values: { syncMs: syncMs ?? 0, placesTold: told, places: syncPlaces },
    source: phrase('whySync', {
      ...{ least: figure(leastTold, 'places'), long: figure(longEnoughS, 's') },
      ...{ early: figure(noticedMs.early, 'ms'), late: figure(noticedMs.late, 'ms') },
    }),
  });
}

function drift({ driftPpm, syncWindows }: MeasuredCopy): CopyLine {
  const spanS = (syncWindows.at(-1)?.atS ?? 0) - (syncWindows[0]?.atS ?? 0);
  const driftMs = ((driftPpm ?? 0) * spanS) / 1000;
  return copyLine('drift', driftPpm === null ? undefined : Math.abs(driftMs) <= mostDriftMs, {
    expected: phrase('noDrift', { most: figure(mostDriftMs, 'ms') }),
    measured:
      driftPpm === null
        ? phrase('fewPlaces')
        : phrase('drift', { lag: figure(driftMs, 'ms', 1), rate: figure(driftPpm, 'ppm', 1) }),
    values: { driftMs, driftPpm: driftPpm ?? 0 },
    source: phrase('whyDrift'),
  });
}
