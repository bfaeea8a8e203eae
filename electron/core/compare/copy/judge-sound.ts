import type { CopyLine, Figure, Phrase } from '#shared/domain/copy-certificate.ts';
import { copyLine, figure, phrase } from './copy-line.ts';
import type { HeardChannel } from './heard-sound.ts';
import type { MeasuredCopy } from './measured-copy.ts';
import { mostLagMs } from './sound-piece.ts';
import { largestLag } from './sync-windows.ts';

/** What the lag may change from head to tail. */
const mostDriftMs = 5;

/** Sound this much apart is noticed, says ITU-R BT.1359. */
const noticedMs = { early: 45, late: 125 };

/** Pieces that have to agree before sync is called right, on a copy of so many seconds: one of a few may be told by chance. */
const [leastTold, longEnoughS] = [3, 12];

/** dB by which coding alone does not move the level of a channel: AAC of hiss and tones was seen to move it by 0.25 dB. */
const mostLevelDb = 1;
/** Share of what sounds on both sides that has to be alike before the sound is called right. */
const leastAlikeShare = 0.8;

/** What is wrong with a channel, counted from 0; nothing where it is as it was. */
function whatIsWrong(
  { levelDb, isLikeAnother, gaps, otherS, otherFromS, pieces }: HeardChannel,
  at: number,
): Phrase[] {
  const channel = figure(at + 1);
  if (isLikeAnother !== undefined) {
    return [phrase('channelElsewhere', { channel, other: figure(isLikeAnother + 1) })];
  }
  const seconds = (value: number) => figure(value, 's', 1);
  const other =
    otherFromS === undefined
      ? []
      : [phrase('channelOther', { channel, seconds: seconds(otherS), at: seconds(otherFromS) })];
  const level = levelOf(levelDb, channel);
  // What is soft all along, or lies elsewhere, has a line for that.
  const lag = largestLag(pieces);
  const isElsewhere = other.length > 0 || (lag !== null && Math.abs(lag.lagMs) > mostLagMs);
  const [gap] = gaps.first;
  if (!gap || isElsewhere) return [...other, ...level];
  const said = { channel, count: figure(gaps.count, 'places'), seconds: seconds(gaps.totalS) };
  const places = phrase(gap.kind === 'missing' ? 'channelHoles' : 'channelAdded', {
    ...said,
    at: seconds(gap.atS),
  });
  return [...level, places];
}

function levelOf(levelDb: number | null, channel: Figure): Phrase[] {
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
  const isRight = channels === expected.audioChannels && wrong.length === 0;
  const sum = (of: (channel: HeardChannel) => number) =>
    copy.soundChannels.reduce((all, one) => all + of(one), 0);
  const [soundingS, alikeS] = [sum((one) => one.soundingS), sum((one) => one.alikeS)];
  const alikeShare = soundingS === 0 ? 1 : alikeS / soundingS;
  const isAlike = copy.soundChannels.length > 0 && alikeShare >= leastAlikeShare;
  const sound = copyLine('sound', isRight ? (isAlike ? true : undefined) : false, {
    expected: phrase('channelsInPlace', { channels: figure(expected.audioChannels, 'channels') }),
    measured: [
      phrase('channels', { channels: figure(channels, 'channels') }),
      // A side without sound has nothing to be held against.
      ...(copy.soundChannels.length === 0 ? [] : [heardPhrase(copy, soundingS, alikeShare)]),
      ...wrong,
    ],
    values: {
      ...{ channels, heardS: copy.lengthS, soundingS, alikeShare },
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

/** How much was listened to, and what came of it. */
function heardPhrase(
  { lengthS, soundChannels }: MeasuredCopy,
  soundingS: number,
  alikeShare: number,
): Phrase {
  const length = figure(lengthS, 's', 1);
  if (soundingS === 0) return phrase('heardSilence', { length });
  const sounding = figure(
    (100 * soundingS) / soundChannels.length / Math.max(lengthS, soundingS / soundChannels.length),
    '%',
  );
  return phrase('heardAll', { length, sounding, alike: figure(100 * alikeShare, '%') });
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

function sync({ sync: { syncMs, channel, pieces }, soundChannels, lengthS }: MeasuredCopy): CopyLine {
  const [soundingS, alikeS] = [
    Math.max(0, ...soundChannels.map((one) => one.soundingS)),
    Math.max(0, ...soundChannels.map((one) => one.alikeS)),
  ];
  const isTold = pieces >= leastTold || lengthS < longEnoughS;
  // One place is too few to call it right, not to call it wrong.
  const ok = syncMs === null ? undefined : Math.abs(syncMs) > mostLagMs ? false : isTold ? true : undefined;
  const told = figure(pieces, 'places');
  return copyLine('sync', ok, {
    expected: phrase('inSync', { most: figure(mostLagMs, 'ms') }),
    measured:
      syncMs === null
        ? phrase(soundingS === 0 ? 'syncSilence' : alikeS === 0 ? 'syncUnlike' : 'syncNotTold')
        : phrase(syncMs < 0 ? 'syncEarly' : 'syncLate', {
            ...{ lag: figure(Math.abs(syncMs), 'ms', 1), channel: figure(channel + 1), told },
          }),
    values: { syncMs: syncMs ?? 0, placesTold: pieces, channel: channel + 1 },
    source: phrase('whySync', {
      ...{ least: figure(leastTold, 'places'), long: figure(longEnoughS, 's') },
      ...{ early: figure(noticedMs.early, 'ms'), late: figure(noticedMs.late, 'ms') },
    }),
  });
}

function drift({ sync: { driftPpm, spanS } }: MeasuredCopy): CopyLine {
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
