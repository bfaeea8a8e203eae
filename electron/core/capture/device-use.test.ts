import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deviceKeyOf } from '#core/devices/registry.ts';
import type { Pass, PassState } from '#shared/domain/pass.ts';
import { createDeviceUse } from './device-use.ts';

const pass = (state: PassState, sourceId: string) =>
  ({ id: `id-${state}`, passNumber: 3, tapeIdentifier: 'A-1', state, sourceId }) as Pass;

function use(unfinished: Pass[], openHere: string[] = []) {
  return createDeviceUse({
    keyOf: deviceKeyOf,
    unfinishedPasses: () => unfinished,
    isOpenHere: (passId) => openHere.includes(passId),
  });
}

it('refuses a device that records, whatever its input, and says which pass has it', async () => {
  const devices = use([pass('recording', 'decklink:Duo (1)?video=sdi')]);
  const busy = expect.objectContaining({
    code: 'DEVICE_BUSY',
    problem: 'decklink:Duo (1) is in use by pass 3 of A-1 (id-recording), which is recording.',
  });
  await expect(devices.reserve('decklink:Duo (1)?video=composite', 'B-2')).rejects.toEqual(busy);
  await expect(devices.ask('decklink:Duo (1)', async () => 'opened')).rejects.toEqual(busy);
  await devices.reserve('decklink:Duo (2)', 'B-2');
});

it('refuses one that is armed here, not one that an engine armed which is gone', async () => {
  const armed = [pass('prepared', 'v4l2:/dev/video0')];
  await expect(use(armed, ['id-prepared']).reserve('v4l2:/dev/video0', 'B-2')).rejects.toThrow(
    'which is prepared',
  );
  await use(armed).reserve('v4l2:/dev/video0', 'B-2');
});

it('lets a device go when its pass is only decoded, or mended', async () => {
  for (const state of ['following', 'interrupted'] as const)
    await use([pass(state, 'decklink:Duo (1)')], [`id-${state}`]).reserve('decklink:Duo (1)', 'B-2');
});

it('keeps a device for whoever is arming it now', async () => {
  const devices = use([]);
  {
    using _ = await devices.reserve('decklink:Duo (1)', 'A-1');
    await expect(devices.reserve('decklink:Duo (1)', 'B-2')).rejects.toThrow(
      'a pass of A-1 that is being armed',
    );
  }
  await devices.reserve('decklink:Duo (1)', 'B-2');
});

it('lets whoever arms wait while the device is only asked, however that ends', async () => {
  const devices = use([]);
  const order: string[] = [];
  const { promise, reject } = Promise.withResolvers<never>();
  const asked = devices.ask('decklink:Duo (1)', () => promise).catch(() => order.push('asked'));
  const armed = devices.reserve('decklink:Duo (1)', 'A-1').then(() => order.push('armed'));
  await new Promise(setImmediate);
  expect(order).toEqual([]);
  reject(new Error('no signal'));
  await Promise.all([asked, armed]);
  expect(order.sort()).toEqual(['armed', 'asked']);
  await expect(devices.reserve('decklink:Duo (1)', 'B-2')).rejects.toThrow('being armed');
});

it('opens simulated decks and files as often as one likes', async () => {
  const devices = use([pass('recording', 'simulator:programme-pal'), pass('recording', 'file:/tape.dv')]);
  for (const source of ['simulator:programme-pal', 'simulator', 'file:/tape.dv']) {
    await devices.reserve(source, 'B-2');
    expect(await devices.ask(source, async () => 'opened')).toBe('opened');
  }
});

const guid = '080046010123abcd';
it.each([
  ['iec61883', `iec61883:${guid}`],
  ['iec61883:auto', `hdv:${guid}`],
  [`iec61883:${guid}`, `hdv:0x${guid.toUpperCase()}`],
  [`hdv:${guid}?queue=10`, 'iec61883:auto'],
  ['dvrescue', 'dvrescue:0x80046'],
  ['dvrescue:0x80046', 'dvrescue'],
])('takes %s and %s for one deck', async (recorded, wanted) => {
  const devices = use([pass('recording', recorded)]);
  await expect(devices.reserve(wanted, 'B-2')).rejects.toThrow(
    `which is recording, as ${recorded.split('?')[0]}`,
  );
  await expect(devices.ask(wanted, async () => 'opened')).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
  const arming = use([]);
  using _ = await arming.reserve(recorded, 'A-1');
  await expect(arming.reserve(wanted, 'B-2')).rejects.toThrow('being armed');
});

it('tells two decks of one bus apart by their names', async () => {
  const devices = use([pass('recording', `iec61883:${guid}`)]);
  await devices.reserve('hdv:0800460101ffffff', 'B-2');
  await devices.reserve('v4l2:/dev/video0', 'C-3');
});

it('takes a video node and the link that udev keeps to it for one card', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helical-nodes-'));
  const node = join(folder, 'video0');
  const link = join(folder, 'by-id-grabber');
  await writeFile(node, '');
  await symlink(node, link);
  const devices = use([pass('recording', `v4l2:${link}`)]);
  await expect(devices.reserve(`v4l2:${node}`, 'B-2')).rejects.toThrow('which is recording');
  await rm(folder, { recursive: true });
});

it('gives a device to one of many that want it at the same moment', async () => {
  const devices = use([]);
  const wanted = ['iec61883', `hdv:${guid}`, 'iec61883:auto', `iec61883:${guid}`];
  const outcomes = await Promise.allSettled(wanted.map((one) => devices.reserve(one, 'A-1')));
  expect(outcomes.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
  ]);
});
