import { expect, test } from 'vitest';
import type { AlarmKind } from '#shared/domain/pass.ts';
import { rendered, textOf } from '../../ui/rendered.testbed.tsx';
import { AlarmStrip } from './TransportProblem.tsx';

const alarm = (kind: AlarmKind, message = '') => ({
  ...{ kind, message, frame: 434, clearedFrame: null, at: '2026-11-23T10:00:00.000Z' },
});
const losing = alarm('frames-dropped', "The card's queue is full, and it throws frames away.");
const still = alarm('write-slow', 'No frame was written for 2.2 s while frames waited.');

test('the strip is there without an alarm, and with one says first what is safe', () => {
  expect(rendered(<AlarmStrip alarms={[]} frames={10} />)).toContain('data-tone="none"');
  expect(textOf(<AlarmStrip alarms={[]} frames={10} />)).toBe('No alarm is open.');
  const said = textOf(<AlarmStrip alarms={[losing, still]} frames={41_250} />);
  expect(said).toMatch(/^▲ 41,250 frames .* Frames were lost \(frame 434\): The card's queue is full/);
  expect(said).toMatch(/◆ Writing stood still$/);
});

test('alarms beyond three are counted, and none is lost', () => {
  const others = (['disk', 'lag', 'drift', 'silence'] as const).map((kind) => alarm(kind));
  const said = textOf(<AlarmStrip alarms={[losing, still, ...others]} frames={1} />);
  expect(said.match(/[▲◆]/g)).toHaveLength(3);
  expect(said).toContain('3 more alarms');
});

test('a standstill blames nobody, in each language', () => {
  const said = (language: 'nl' | 'fr') => textOf(<AlarmStrip alarms={[still]} frames={1} />, language);
  expect(said('nl')).toContain('2,2 s lang werd geen beeld geschreven');
  expect(said('nl')).toContain('welke van de drie is niet bekend');
  expect(said('fr')).toContain('Aucune image n’a été écrite pendant 2,2 s');
});
