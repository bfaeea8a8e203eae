import { formatRational } from '#shared/domain/rational.ts';
import { readCardLine } from './card-problem.ts';
import { probeCard } from './card-question.ts';
import type { Device, DeviceKind, Source } from './device.ts';
import {
  describeTapeStream,
  firewireInput,
  firewireKey,
  listFirewireDecks,
  readGuid,
  readQueueS,
} from './firewire.ts';
import { lacksFfmpegDevice, lacksSystem } from './lack.ts';

/** DV over FireWire (IEEE 1394) on Linux: the tape's own stream, kept byte for byte. Not yet run on hardware: docs/proof.md. */
export const iec61883: Device = firewireDevice('iec61883', 'dv', 'DV over FireWire');

/** HDV over FireWire: MPEG-2 as it lies on the tape. Not yet run on hardware: docs/proof.md. */
export const hdv: Device = firewireDevice('hdv', 'hdv', 'HDV over FireWire');

/** A minute of DV is 220 MB: a disk that stalls has time to come back. */
const defaultQueueS = 60;

function firewireDevice(kind: DeviceKind, type: 'dv' | 'hdv', title: string): Device {
  return {
    kind,
    name: title,
    optionNames: ['queue'],
    readLogLine: readCardLine,
    namesPath: () => false,
    deviceKey: async (argument) => firewireKey(argument),

    async lacks(_, inputs) {
      return (
        lacksSystem('linux', title) ??
        lacksFfmpegDevice(inputs, {
          device: 'iec61883',
          what: 'FireWire',
          remedy: 'Install the ffmpeg of Debian or Ubuntu, or build one with --enable-libiec61883.',
        })
      );
    },

    async discover() {
      const decks = await listFirewireDecks();
      const options = [
        { name: 'queue', label: 'Queue', choices: [], default: String(defaultQueueS), unit: 's' },
      ];
      return decks.map(({ guid, name }): Source => {
        return { id: `${kind}:${guid}`, kind, name: `${name} (${title})`, inputs: [], options, live: true };
      });
    },

    async open({ argument, options }, context) {
      const guid = readGuid(argument);
      const queueS = readQueueS(options?.queue, defaultQueueS);
      const picture = firewireInput(type, guid, Math.ceil(queueS * 30));
      const name = guid === undefined ? 'The FireWire deck' : `The FireWire deck ${guid}`;
      const media = await probeCard(context.ffprobePath, picture, name);
      const { video, audio, codec } = describeTapeStream(name, media);
      const { width, height, frameRate } = video;
      return {
        inputArgs: picture,
        video,
        audio,
        live: true,
        essence: 'copy',
        codec,
        queue: { seconds: queueS, capacityBytes: Math.ceil(queueS * 3_600_000) },
        description:
          `${name}, ${title}: ${codec}, ${width}x${height} at ${formatRational(frameRate)}, kept as it came; ` +
          `${audio?.channels ?? 0} channels of sound.`,
        close: async () => {},
      };
    },
  };
}
