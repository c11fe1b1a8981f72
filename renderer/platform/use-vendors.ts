import { useCallback } from 'react';
import { toldResultEndpoints } from '../../contract/platform/told-results.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import type { Choice } from './fields.tsx';

/** Who may be named as the one who tells of results. */
export function useVendors(): readonly Choice[] {
  const { ask } = usePlatform();
  const load = useCallback(() => ask(toldResultEndpoints.vendors, {}), [ask]);
  const { value } = useLoaded(load);
  return (value?.vendors ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
