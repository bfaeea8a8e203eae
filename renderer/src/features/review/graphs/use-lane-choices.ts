import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { type Column, usualChoices } from './lane-list.ts';

/** What the person signed in wants drawn, in that order; sound alone is chosen apart. Choosing nothing goes back to the usual. */
export function useLaneChoices(columns: readonly Column[]) {
  const info = useQuery(api.station.info.queryOptions());
  const { lanes, chooseLanes } = usePreferences();
  const kind = columns.every(({ medium }) => medium === 'audio') ? 'sound' : 'picture';
  const owner = `${info.data?.person.id ?? ''}/${kind}`;
  return {
    choices: lanes[owner] ?? usualChoices(columns),
    isUsual: lanes[owner] === undefined,
    choose: (choices: readonly string[] | undefined) => chooseLanes(owner, choices),
  };
}
