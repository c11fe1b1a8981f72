import { useCallback } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import type { Choice } from './fields.tsx';

/** What may be chosen of the lists of sectors and places. */
export function useSectors(): readonly Choice[] {
  const { ask, locale } = usePlatform();
  const load = useCallback(() => ask(organisationEndpoints.lists, {}), [ask]);
  const { value } = useLoaded(load);
  const open = value?.industry.filter(({ isEnded }) => !isEnded) ?? [];
  return open.map(({ name, en }) => ({ value: name, label: locale === 'en' && en ? en : name }));
}

/** Counties and streets, the ones below the others. */
export function usePlaces(): readonly Choice[] {
  const { ask } = usePlatform();
  const load = useCallback(() => ask(organisationEndpoints.places, {}), [ask]);
  const { value } = useLoaded(load);
  const places = value?.places ?? [];
  const names = new Map(places.map(({ id, name }) => [id, name]));
  return places.map(({ id, name, parentId }) => ({
    value: id,
    label: parentId && names.has(parentId) ? `${names.get(parentId)} · ${name}` : name,
  }));
}
