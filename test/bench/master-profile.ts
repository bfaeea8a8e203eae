import { readFileSync } from 'node:fs';
import { masterProfileSchema } from '#shared/domain/profiles.ts';

/** The house's own profile: what a station records with when nobody chose another. */
export const masterProfile = masterProfileSchema.parse(
  JSON.parse(
    readFileSync(new URL('../../resources/profiles/master/ffv1-10bit.json', import.meta.url), 'utf8'),
  ),
);
