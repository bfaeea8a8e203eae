import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putBackAsCrashed } from '#core/capture/as-crashed.ts';
import { passFiles } from '#core/capture/pass-files.ts';
import { recordedPaths, writeRecorderRecord } from '#core/capture/recorder-record.ts';
import { recoverMaster } from '#core/capture/recovery.ts';
import { scanMaster } from '#core/essence/scan-master.ts';
import { frameHashOutput } from '#core/ffmpeg/audio-hash.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { seeded } from '../../capture-faults/seeded.ts';
import { type Bench, type BenchContext, worstRow } from '../bench.ts';
import { type CrashedRecording, crashRecording } from './crashed-recording.ts';
import { framesToKeep, type Layout, layoutOf, type PowerCut, rowsIn } from './cut-expectation.ts';

const defaultCount = 2000;
const defaultSeed = 20261122;
/** Every so many cuts all frames that were kept are decoded and held against the hashes of the capture. */
const decodeEvery = 20;
const pageBytes = 4096;

/** What became of one cut. */
export interface CutOutcome {
  cut: PowerCut;
  standard: string;
  expected: number;
  kept: number;
  /** Everything that was not as it should be. */
  wrong: string[];
}

interface Recorded extends CrashedRecording {
  standard: string;
  frameS: number;
  master: Buffer;
  frameList: Buffer;
  soundList: Buffer;
  layout: Layout;
  capturedFrames: number;
}

/** Cuts what a killed recorder left at so many places, and recovers each. */
export async function runPowerCuts({
  folder,
  ffmpeg,
  say,
  count = defaultCount,
  seed = defaultSeed,
}: Pick<BenchContext, 'folder' | 'ffmpeg' | 'say'> & {
  count?: number | undefined;
  seed?: number | undefined;
}): Promise<CutOutcome[]> {
  const random = seeded(seed);
  const recordings = [await record(folder, 'PAL', 1 / 25), await record(folder, 'NTSC', 1001 / 30_000)];
  const outcomes: CutOutcome[] = [];
  for (let number = 0; number < count; number += 1) {
    const recorded = recordings[number % recordings.length] as Recorded;
    const cut = drawCut(recorded, random);
    const place = join(folder, `cut-${number}`);
    const outcome = await recoverCut(place, recorded, cut, ffmpeg, number % decodeEvery === 0);
    await rm(place, { recursive: true });
    outcomes.push(outcome);
    if (outcome.wrong.length > 0) say(`${JSON.stringify(cut)}: ${outcome.wrong.join('; ')}`);
    if (number % 200 === 199) say(`${number + 1} of ${count}`);
  }
  return outcomes;
}

async function record(folder: string, standard: string, frameS: number): Promise<Recorded> {
  const recipe = {
    name: 'cut',
    description: 'A tape for power cuts',
    seed: 1972,
    standard,
    raster: { width: 192, height: 144 },
    channels: 4,
    segments: [{ content: 'scene', seconds: 30 }],
  };
  const crashed = await crashRecording(join(folder, standard), recipe, 40);
  const master = await readFile(crashed.masterPath);
  const { capturedFrames } = JSON.parse(await readFile(crashed.cardReportPath, 'utf8'));
  return {
    ...crashed,
    standard,
    frameS,
    master,
    frameList: await readFile(crashed.frameHashesPath),
    soundList: await readFile(crashed.audioHashesPath),
    layout: layoutOf(master),
    capturedFrames,
  };
}

/** Anywhere, at the seams of the file, or with lists and pages that reached the disk in another order. */
function drawCut({ master, frameList, soundList, layout }: Recorded, random: () => number): PowerCut {
  const anywhere = (bytes: number): number => Math.floor(random() * (bytes + 1));
  const whole = {
    masterBytes: master.length,
    frameListBytes: frameList.length,
    soundListBytes: soundList.length,
  };
  const headBytes = layout.blocks[0]?.end ?? 0;
  const kind = random();
  if (kind < 0.35) return { kind: 'anywhere', ...whole, masterBytes: anywhere(master.length) };
  if (kind < 0.55) {
    const boundary = layout.boundaries[Math.floor(random() * layout.boundaries.length)] ?? 0;
    const masterBytes = Math.min(master.length, Math.max(0, boundary + Math.floor(random() * 5) - 2));
    return { kind: 'at a seam', ...whole, masterBytes };
  }
  if (kind < 0.65) return { kind: 'in the head', ...whole, masterBytes: anywhere(headBytes) };
  if (kind < 0.85) {
    return {
      kind: 'lists cut elsewhere',
      masterBytes: random() < 0.5 ? master.length : anywhere(master.length),
      frameListBytes: anywhere(frameList.length),
      soundListBytes: random() < 0.5 ? soundList.length : anywhere(soundList.length),
    };
  }
  const start = Math.floor(anywhere(master.length) / pageBytes) * pageBytes;
  const end = Math.min(master.length, start + pageBytes * (1 + Math.floor(random() * 20)));
  return { kind: 'pages of zeros', ...whole, hole: { start, end } };
}

