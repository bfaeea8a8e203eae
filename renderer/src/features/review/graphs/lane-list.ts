import {
  type MapField,
  type MapSubject,
  mapColumns,
  mapFields,
  mapPlaceOf,
} from '#shared/domain/tape-map.ts';

/** A measure of the store, as `qc.measures` names it. */
export interface Column {
  id: string;
  unit: string;
  medium: 'video' | 'audio';
}

/** One row of the time band. `columns` are what it is drawn from. */
export type Lane =
  | {
      kind: 'measure';
      key: string;
      columns: readonly [string];
      measure: string;
      channel?: number;
      unit: string;
    }
  | MapLane
  | { kind: 'pictures'; key: string; columns: readonly [] }
  | { kind: 'sound'; key: string; columns: readonly [peak: string, rms: string]; channel: number };

/** The tape map: fields from top to bottom; none where the pass was measured before there were such maps. */
export interface MapLane {
  kind: 'map';
  key: string;
  subject: MapSubject;
  /** `both`: measured when fields were not told apart yet. */
  fields: readonly { field: MapField | 'both'; columns: readonly string[] }[];
  columns: readonly string[];
}

/** What can be chosen: a measure by its name without a channel, or one of these. */
export const picturesChoice = 'pictures';
export const mapChoice = 'map';
export const lumaMapChoice = 'lumaMap';
export const soundChoice = 'sound';

/** Drawn for whoever has chosen nothing: small pictures, damage and light by lines, light, the two fields, sound. */
const usual = [
  picturesChoice,
  mapChoice,
  lumaMapChoice,
  ...['yAvg', 'yBrightest', 'fieldPeakDb', 'streakLines'],
  soundChoice,
];
const usualSound = [soundChoice, 'momentaryLufs', 'correlation', 'clippedSamples'];

/** Bands of both fields together, as stores have them that were made before fields were told apart. */
const bandColumn = /^damagedLines(\d+)$/;
const isMapped = (id: string) => bandColumn.test(id) || mapPlaceOf(id) !== undefined;

/** The choices for material that has these columns, in the order of the store; pictures, maps and sound first. */
export function choicesOf(columns: readonly Column[]): string[] {
  const measures = new Set(columns.filter(({ id }) => !isMapped(id)).map(({ id }) => baseOf(id)));
  measures.delete('soundBeyond');
  const special = [
    ...(columns.some(({ medium }) => medium === 'video') ? [picturesChoice] : []),
    ...(columns.some(({ id }) => isMapped(id)) ? [mapChoice, lumaMapChoice] : []),
    ...(measures.has('peakDbfs') && measures.has('rmsDbfs') ? [soundChoice] : []),
  ];
  return [...special, ...measures];
}

/** What is drawn at first. */
export function usualChoices(columns: readonly Column[]): string[] {
  const isSound = columns.every(({ medium }) => medium === 'audio');
  const all = choicesOf(columns);
  const chosen = (isSound ? usualSound : usual).filter((choice) => all.includes(choice));
  return chosen.some((choice) => choice !== picturesChoice) ? chosen : all.slice(0, 6);
}

/** The rows for what was chosen, in that order; what this pass was not measured by is left out. */
export function lanesOf(choices: readonly string[], columns: readonly Column[]): Lane[] {
  return choices.flatMap((choice): Lane[] => {
    if (choice === picturesChoice) return [{ kind: 'pictures', key: picturesChoice, columns: [] }];
    if (choice === mapChoice) return mapLane(mapChoice, 'damaged', columns);
    if (choice === lumaMapChoice) return mapLane(lumaMapChoice, 'luma', columns);
    if (choice === soundChoice) return soundLanes(columns);
    return columns
      .filter(({ id }) => baseOf(id) === choice)
      .map(({ id, unit }) => {
        const channel = channelOf(id);
        const lane = { kind: 'measure', key: id, columns: [id], measure: choice, unit } as const;
        return channel === undefined ? lane : { ...lane, channel };
      });
  });
}

/** Moves one choice by a place, as far as there are places. */
export function moved(choices: readonly string[], choice: string, by: 1 | -1): string[] {
  const at = choices.indexOf(choice);
  const to = at + by;
  if (at < 0 || to < 0 || to >= choices.length) return [...choices];
  const rest = choices.toSpliced(at, 1);
  return rest.toSpliced(to, 0, choice);
}

function mapLane(key: string, subject: MapSubject, columns: readonly Column[]): Lane[] {
  if (!columns.some(({ id }) => isMapped(id))) return [];
  const known = new Set(columns.map(({ id }) => id));
  const apart = mapFields.map((field) => ({
    field,
    columns: mapColumns(subject, field).filter((id) => known.has(id)),
  }));
  const together = subject === 'damaged' ? [{ field: 'both' as const, columns: bandsTogether(columns) }] : [];
  const hasData = (one: { columns: readonly string[] }) => one.columns.length > 0;
  const fields = apart.some(hasData) ? apart.filter(hasData) : together.filter(hasData);
  return [{ kind: 'map', key, subject, fields, columns: fields.flatMap((one) => one.columns) }];
}

function bandsTogether(columns: readonly Column[]): string[] {
  return columns
    .flatMap(({ id }) => {
      const number = bandColumn.exec(id)?.[1];
      return number === undefined ? [] : [{ id, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number)
    .map(({ id }) => id);
}

function soundLanes(columns: readonly Column[]): Lane[] {
  return columns.flatMap(({ id }): Lane[] => {
    const channel = channelOf(id);
    if (baseOf(id) !== 'peakDbfs' || channel === undefined) return [];
    return [{ kind: 'sound', key: `sound.${channel}`, columns: [id, `rmsDbfs.${channel}`], channel }];
  });
}

function baseOf(id: string): string {
  return id.split('.')[0] ?? id;
}

function channelOf(id: string): number | undefined {
  const channel = id.split('.')[1];
  return channel === undefined ? undefined : Number(channel);
}
