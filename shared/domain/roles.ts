/** What a front end may do. `local` is the station itself (command line, desktop host): it may name paths. */
export const roles = ['reviewer', 'technician', 'manager', 'local'] as const;
export type Role = (typeof roles)[number];

/** True when `held` includes everything `needed` may do. */
export function mayAct(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}
