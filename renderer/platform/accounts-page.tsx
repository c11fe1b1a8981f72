import { useMemo, useState } from 'react';
import { type Account, accountEndpoints } from '../../contract/platform/accounts.ts';
import type { Organisation } from '../../contract/platform/organisations.ts';
import { ROLES, Role } from '../../contract/platform/roles.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { ChoiceFilter, Filters, SearchFilter, useFilter } from './filters.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { type Column, List } from './list.tsx';

/** Whoever logs in, of all organisations within reach. */
export function AccountsPage() {
  const { t } = usePlatform();
  return (
    <Main screen="accounts" className="page">
      <h1>{t('accounts.title')}</h1>
      <Filters>
        <SearchFilter label={t('accounts.search')} />
        <ChoiceFilter
          name="role"
          label={t('accounts.role')}
          choices={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      </Filters>
      <AccountList />
    </Main>
  );
}

type AccountListProps = { readonly organisation?: Pick<Organisation, 'id' | 'name' | 'kind'> };

/** Of one organisation, where one is named: then somebody can be invited to it. */
export function AccountList({ organisation }: AccountListProps) {
  const { t, locale } = usePlatform();
  const mayInvite = useHasRole('platform', 'bureau', 'firm', 'agency', 'room');
  const [search] = useFilter('search');
  const [role] = useFilter('role');
  const [round, setRound] = useState(0);
  const [inviting, setInviting] = useState(false);
  const [open, setOpen] = useState<Account>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  const asked = useMemo(
    () => ({
      query: organisation
        ? { organisationId: organisation.id }
        : { role: Role.safeParse(role).data, search: search || undefined },
    }),
    [organisation?.id, role, search, round],
  );
  const changed = () => {
    setOpen(undefined);
    setRound((before) => before + 1);
  };
  if (!mayInvite) return null;
  const seen = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const columns: readonly Column<Account>[] = [
    {
      name: 'name',
      title: t('accounts.name'),
      cell: (one) => (
        <Button look="quiet" small action="open-account" onPress={() => setOpen(one)}>
          {one.name}
        </Button>
      ),
    },
    { name: 'login', title: t('log-in.login'), cell: ({ login }) => login },
    {
      name: 'roles',
      title: t('accounts.role'),
      cell: ({ roles }) =>
        roles.map((held) => (
          <div key={`${held.role} ${held.organisationId}`}>
            {t(`role.${held.role}`)} · {held.organisation}
          </div>
        )),
    },
    { name: 'state', title: t('organisations.state'), cell: ({ state }) => t(`account.${state}`) },
    {
      name: 'seen',
      title: t('accounts.seen'),
      cell: ({ lastSeen }) => (lastSeen ? seen.format(new Date(lastSeen)) : t('accounts.never')),
    },
  ];
  return (
    <>
      {organisation && (
        <div>
          <Button action="invite" onPress={() => setInviting(true)}>
            {t('accounts.invite')}
          </Button>
        </div>
      )}
      <List
        caption={t('accounts.title')}
        endpoint={accountEndpoints.list}
        {...{ asked, columns }}
        keyOf={({ id }: Account) => id}
        filtered={search !== '' || role !== ''}
      />
      {inviting && organisation && (
        <InviteDialog organisation={organisation} onInvited={changed} onClose={() => setInviting(false)} />
      )}
      {open && <AccountDialog account={open} onChanged={changed} onClose={() => setOpen(undefined)} />}
    </>
  );
}
