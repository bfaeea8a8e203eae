import type { PackageProfile } from '../archive-profile.ts';
import { preservationBag } from './preservation-bag.ts';

/** Every archive profile; the first is used where none is named. */
export const packageProfiles = [preservationBag] as const satisfies readonly PackageProfile[];
