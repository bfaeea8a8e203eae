import type { i18n, TFunction } from 'i18next';
import { decimal, significant } from '../../../ui/words.ts';
import { type Lane, lumaMapChoice, mapChoice, picturesChoice, soundChoice } from './lane-list.ts';

const bare = ['factor', 'count', ''];

/** What a choice of lanes is called: a measure's name, or that of the pictures, the map, the sound; its own id where there is no word. */
export function choiceName(choice: string, words: i18n, t: TFunction): string {
  if (choice === picturesChoice) return t('review.graph.pictures');
  if (choice === mapChoice) return t('review.graph.map');
  if (choice === lumaMapChoice) return t('review.graph.lumaMap');
  if (choice === soundChoice) return t('review.graph.sound');
  const key = `qc.report.lane.${choice}`;
  if (words.exists(key)) return t(key as 'qc.report.lane.yMin');
  const short = `measure.${choice}`;
  return words.exists(short) ? t(short as 'measure.yAvg') : choice;
}

/** The same with the channel. */
export function laneName(lane: Lane, words: i18n, t: TFunction): string {
  if (lane.kind === 'map' || lane.kind === 'pictures') return choiceName(lane.key, words, t);
  const name = choiceName(lane.kind === 'sound' ? soundChoice : lane.measure, words, t);
  return lane.channel === undefined ? name : `${name} ${lane.channel}`;
}

/** What a value is counted in; nothing where it is a bare number. */
export function unitWord(unit: string, words: i18n, t: TFunction): string {
  if (bare.includes(unit)) return '';
  const key = `review.unit.${unit}`;
  return words.exists(key) ? t(key as 'review.unit.code') : unit;
}

/** A value with its unit: shares as per cent, digital silence as what it is. */
export function valueText(value: number, unit: string, words: i18n, t: TFunction): string {
  const { language } = words;
  if (unit === 'share') return `${significant(100 * value, language)} %`;
  if (value <= -200 && /^(dBFS|LUFS)/.test(unit)) return `−∞ ${unit}`;
  const figures = Math.abs(value) >= 100 ? decimal(value, language, 0) : significant(value, language);
  const word = unitWord(unit, words, t);
  return word === '' ? figures : `${figures} ${word}`;
}
