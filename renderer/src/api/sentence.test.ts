import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { isOfLink } from './sentence.ts';

test('a link that broke is no fault of the program, and an answer of the engine is none of the link', () => {
  const unsent = new Error('Cannot send message, WebSocket is not open.');
  expect([isOfLink(unsent, false), isOfLink(unsent, true)]).toEqual([true, true]);
  expect([
    isOfLink(new TypeError('x is undefined'), false),
    isOfLink(new TypeError('x is undefined'), true),
  ]).toEqual([true, false]);
  expect(isOfLink(new ORPCError('NOT_FOUND'), false)).toBe(false);
});
