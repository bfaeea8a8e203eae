import { expect, it } from 'vitest';
import { createDecoderSlots, type SlotHolder } from './decoder-slots.ts';

function holderThat(isIdle: boolean) {
  const holder = {
    isIdle,
    rested: 0,
    rest: async () => {
      holder.rested += 1;
    },
  };
  return holder satisfies SlotHolder;
}

it('takes the place of the one that was idle longest', async () => {
  const slots = createDecoderSlots(2);
  const [first, second, third] = [holderThat(true), holderThat(true), holderThat(true)];
  await slots.take(first);
  await slots.take(second);
  await slots.take(first);
  await slots.take(third);
  expect([first.rested, second.rested, third.rested]).toEqual([0, 1, 0]);
});

it('waits for one of the busy ones to become idle', async () => {
  const slots = createDecoderSlots(1);
  const [busy, next] = [holderThat(false), holderThat(false)];
  await slots.take(busy);
  let isIn = false;
  const taking = slots.take(next).then(() => {
    isIn = true;
  });
  await Promise.resolve();
  expect(isIn).toBe(false);
  busy.isIdle = true;
  slots.offer(busy);
  await taking;
  expect([busy.rested, next.rested]).toEqual([1, 0]);
  // Who gave its place away has nothing to give any more.
  slots.offer(busy);
  expect(busy.rested).toBe(1);
});
