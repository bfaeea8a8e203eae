import { expect, test } from 'vitest';
import { api } from '../api/client.ts';
import { isOfLog } from './queries.ts';

test('the log makes rows be read again, and never makes the machine be measured', () => {
  expect(isOfLog({ queryKey: api.tapes.list.queryKey({ input: {} }) })).toBe(true);
  expect(isOfLog({ queryKey: ['samples', 'pass'] })).toBe(true);
  expect(isOfLog({ queryKey: api.station.doctor.queryKey() })).toBe(false);
  expect(isOfLog({ queryKey: api.capture.budget.queryKey({ input: { source: 'simulator' } }) })).toBe(false);
});
