import { z } from 'zod';

const listed = z.array(z.object({ id: z.string().min(1), name: z.string(), type: z.string().default('') }));
export type DvrescueDeck = z.infer<typeof listed>[number];

/**
 * Reads `dvrescue --list_devices_json` (Source/Common/ProcessFile.cpp); undefined where that is not what came. DeckLink cards
 * and the simulator that dvrescue lists too are left out: they bring no DV.
 */
export function parseDvrescueDevices(text: string): DvrescueDeck[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.slice(Math.max(0, text.indexOf('['))));
  } catch {
    return undefined;
  }
  const parsed = listed.safeParse(value);
  return parsed.success ? parsed.data.filter(({ type }) => !/decklink|simulator/i.test(type)) : undefined;
}
