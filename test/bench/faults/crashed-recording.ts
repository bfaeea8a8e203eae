import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecorderRecord, recorderRecordSchema } from '#core/capture/recorder-record.ts';
import { openStation, recordTape, untilFrames } from '../../capture-faults/station.ts';
import { crashedMaster, recordOf } from '../../capture-faults/tape-files.ts';

/** What a real recorder left when it was killed, before anything was mended. */
export interface CrashedRecording {
  /** As it was written down while it ran. */
  record: RecorderRecord;
  base: string;
  masterPath: string;
  frameHashesPath: string;
  audioHashesPath: string;
  cardReportPath: string;
}

/** Records a tape in a folder of its own and kills the recorder once it has so many frames. */
export async function crashRecording(
  folder: string,
  recipe: object,
  frames: number,
): Promise<CrashedRecording> {
  const identifier = 'CRASH';
  const station = await openStation(folder);
  try {
    const { passId } = await recordTape(station, identifier, recipe);
    await untilFrames(station, passId, frames);
    const running = await recordOf(station, identifier);
    process.kill(running.process?.pid as number, 'SIGKILL');
    await station.capture.whenSettled(passId);
    const base = join(station.folders.mastersDir, identifier, `${identifier}_p1`);
    const now = recorderRecordSchema.parse(JSON.parse(await readFile(`${base}.recorder.json`, 'utf8')));
    return {
      record: { ...running, recovery: null, process: now.process },
      base: running.base,
      masterPath: await crashedMaster(base),
      frameHashesPath: `${base}.framemd5`,
      audioHashesPath: `${base}.audiomd5`,
      cardReportPath: `${base}.card.json`,
    };
  } finally {
    await station.close();
  }
}
