import { InvalidArgumentError } from 'commander';
import {
  type StartCondition,
  type StopConditions,
  startConditionSchema,
  stopConditionsSchema,
} from '#shared/domain/capture-plan.ts';

export const startWords = 'operator, signal, or timecode:HH:MM:SS:FF';
export const stopWords = 'timecode:HH:MM:SS:FF, signal-lost:SECONDS, or tape-end:SECONDS';

/** Reads what a recording starts on, for commander. */
export function startCondition(text: string): StartCondition {
  const [on, value] = split(text);
  const parsed = startConditionSchema.safeParse(
    on === 'timecode' ? { on, timecode: value } : value === undefined ? { on } : {},
  );
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It is ${startWords}.`);
}

/** Reads one more thing that a recording stops on, for commander; each may be said once. */
export function stopCondition(text: string, before: Stops = {}): Stops {
  const [on, value] = split(text);
  const said: StopConditions =
    on === 'timecode'
      ? { timecode: value }
      : on === 'signal-lost'
        ? { signalLostS: Number(value) }
        : on === 'tape-end'
          ? { tapeEndS: Number(value) }
          : {};
  const parsed = stopConditionsSchema.safeParse(said);
  const name = Object.keys(said)[0];
  if (name === undefined || value === undefined || !parsed.success)
    throw new InvalidArgumentError(`It is ${stopWords}, with seconds from 1 on.`);
  if (name in before) throw new InvalidArgumentError(`${on} was said twice.`);
  return { ...before, ...parsed.data };
}

export type Stops = Omit<StopConditions, 'durationS'>;

function split(text: string): [name: string, value: string | undefined] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}
