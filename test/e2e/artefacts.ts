import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../test-artefacts/e2e/', import.meta.url));
const sizes = [
  { width: 1600, height: 1000 },
  { width: 1280, height: 800 },
];

/** Keeps what the page looks like now, in both sizes. The page is left in the smaller one. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${folder}${name}-${size.width}x${size.height}.png` });
  }
}
