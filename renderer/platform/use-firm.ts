import { useCallback } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { addressFor, useRoute } from './route.ts';

export type Firm = {
  readonly id: OrganisationId;
  readonly name: string;
  /** Whether whoever looks manages it. */
  readonly isOwn: boolean;
  /** Where a page about it is. */
  readonly address: (page: string, id?: string, filters?: Readonly<Record<string, string>>) => string;
};

const OWNERS: readonly Role[] = ['firm', 'agency', 'room'];

/** Whose data a page is about: the firm that its address names, or one's own. `null` where somebody has first to choose. */
export function useFirm(): Firm | null | undefined {
  const { ask, me } = usePlatform();
  const named = OrganisationId.safeParse(useRoute().filters.get('firm')).data;
  const own = me?.roles.find(({ role, tenantId, organisationId }) =>
    named ? organisationId === named && OWNERS.includes(role) : tenantId !== null && OWNERS.includes(role),
  );
  const [id, known] = [named ?? own?.organisationId, own?.organisation];
  const load = useCallback(async () => {
    if (!id || known) return known;
    return (await ask(organisationEndpoints.read, { params: { id } })).organisation.name;
  }, [ask, id, known]);
  const { value, refused } = useLoaded(load);
  if (!id || refused) return null;
  const name = known ?? value;
  if (name === undefined) return undefined;
  const address: Firm['address'] = (page, one = '', filters = {}) =>
    addressFor(page, one, { ...filters, ...(named ? { firm: named } : {}) });
  return { id, name, isOwn: own !== undefined, address };
}
