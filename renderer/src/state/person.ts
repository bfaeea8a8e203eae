import { useQuery } from '@tanstack/react-query';
import { mayAct, type Role } from '#shared/domain/roles.ts';
import { api } from '../api/client.ts';

/** True when the person signed in may do what asks for this role; what one may not do is not offered. */
export function useMay(needed: Role): boolean {
  const info = useQuery(api.station.info.queryOptions());
  return info.data ? mayAct(info.data.person.role, needed) : false;
}
