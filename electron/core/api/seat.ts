import type { PersonId } from '#shared/domain/ids.ts';
import { mayAct, type Role } from '#shared/domain/roles.ts';
import type { Context, Seat } from './procedures.ts';

/**
 * The context of a window that names nobody. Procedures read who sits there each time they are called. `owner`: the account that
 * runs the engine, who sits there first and keeps the window's own rights.
 */
export function seatedContext(owner: { id: PersonId; role: Role }): Context {
  let sitting = owner;
  const take: Seat['take'] = ({ id, role }) => {
    const isLess = mayAct(owner.role, role);
    sitting = id === owner.id ? owner : { id, role: isLess ? role : owner.role };
  };
  return {
    get role() {
      return sitting.role;
    },
    get personId() {
      return sitting.id;
    },
    seat: { take },
  };
}
