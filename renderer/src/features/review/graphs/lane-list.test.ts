import { expect, test } from 'vitest';
import { mapColumns } from '#shared/domain/tape-map.ts';
import { choicesOf, lanesOf, moved, usualChoices } from './lane-list.ts';

const video = ['yAvg', 'yMax', 'damagedLines2', 'damagedLines10', 'damagedLines1'].map((id) => ({
  id,
  unit: 'code',
  medium: 'video' as const,
}));
const sound = ['peakDbfs.1', 'rmsDbfs.1', 'peakDbfs.2', 'rmsDbfs.2', 'correlation.1'].map((id) => ({
  id,
  unit: 'dBFS',
  medium: 'audio' as const,
}));
const beyond = { id: 'soundBeyond', unit: 'count', medium: 'audio' as const };

test('every measure can be chosen once, whatever channels it has', () => {
  expect(choicesOf([...video, ...sound, beyond])).toEqual([
    ...['pictures', 'map', 'lumaMap', 'sound', 'yAvg', 'yMax'],
    ...['peakDbfs', 'rmsDbfs', 'correlation'],
  ]);
  expect(choicesOf([])).toEqual([]);
});

test('lanes follow the choice, a channel each; the bands of the map from top to bottom', () => {
  const lanes = lanesOf(['sound', 'nothing', 'map', 'rmsDbfs', 'yMax'], [...video, ...sound]);
  expect(lanes.map(({ key, columns }) => [key, ...columns])).toEqual([
    ['sound.1', 'peakDbfs.1', 'rmsDbfs.1'],
    ['sound.2', 'peakDbfs.2', 'rmsDbfs.2'],
    ['map', 'damagedLines1', 'damagedLines2', 'damagedLines10'],
    ['rmsDbfs.1', 'rmsDbfs.1'],
    ['rmsDbfs.2', 'rmsDbfs.2'],
    ['yMax', 'yMax'],
  ]);
});

test('the maps have their fields apart, or say that they were measured without, or not at all', () => {
  const columns = [
    ...mapColumns('damaged', 'lower'),
    ...mapColumns('damaged', 'upper'),
    'yAvg',
    'lumaUpper1',
  ];
  const of = (ids: readonly string[]) =>
    lanesOf(
      ['map', 'lumaMap'],
      ids.map((id) => ({ id, unit: 'line', medium: 'video' })),
    ).flatMap((lane) =>
      lane.kind === 'map' ? [[lane.key, ...lane.fields.map((one) => [one.field, ...one.columns])]] : [],
    );
  expect(of(columns)).toEqual([
    ['map', ['upper', ...mapColumns('damaged', 'upper')], ['lower', ...mapColumns('damaged', 'lower')]],
    ['lumaMap', ['upper', 'lumaUpper1']],
  ]);
  expect(of(['damagedLines1', 'damagedLines2'])).toEqual([
    ['map', ['both', 'damagedLines1', 'damagedLines2']],
    ['lumaMap'],
  ]);
  expect(of(['yAvg'])).toEqual([]);
});

test('sound alone has lanes of its own at first, and what is not known is drawn all the same', () => {
  expect(usualChoices([...video, ...sound])).toEqual(['pictures', 'map', 'lumaMap', 'yAvg', 'sound']);
  expect(usualChoices(sound)).toEqual(['sound', 'correlation']);
  expect(usualChoices([{ id: 'own', unit: '', medium: 'video' }])).toEqual(['pictures', 'own']);
});

test('a choice moves by a place and stops at the ends', () => {
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 'b', 1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b']);
});
