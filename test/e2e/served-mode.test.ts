import { once } from 'node:events';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { HelicalClient } from '#hosts/attach.ts';
import { ask } from './ask.ts';
import { openBrowser } from './browser.ts';
import { install } from './installation.ts';
import { helical, type Served, serve } from './served.ts';
import { goTo, open, statusLine } from './steps.ts';

describe('served mode', () => {
  const resources = new AsyncDisposableStack();
  let served: Served;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let installation: Awaited<ReturnType<typeof install>>;
  let dataDir: string;

  beforeAll(async () => {
    installation = resources.use(await install([]));
    dataDir = join(installation.folder, 'data');
    served = resources.use(await serve(installation, { dataDir, role: 'reviewer' }));
    browser = resources.use(await openBrowser());
    await ask(dataDir, (client) => client.tapes.register({ identifier: 'VT-1', format: 'umatic' }));
  });
  afterAll(() => resources.disposeAsync());

  test('nobody comes in without the link', async () => {
    const page = await browser.context.newPage();
    await page.goto(new URL('/', served.url).href);
    await page.getByText('The engine does not know this browser.').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    const answer = await fetch(new URL('/media/files/anything', served.url));
    expect(answer.status).toBe(401);
    await page.close();
  });

  test('the token is gone from the address once it was used, and opens nothing a second time', async () => {
    const page = await browser.context.newPage();
    await open(page, served.url);
    expect(page.url()).not.toContain('token');
    const history = await page.evaluate(() => window.history.length);
    await page.goBack().catch(() => null);
    expect(page.url()).not.toContain('token');
    expect(history).toBeLessThanOrEqual(2);
    await page.close();

    const { context } = await openStranger();
    const stranger = await context.newPage();
    await stranger.goto(served.url);
    await stranger.getByText('The engine does not know this browser.').waitFor();
    expect(await stranger.getByRole('table').count()).toBe(0);
    expect(await context.cookies()).toEqual([]);
    // A fresh link put into the same window opens it, though that loads nothing.
    const { result } = await helical(installation, '--data', dataDir, 'serve');
    await stranger.goto(result.url);
    await statusLine(stranger).getByText('reviewer').waitFor();
    await context.close();
  });

  test('the session is kept in a cookie that no script and no other site can use', async () => {
    const [cookie] = await browser.context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  });

  test('a reviewer is offered nothing that changes a tape', async () => {
    const page = await browser.context.newPage();
    await page.goto(new URL('/', served.url).href);
    await statusLine(page).getByText('reviewer').waitFor();
    await page.getByRole('table', { name: 'Tapes' }).getByRole('link', { name: 'VT-1' }).waitFor();
    expect(await page.getByRole('button', { name: 'Register tape' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Import CSV' }).count()).toBe(0);
    await goTo(page, 'Batches');
    await page.getByText('No batch has been made.').waitFor();
    expect(await page.getByRole('button', { name: 'New batch' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(0);
    await goTo(page, 'Capture');
    await page.getByRole('main').getByText(/./).first().waitFor();
    expect(await page.getByRole('button', { name: 'Arm', exact: true }).count()).toBe(0);
    await page.close();
  });

  test('what is not offered is refused as well', async () => {
    const [cookie] = await browser.context.cookies();
    const address = new URL('/rpc', served.url);
    const socket = new WebSocket(`ws://${address.host}/rpc`, {
      headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: address.origin },
    });
    await once(socket, 'open');
    const client: HelicalClient = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
    );
    expect(await client.tapes.list({})).toMatchObject({ total: 1 });
    const refused = { data: { code: 'NOT_ALLOWED' } };
    await expect(client.tapes.register({ identifier: 'VT-2', format: 'umatic' })).rejects.toMatchObject(
      refused,
    );
    await expect(client.capture.arm({ tape: 'VT-1', source: 'simulator' })).rejects.toMatchObject(refused);
    await expect(client.batches.create({ name: 'B', tapes: ['VT-1'] })).rejects.toMatchObject(refused);
    expect(await client.tapes.list({})).toMatchObject({ total: 1 });
    socket.close();
  });

  async function openStranger() {
    const context = await browser.context.browser()?.newContext({ locale: 'en-GB' });
    if (!context) throw new Error('the browser has gone');
    return { context };
  }
});
