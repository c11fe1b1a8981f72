import { useState } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import { OrganisationId, type TenantId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';

/** A firm that comes, and how many of its people. */
export type Guest = { readonly name: string; readonly tenantId: TenantId | null; readonly quota: string };
export type Guests = ReadonlyMap<string, Guest>;
type Found = { readonly id: string; readonly name: string; readonly tenantId: TenantId | null };

type GuestsProps = {
  readonly organiser: string;
  readonly firms: Guests;
  readonly seats: number;
  readonly onChange: (firms: Guests) => void;
};

const QUOTA = '10';

/** Which firms come, and how many people of each, as a table. */
export function ChooseGuests({ organiser, firms, seats, onChange }: GuestsProps) {
  const { t, ask } = usePlatform();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly Found[]>([]);
  const look = async (text: string) => {
    setSearch(text);
    const query = { below: OrganisationId.parse(organiser), kind: 'firm', state: 'approved', size: 8 } as const;
    const named = text.trim() ? { search: text.trim() } : {};
    const { rows } = await ask(organisationEndpoints.list, { query: { ...query, ...named } });
    setFound(rows.filter(({ id }) => !firms.has(id)));
  };
  const put = (id: string, guest: Guest | undefined) => {
    const next = new Map(firms);
    if (guest) next.set(id, guest);
    else next.delete(id);
    onChange(next);
  };
  const sum = [...firms.values()].reduce((all, { quota }) => all + Number(quota), 0);
  return (
    <fieldset className="part guests">
      <legend>{t('turns.firms')}</legend>
      {firms.size > 0 && (
        <>
          <div className="table-slot">
            <table className="list">
              <caption className="visually-hidden">{t('turns.firms')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('plan.firm')}</th>
                  <th scope="col">{t('plan.quota')}</th>
                  <th scope="col">{t('plan.remove')}</th>
                </tr>
              </thead>
              <tbody>
                {[...firms].map(([id, guest]) => (
                  <tr key={id}>
                    <td data-title={t('plan.firm')}>{guest.name}</td>
                    <td data-title={t('plan.quota')}>
                      <input
                        type="number"
                        min={1}
                        required
                        name={`quota-${id}`}
                        aria-label={t('turns.quota-of', { firm: guest.name })}
                        value={guest.quota}
                        onChange={(event) => put(id, { ...guest, quota: event.target.value })}
                      />
                    </td>
                    <td data-title={t('plan.remove')}>
                      <Button
                        small
                        icon="cross"
                        label={t('turns.without', { firm: guest.name })}
                        onPress={() => put(id, undefined)}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className={sum > seats ? 'notice warn' : 'muted'} role="status">
            {t('plan.sum', { sum, seats })}
          </p>
        </>
      )}
      <TextField
        name="firm-search"
        type="search"
        label={t('turns.add-firm')}
        value={search}
        onChange={(text) => void look(text).catch(() => setFound([]))}
        hint={firms.size === 0 ? t('turns.add-firm-hint') : undefined}
      />
      <ul className="found">
        {found.map(({ id, name, tenantId }) => (
          <li key={id}>
            <Button
              small
              action="add-firm"
              onPress={() => {
                put(id, { name, tenantId, quota: QUOTA });
                setFound(found.filter((one) => one.id !== id));
              }}
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
