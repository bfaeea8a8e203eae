import type { Locator, Page } from 'playwright-core';
import { patientMs, until } from './until.ts';

export type Screen = 'Tapes' | 'Capture' | 'Review' | 'Batches' | 'Log' | 'Station';

/** Goes to a screen by the rail. */
export async function goTo(page: Page, screen: Screen): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
}

/** Opens an address and waits until the engine answers. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await statusLine(page).getByText('log verified to').waitFor();
}

export function statusLine(page: Page): Locator {
  return page.getByRole('contentinfo');
}

/** Registers a tape on the Tapes screen. */
export async function registerTape(page: Page, identifier: string, title: string): Promise<void> {
  await goTo(page, 'Tapes');
  const form = page.getByRole('region', { name: 'Register a tape' });
  if (!(await form.isVisible())) await page.getByRole('button', { name: 'Register tape' }).click();
  await form.getByLabel('Identifier').fill(identifier);
  await form.getByLabel('Title').fill(title);
  await form.getByRole('button', { name: 'Register', exact: true }).click();
  await form.getByRole('link', { name: identifier }).waitFor();
}

/** Chooses a tape and a tape of the simulator, and arms. */
export async function arm(page: Page, identifier: string, input: string): Promise<void> {
  await goTo(page, 'Capture');
  const setup = page.getByRole('region', { name: 'New pass' });
  await setup.getByRole('combobox', { name: 'Tape' }).fill(identifier);
  await page.getByRole('option', { name: identifier }).click();
  await setup.getByLabel('Source').selectOption({ label: 'Simulated deck' });
  await setup.getByLabel('Input').selectOption({ label: input });
  await setup.getByRole('button', { name: 'Arm' }).click();
  await transport(page).getByRole('button', { name: 'Record' }).waitFor({ timeout: patientMs });
}

export async function record(page: Page): Promise<void> {
  await transport(page).getByRole('button', { name: 'Record' }).click();
  await stopButton(page).waitFor({ timeout: patientMs });
}

export function transport(page: Page): Locator {
  return page.getByRole('region', { name: 'Transport' });
}

export function stopButton(page: Page): Locator {
  return transport(page).getByRole('button', { name: 'Stop recording: hold' });
}

/** Holds the stop button until the recording stops. */
export async function holdToStop(page: Page): Promise<void> {
  await stopButton(page).hover();
  await page.mouse.down();
  await stopButton(page).waitFor({ state: 'detached', timeout: patientMs });
  await page.mouse.up();
}

/** The whole number that a counter shows. */
export async function counter(page: Page, label: string): Promise<number> {
  const text = await transport(page).getByRole('group', { name: label, exact: true }).textContent();
  // The name, a sign where something is wrong, the figures, the unit.
  const number = new RegExp(`^${label}[▲◆]?([\\d,]+)`).exec(text ?? '')?.[1]?.replaceAll(',', '');
  if (number === undefined) throw new Error(`the counter ${label} shows no whole number: ${text}`);
  return Number(number);
}

export async function untilCounter(page: Page, label: string, atLeast: number): Promise<void> {
  await until(
    `${label} reaches ${atLeast}`,
    () => counter(page, label),
    (shown) => shown >= atLeast,
  );
}

/** Waits for the word on the capture screen that the pass shown is sealed. */
export async function untilSealed(page: Page): Promise<void> {
  const seal = page.getByRole('region', { name: 'Seal', exact: true });
  await seal
    .getByRole('status')
    .getByText('Sealed', { exact: true })
    .waitFor({ timeout: 2 * patientMs });
}
