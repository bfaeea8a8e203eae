import { expect, test } from 'vitest';
import { tokenOfFragment } from '../api/session.ts';
import { fragmentOf, placeOf } from './place.ts';

test('a place survives the address', () => {
  const place = { screen: 'review', item: 'a b/c', query: { frame: '12' } } as const;
  expect(placeOf(fragmentOf(place))).toEqual(place);
});

test('an address that names no screen is the register', () => {
  for (const fragment of ['', '#', '#/nowhere', '#token=abc']) expect(placeOf(fragment).screen).toBe('tapes');
});

test('the token is taken from the fragment and from nowhere else', () => {
  expect(tokenOfFragment('#token=a-b_c')).toBe('a-b_c');
  expect(tokenOfFragment('#/tapes?token=x')).toBeUndefined();
});
