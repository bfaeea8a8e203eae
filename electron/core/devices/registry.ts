import { askInputs } from '#core/ffmpeg/inputs.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import * as selections from '#shared/domain/selection.ts';
import { avfoundation } from './avfoundation.ts';
import { decklink } from './decklink.ts';
import type {
  Device,
  DeviceKey,
  DeviceReport,
  DiscoverContext,
  Lack,
  OpenContext,
  OpenSource,
  Selection,
  Source,
} from './device.ts';
import { dshow } from './dshow.ts';
import { dvrescue } from './dvrescue.ts';
import { ffmpegInput } from './ffmpeg-input.ts';
import { file } from './file.ts';
import { hdv, iec61883 } from './iec61883.ts';
import { simulator } from './simulator.ts';
import { v4l2 } from './v4l2.ts';

/** Every kind of source Helical knows. A new one is one file and one line here. */
export const devices: readonly Device[] = [
  simulator,
  file,
  decklink,
  v4l2,
  avfoundation,
  dshow,
  iec61883,
  hdv,
  dvrescue,
  ffmpegInput,
];

/**
 * All that can be recorded from on this machine now, in the order of the registry. A kind that this ffmpeg was built
 * without, or whose program is missing, is one source that says so.
 */
export async function discoverSources(context: DiscoverContext): Promise<Source[]> {
  const inputs = askInputs(context.ffmpegPath);
  const found = devices.map(async (device) => {
    try {
      const lack = await device.lacks(context, inputs);
      if (!lack) return await device.discover(context, inputs);
      return lack.elsewhere ? [] : [missingSource(device, lack)];
    } catch (error) {
      // A kind whose driver hangs must not hide the others.
      return [failedSource(device, error)];
    }
  });
  return (await Promise.all(found)).flat();
}

/** What each kind of source lacks on this machine. */
export async function findLacks(
  context: DiscoverContext,
): Promise<{ device: Device; lack: Lack | undefined }[]> {
  const inputs = askInputs(context.ffmpegPath);
  return Promise.all(devices.map(async (device) => ({ device, lack: await device.lacks(context, inputs) })));
}

function failedSource(device: Device, error: unknown): Source {
  if (!(error instanceof HelicalError)) throw error;
  return missingSource(device, { problem: error.problem, remedy: error.remedy ?? '' });
}

function missingSource({ kind, name }: Device, { problem, remedy }: Lack): Source {
  return { id: kind, kind, name, inputs: [], options: [], live: true, unavailable: `${problem} ${remedy}` };
}

/**
 * Reads what an operator chose (shared/domain/selection.ts) and holds it to the kinds there are and the options they
 * know. Throws HelicalError INVALID_INPUT.
 */
export function parseSelection(text: string): Selection {
  const selection = selections.parseSelection(text);
  const device = deviceOf(selection.sourceId);
  if (!device) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `There is no source "${text}".`,
      safe: 'Nothing was opened.',
      remedy: `Choose one that helical sources lists; it begins with ${devices.map(({ kind }) => kind).join(', ')}.`,
    });
  }
  refuseUnknownOptions(device, selection);
  return selection;
}

function refuseUnknownOptions({ kind, optionNames }: Device, { options = {} }: Selection): void {
  const unknown = Object.keys(options).filter((name) => !optionNames.includes(name));
  if (unknown.length === 0) return;
  throw new HelicalError('INVALID_INPUT', {
    problem: `A source of the kind ${kind} has no option ${unknown.join(', ')}.`,
    safe: 'Nothing was opened.',
    remedy: optionNames.length === 0 ? 'It knows no options.' : `It knows ${optionNames.join(', ')}.`,
  });
}

/**
 * Opens what was chosen. Throws HelicalError INVALID_INPUT (no such source), DEVICE_FAILED where this machine lacks what
 * the kind needs, and what the device itself throws: DEVICE_BUSY, DEVICE_FAILED, FILE_UNREADABLE.
 */
export async function openSource(selection: Selection, context: OpenContext): Promise<OpenSource> {
  const { durationS } = selection;
  if (durationS !== undefined && !(Number.isFinite(durationS) && durationS > 0)) {
    throw new HelicalError(
      'INVALID_INPUT',
      `A capture cannot last ${durationS} s: give a length above zero.`,
    );
  }
  const chosen = parseSelection(selections.formatSelection(selection));
  const device = deviceOf(chosen.sourceId) as Device;
  const inputs = askInputs(context.ffmpegPath);
  const lack = await device.lacks(context, inputs);
  if (lack) throw new HelicalError('DEVICE_FAILED', { ...lack, safe: 'Nothing was recorded.' });
  return device.open({ ...selection, ...chosen }, context, inputs);
}

/** True where a selection names a path of this computer. */
export function namesPath({ sourceId, argument }: Selection): boolean {
  return argument !== undefined && deviceOf(sourceId)?.namesPath(argument) === true;
}

/**
 * What reads the lines that this source's card writes into the recorder's log; undefined where it writes none. Goes by
 * the selection's text, which a pass keeps (`sourceId`), so that an engine that takes a recorder back has it too.
 */
export function logReaderOf(sourceId: string): ((line: string) => DeviceReport | undefined) | undefined {
  return deviceOf(/^[^:?]*/.exec(sourceId)?.[0] ?? '')?.readLogLine;
}

/**
 * The device that a selection's text means, under whichever of its names; undefined where any number of captures may open it.
 * Throws HelicalError INVALID_INPUT for what is no selection.
 */
export async function deviceKeyOf(text: string): Promise<DeviceKey | undefined> {
  const { sourceId, argument } = selections.parseSelection(text);
  const device = deviceOf(sourceId);
  return device?.deviceKey ? device.deviceKey(argument) : { bus: sourceId, unit: argument };
}

function deviceOf(sourceId: string): Device | undefined {
  return devices.find(({ kind }) => kind === sourceId);
}