async function recoverCut(
  place: string,
  recorded: Recorded,
  cut: PowerCut,
  ffmpeg: BenchContext['ffmpeg'],
  isDecoded: boolean,
): Promise<CutOutcome> {
  await mkdir(place, { recursive: true });
  const files = passFiles(place, recorded.base);
  const left = Buffer.from(recorded.master.subarray(0, cut.masterBytes));
  if (cut.hole) left.fill(0, cut.hole.start, cut.hole.end);
  await writeFile(files.masterPath, left);
  await writeFile(files.frameHashesPath, recorded.frameList.subarray(0, cut.frameListBytes));
  await writeFile(files.audioHashesPath, recorded.soundList.subarray(0, cut.soundListBytes));
  await writeFile(files.cardReportPath, await readFile(recorded.cardReportPath));
  await writeRecorderRecord(files.recordPath, recorded.record);
  const sound = rowsIn(recorded.soundList, cut.soundListBytes);
  const rows = {
    frames: rowsIn(recorded.frameList, cut.frameListBytes)[0] ?? 0,
    sound: Math.min(...recorded.layout.audioTracks.map((_, track) => sound[track] ?? 0)),
  };
  const expected = framesToKeep(recorded.layout, cut, rows, recorded.frameS);
  const atLeast = framesToKeep(recorded.layout, cut, rows, recorded.frameS, true);
  const wrong: string[] = [];
  const check = (isRight: boolean, what: string): void => {
    if (!isRight) wrong.push(what);
  };
  const done = await recoverMaster(recorded.record, files, ffmpeg);
  const outcome = { cut, standard: recorded.standard, expected, kept: done.framesKept, wrong };
  check(
    done.framesKept >= atLeast && done.framesKept <= expected,
    `${done.framesKept} frames kept, ${expected} were whole`,
  );
  const { framesLost, droppedFrames } = done;
  check(
    framesLost + droppedFrames + done.framesKept === recorded.capturedFrames,
    `${framesLost} frames stated as lost`,
  );
  if (!done.record) {
    check((await readFile(files.masterPath)).equals(left), 'the file that gave nothing was changed');
    check(!(await readdir(place)).some((name) => /recovered|as-crashed/.test(name)), 'a master was invented');
    return outcome;
  }
  const paths = recordedPaths(done.record, files.recordPath);
  const { facts } = await scanMaster(paths.masterPath);
  const video = facts.tracks.find(({ type }) => type === 'video');
  const isWhole =
    facts.damageCount === 0 &&
    facts.truncatedAtByte === undefined &&
    facts.clusters.crcRight === facts.clusters.count &&
    facts.elements.every(({ crc }) => crc === 'right') &&
    facts.seekHead.every(({ right }) => right);
  check(isWhole, `the mended file is damaged: ${JSON.stringify(facts.damage[0] ?? facts.elements)}`);
  const { cues } = facts;
  const isIndexed = cues.clustersWithoutCue === 0 && cues.pointingNowhere === 0 && cues.wrongTime === 0;
  check(isIndexed && cues.videoCount === done.framesKept, 'the Cues are wrong');
  check(video?.blocks.count === done.framesKept, `${video?.blocks.count} frames in the mended file`);
  const endMs = done.framesKept * recorded.frameS * 1000;
  check(
    Math.abs((facts.info.durationMs ?? 0) - endMs) <= 40,
    `Duration ${facts.info.durationMs} for ${endMs} ms`,
  );
  const list = await readFile(paths.frameHashesPath, 'latin1');
  check(
    recorded.frameList.toString('latin1').startsWith(list),
    'the hash list is not the head of the one that was taken',
  );
  check(
    (rowsIn(Buffer.from(list, 'latin1'), list.length)[0] ?? 0) === done.framesKept,
    'the hash list has other rows',
  );
  if (isDecoded)
    check(await decodesToList(paths.masterPath, list, done.record, ffmpeg), 'frames decode to other hashes');
  await putBackAsCrashed(join(place, done.record.recovery?.crashedMasterName ?? ''), paths.masterPath);
  check((await readFile(paths.masterPath)).equals(left), 'the crashed file cannot be made again');
  return outcome;
}

async function decodesToList(
  masterPath: string,
  list: string,
  { profile }: CrashedRecording['record'],
  { ffmpegPath }: { ffmpegPath: string },
): Promise<boolean> {
  const decoded = await runTool(ffmpegPath, [
    ...['-v', 'error', '-i', masterPath, '-map', '0:v:0'],
    ...frameHashOutput('pipe:1', profile.master.pixelFormat),
  ]);
  const hashes = (text: string): string =>
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(',').at(-1)?.trim())
      .join(' ');
  return decoded.reason === 'finished' && hashes(decoded.stdout.toString('latin1')) === hashes(list);
}

/** The growing master, and its lists, cut at any byte as a power cut leaves them: recovered to the last whole frame. */
export const powerCut: Bench = {
  name: 'faults/power-cut',
  async run(context) {
    const startedAtMs = performance.now();
    const outcomes = await runPowerCuts(context);
    const seconds = (performance.now() - startedAtMs) / 1000;
    const kinds = [...new Set(outcomes.map(({ cut }) => cut.kind))].map((kind) => {
      const of = outcomes.filter(({ cut }) => cut.kind === kind);
      return `${kind} ${of.length} (${of.filter(({ expected }) => expected === 0).length} left nothing whole)`;
    });
    return [
      worstRow(
        {
          name: 'faults/power-cut',
          what: 'Cuts after which not every whole frame was kept, or anything else was not as it should be',
          unit: 'cuts',
          budget: { of: 'value', limit: 'at-most', value: 0 },
          notes: [
            `${outcomes.length} cuts of masters 192x144 with 4 channels, PAL and NTSC, seed ${context.seed ?? defaultSeed}, ${seconds.toFixed(0)} s: ${kinds.join(', ')}.`,
            'Each time: frames kept and lost, structure, CRC-32, Cues, Duration, hash list, and the crashed file made again byte for byte; ' +
              `every ${decodeEvery}th: each frame decoded and held against its hash.`,
          ],
        },
        outcomes.filter(({ wrong }) => wrong.length > 0).length,
        outcomes.length,
      ),
    ];
  },
};
