import { HelicalError } from '#shared/domain/errors.ts';
import type { Device, DiscoverContext, OpenContext, OpenSource, Selection, Source } from './device.ts';
import { file } from './file.ts';
import { simulator } from './simulator.ts';

/** Every kind of source Helical knows. A new one is one file and one line here. */
export const devices = [simulator, file] as const satisfies readonly Device[];

/** All that can be recorded from on this machine now, in the order of the registry. */
export async function discoverSources(context: DiscoverContext): Promise<Source[]> {
  return (await Promise.all(devices.map((device) => device.discover(context)))).flat();
}

/**
 * Reads what an operator chose: `simulator`, `simulator:RECIPE`, `file:PATH`, or the id of a source with an input
 * behind a further colon (`decklink:CARD:INPUT`). Throws HelicalError INVALID_INPUT.
 */
export function parseSelection(text: string): Selection {
  const colon = text.indexOf(':');
  const kind = (colon < 0 ? text : text.slice(0, colon)).trim();
  const rest = colon < 0 ? '' : text.slice(colon + 1).trim();
  const device = devices.find((known) => known.kind === kind);
  if (!device) {
    throw new HelicalError('INVALID_INPUT', {
      problem: kind ? `There is no source "${text}".` : 'No source was named.',
      remedy: 'Choose simulator, simulator:RECIPE.json or file:PATH.',
    });
  }
  if (colon >= 0 && !rest) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `Nothing follows the colon in "${text}".`,
      remedy: `Name ${kind === 'file' ? 'a media file' : 'a recipe'} behind it.`,
    });
  }
  return rest ? { sourceId: kind, argument: rest } : { sourceId: kind };
}

/**
 * Opens what was chosen. Throws HelicalError INVALID_INPUT (no such source), and what the device itself throws:
 * DEVICE_BUSY, DEVICE_FAILED, FILE_UNREADABLE.
 */
export async function openSource(selection: Selection, context: OpenContext): Promise<OpenSource> {
  const { durationS } = selection;
  if (durationS !== undefined && !(Number.isFinite(durationS) && durationS > 0)) {
    throw new HelicalError(
      'INVALID_INPUT',
      `A capture cannot last ${durationS} s: give a length above zero.`,
    );
  }
  const { sourceId } = parseSelection(selection.sourceId);
  const device = devices.find(({ kind }) => kind === sourceId) as Device;
  return device.open(selection, context);
}

/** True where a selection names a path of this computer. */
export function namesPath({ sourceId, argument }: Selection): boolean {
  const device = devices.find(({ kind }) => kind === sourceId);
  return argument !== undefined && device?.namesPath(argument) === true;
}
