import { expect, test } from 'vitest';
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
    ...['pictures', 'map', 'sound', 'yAvg', 'yMax', 'damagedLines2', 'damagedLines10', 'damagedLines1'],
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

test('sound alone has lanes of its own at first, and what is not known is drawn all the same', () => {
  expect(usualChoices([...video, ...sound])).toEqual(['pictures', 'map', 'yAvg', 'sound']);
  expect(usualChoices(sound)).toEqual(['sound', 'correlation']);
  expect(usualChoices([{ id: 'own', unit: '', medium: 'video' }])).toEqual(['pictures', 'own']);
});

test('a choice moves by a place and stops at the ends', () => {
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 'b', 1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b']);
});
