import { stat } from 'node:fs/promises';
import { probe } from '#core/ffmpeg/probe.ts';
import { sampleAspectOf } from '#core/ffmpeg/recorder-arguments.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { TestEvidence } from './certify.ts';
import { decodeSection } from './decode-section.ts';
import { measureRecording } from './measure-recording.ts';
import type { StationTestOptions, StationTestRequest } from './ports.ts';
import { testSections } from './test-sections.ts';

/** Decodes and measures the master of a test, and the disk that it lies on. FILE_UNREADABLE. */
export async function gatherEvidence(
  options: StationTestOptions,
  { pass, master }: { pass: Pass; master: PassFile },
  request: StationTestRequest,
  signal?: AbortSignal,
): Promise<TestEvidence> {
  const path = options.pathOf(master);
  const described = await probe(options.ffmpeg.ffprobePath, path, { signal });
  const sampleRateHz = described.audio[0]?.sampleRateHz ?? 48_000;
  const framesPerS = toNumber(pass.video.frameRate);
  const sections = testSections(pass.frames, framesPerS);
  const total = sections.reduce((sum, { frames }) => sum + frames, 0);
  const work = options.beginWork({
    id: options.newId(),
    kind: 'measure',
    label: `self-test ${master.name}`,
    total,
    unit: 'frames',
  });
  try {
    const decoded = [];
    let done = 0;
    for (const section of sections) {
      const before = done;
      decoded.push(
        await decodeSection(path, section, {
          ffmpegPath: options.ffmpeg.ffmpegPath,
          video: pass.video,
          trackChannels: described.audio.map(({ channels }) => channels),
          sampleRateHz,
          signal,
          onFrames: (frames) => work.progress(before + frames),
        }),
      );
      done += section.frames;
    }
    return {
      pass,
      measures: measureRecording(decoded, framesPerS, sampleRateHz),
      sampleAspect: {
        measured: described.video[0]?.sampleAspect,
        expected: sampleAspectOf(options.profile(pass.profileId).master, pass.video),
      },
      channels: described.audio.reduce((sum, { channels }) => sum + channels, 0),
      askedS: request.seconds,
      masterBytes: (await stat(path)).size,
      writeBytesPerS: await options.writeSpeed(),
      isBarsOnly: request.barsOnly,
      toneDbfs: request.toneDbfs,
    };
  } finally {
    work.end();
  }
}
