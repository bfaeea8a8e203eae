import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { OpenSource, TimecodeOrigin } from '#core/devices/device.ts';
import { recorderArguments } from '#core/ffmpeg/recorder-arguments.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { isLeftOpen } from './first-timecode.ts';
import type { PassFiles } from './pass-files.ts';
import type { CaptureOptions } from './ports.ts';
import type { RecorderRecord } from './recorder-record.ts';
import { unknownTimecode } from './timecode-tag.ts';

/** The recorder's command for a pass, and the record that lets a later engine understand what it made. */
export function recorderCommand(options: {
  capture: CaptureOptions;
  pass: Pass;
  source: OpenSource;
  files: PassFiles;
  profile: MasterProfile;
  durationS: number | undefined;
}): { args: string[]; planned: RecorderRecord } {
  const { capture, pass, source, files, profile, durationS } = options;
  const frames =
    durationS === undefined
      ? undefined
      : Math.max(1, Math.round(durationS * toNumber(source.video.frameRate)));
  const timecode = source.timecode ? timecodeOf(source.timecode, files) : null;
  const args = recorderArguments({
    inputArgs: source.inputArgs,
    video: source.video,
    audio: source.audio,
    audioInput: source.audioInput,
    essence: source.essence,
    codec: source.codec,
    master: profile.master,
    masterPath: files.masterPath,
    frameHashesPath: files.frameHashesPath,
    audioHashesPath: files.audioHashesPath,
    timecode:
      source.timecode?.kind === 'metadata'
        ? { key: source.timecode.key, listPath: files.timecodeListPath }
        : undefined,
    progressPath: files.progressPath,
    frames,
    threads: encoderThreads(),
    tags: tagsOf(options, timecode),
  });
  const planned: RecorderRecord = {
    version: 1,
    passId: pass.id,
    base: files.base,
    masterName: basename(files.masterPath),
    frameHashesName: basename(files.frameHashesPath),
    audioHashesName: source.audio ? basename(files.audioHashesPath) : null,
    video: source.video,
    audio: source.audio ?? null,
    essence: source.essence,
    live: source.live,
    profile,
    frames: frames ?? null,
    cardReportPath: source.cardReportPath ?? null,
    queueS: source.queue?.seconds ?? null,
    timecode,
    writer: null,
    argv: [capture.ffmpeg.ffmpegPath, ...args],
    process: null,
    recovery: null,
  };
  return { args, planned };
}

/** What is offered, and where it will be found. */
function timecodeOf(origin: TimecodeOrigin, files: PassFiles): RecorderRecord['timecode'] {
  const first = origin.first ?? null;
  switch (origin.kind) {
    case 'container':
      return { source: 'container', list: null, first };
    case 'file':
      return { source: 'card', list: origin.path, first };
    case 'metadata': {
      const source = origin.format === 'dv-subcode' ? 'dv-subcode' : 'card';
      return { source, list: basename(files.timecodeListPath), first };
    }
  }
}

/** All cores but one, which belongs to the card and to everything else. */
export function encoderThreads(): number {
  return Math.max(1, availableParallelism() - 1);
}

/** What is known at the start, in the names that Matroska (RFC 9559 tags) and the archives' lists use. */
function tagsOf(
  { capture, pass, source }: { capture: CaptureOptions; pass: Pass; source: OpenSource },
  timecode: RecorderRecord['timecode'],
) {
  const title = capture.reads.tape(pass.tapeId)?.title ?? '';
  const { seq, hash } = capture.log.head();
  const now = capture.now().toISOString();
  const chain = [pass.chainName, source.description];
  const software = capture.software.map(({ name, version }) => `${name} ${version}`);
  return {
    TITLE: title === '' ? pass.tapeIdentifier : `${pass.tapeIdentifier}: ${title}`,
    CATALOG_NUMBER: pass.tapeIdentifier,
    ENCODED_BY: pass.operatorId,
    ENCODER_SETTINGS: [...chain, ...software].filter((part) => part !== '').join('; '),
    DATE_DIGITIZED: now,
    creation_time: now,
    TIMECODE: isLeftOpen(timecode) ? unknownTimecode : (timecode?.first ?? ''),
    HELICAL_PASS_ID: pass.id,
    HELICAL_LOG_HEAD: `${seq}:${hash}`,
  };
}
