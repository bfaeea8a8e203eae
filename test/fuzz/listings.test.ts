import { describe, it } from 'vitest';
import { parseAlsaCards } from '#core/devices/alsa-cards.ts';
import * as avfoundation from '#core/devices/avfoundation-listing.fixture.ts';
import { parseAvfoundationDevices, parseAvfoundationModes } from '#core/devices/avfoundation-listing.ts';
import { cardProblem, readCardLine } from '#core/devices/card-problem.ts';
import * as decklink from '#core/devices/decklink.fixture.ts';
import { help51, help71 } from '#core/devices/decklink-help.fixture.ts';
import {
  parseDecklinkDevices,
  parseDecklinkFormats,
  parseFoundMode,
} from '#core/devices/decklink-listing.ts';
import { readDecklinkLogLine } from '#core/devices/decklink-log.ts';
import * as dshow from '#core/devices/dshow-listing.fixture.ts';
import { parseDshowDevices, parseDshowOptions } from '#core/devices/dshow-listing.ts';
import { parseDvrescueDevices } from '#core/devices/dvrescue-listing.ts';
import * as sources from '#core/devices/sources-listing.fixture.ts';
import { parseSources } from '#core/devices/sources-listing.ts';
import * as v4l2 from '#core/devices/v4l2-listing.fixture.ts';
import { parseV4l2Formats, parseV4l2Standards } from '#core/devices/v4l2-listing.ts';
import {
  askFfmpeg,
  parseDevices,
  parseEncoders,
  parseFilters,
  parseProtocols,
} from '#core/ffmpeg/capabilities.ts';
import { parseDemuxerHelp } from '#core/ffmpeg/demuxer-help.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { readRecorderLogLine } from '#core/ffmpeg/recorder-log.ts';
import { parseVersion } from '#core/ffmpeg/version.ts';
import { holds } from './fuzzing.ts';

const { ffmpegPath } = await locateFfmpeg();
const ask = (...question: string[]) => askFfmpeg(ffmpegPath, question);

const modes = parseDecklinkFormats(decklink.formats51);
const recorderLog = `${decklink.recorderLog}
[v210 @ 0x55] [error] packet too small
[matroska,webm @ 0x55] [error] 0xA3 at pos 123 (0x7B) invalid as first byte of an EBML number
[in#0 @ 0x55] [error] Error during demuxing: Connection reset by peer
[video4linux2,v4l2 @ 0x55] [error] ioctl(VIDIOC_DQBUF): No such device
`;
const eachLine = (read: (line: string) => unknown) => (text: string) => text.split('\n').map(read);

describe('what ffmpeg lists never breaks its reader', () => {
  it.each<[string, (text: string) => unknown, string[]]>([
    ['sources', parseSources, Object.values(sources)],
    ['sound cards', (text) => parseAlsaCards(text, text), [sources.asoundCards, sources.asoundPcm]],
    ['Video4Linux formats', parseV4l2Formats, Object.values(v4l2)],
    ['Video4Linux standards', parseV4l2Standards, Object.values(v4l2)],
    ['DirectShow devices', parseDshowDevices, Object.values(dshow)],
    ['DirectShow options', parseDshowOptions, Object.values(dshow)],
    ['AVFoundation devices', parseAvfoundationDevices, Object.values(avfoundation)],
    ['AVFoundation modes', parseAvfoundationModes, Object.values(avfoundation)],
    ['DeckLink devices', parseDecklinkDevices, [decklink.sources8, decklink.oldDevices]],
    ['DeckLink formats', parseDecklinkFormats, [decklink.formats51, decklink.formats71, decklink.formats8]],
    ['a DeckLink that was opened', (text) => parseFoundMode(text, modes), [decklink.opened51, decklink.busy]],
    ['DeckLink log lines', eachLine(readDecklinkLogLine), [recorderLog]],
    ['card log lines', eachLine(readCardLine), [recorderLog]],
    ['recorder log lines', eachLine(readRecorderLogLine), [recorderLog]],
    ['what a card says when it fails', (text) => cardProblem('It', text), [recorderLog, decklink.busy]],
    ['help of a demuxer', parseDemuxerHelp, [help51, help71]],
    ['dvrescue decks', parseDvrescueDevices, ['[{"id":"0x80458280022265","name":"DV-VCR","type":"DV"}]\n']],
  ])('%s', (_, read, samples) => holds(read, { samples }));
});

describe('what this ffmpeg says of itself never breaks its reader', async () => {
  const [encoders, filters, devices, protocols, version] = await Promise.all(
    ['-encoders', '-filters', '-devices', '-protocols', '-version'].map((question) => ask(question)),
  );
  const help = await ask('-h', 'demuxer=lavfi');
  it.each<[string, (text: string) => unknown, string]>([
    ['encoders', parseEncoders, encoders ?? ''],
    ['filters', parseFilters, filters ?? ''],
    ['devices', parseDevices, devices ?? ''],
    ['protocols', parseProtocols, protocols ?? ''],
    ['version', parseVersion, version ?? ''],
    ['help', parseDemuxerHelp, help],
  ])('%s', (_, read, sample) => holds(read, { samples: [sample] }));
});
