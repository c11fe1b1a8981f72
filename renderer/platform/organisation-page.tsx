import { useCallback, useState } from 'react';
import { type Organisation, organisationEndpoints, type Place } from '../../contract/platform/organisations.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { AccountList } from './accounts-page.tsx';
import { AddOrganisation } from './add-organisation.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { DecideRegistration } from './decide-registration.tsx';
import { Form } from './fields.tsx';
import { detailsOf, OrganisationFields, typedOf } from './organisation-fields.tsx';
import { OrganisationList } from './organisations-page.tsx';
import { Problem } from './problem.tsx';
import { addressFor, go } from './route.ts';
import { useDeed } from './use-deed.ts';
import { kindWord, stateWord, toneOf } from './words-of.ts';

/** One organisation: where it lies, what it says of itself, what lies below it, and who logs in for it. */
export function OrganisationPage({ id }: { readonly id: string }) {
  const { ask, t } = usePlatform();
  const load = useCallback(async () => {
    const known = OrganisationId.safeParse(id);
    if (!known.success) throw new Refusal('method-unknown');
    return ask(organisationEndpoints.read, { params: { id: known.data } });
  }, [ask, id]);
  const { value, refused, again } = useLoaded(load);
  return (
    <Main screen="organisation" className="page">
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && <Shown key={JSON.stringify(value)} {...value} onChanged={again} />}
    </Main>
  );
}

type ShownProps = {
  readonly organisation: Organisation;
  readonly above: readonly Place[];
  readonly onChanged: () => void;
};

function Shown({ organisation, above, onChanged }: ShownProps) {
  const { t } = usePlatform();
  const supervises = useHasRole('platform', 'bureau');
  const [adding, setAdding] = useState(false);
  const { id, name, kind, state, note, children } = organisation;
  const holdsOthers = kind === 'platform' || kind === 'county' || kind === 'street';
  return (
    <>
      <nav aria-label={t('organisations.above')} className="above">
        {above.map((one) => (
          <a key={one.id} href={addressFor('organisation', one.id)}>
            {one.name}
          </a>
        ))}
      </nav>
      <div className="head">
        <h1>{name}</h1>
        <span className="badge">{t(kindWord(kind))}</span>
        <span className={`badge ${toneOf(state)}`} data-state={state}>
          {t(stateWord(state))}
        </span>
      </div>
      {note && <p className="muted">{note}</p>}
      {state === 'applied' && supervises && <DecideRegistration id={id} onDecided={onChanged} />}
      <Details organisation={organisation} onChanged={onChanged} />
      {holdsOthers && (
        <section className="part" aria-labelledby="below">
          <div className="head">
            <h2 id="below">{t('organisations.below', { count: children })}</h2>
            {supervises && (
              <Button action="add-below" onPress={() => setAdding(true)}>
                {t('organisations.add')}
              </Button>
            )}
          </div>
          <OrganisationList below={id} />
        </section>
      )}
      <section className="part" aria-labelledby="accounts">
        <h2 id="accounts">{t('accounts.title')}</h2>
        <AccountList organisation={organisation} />
      </section>
      {adding && (
        <AddOrganisation
          parent={organisation}
          onClose={() => setAdding(false)}
          onAdded={(added) => {
            setAdding(false);
            go(addressFor('organisation', added.id));
          }}
        />
      )}
    </>
  );
}

function Details({ organisation, onChanged }: Omit<ShownProps, 'above'>) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [typed, setTyped] = useState(() => typedOf(organisation));
  const changed = JSON.stringify(typed) !== JSON.stringify(typedOf(organisation));
  const licensed = organisation.kind !== 'county' && organisation.kind !== 'street' && organisation.kind !== 'platform';
  const save = () =>
    run(async () => {
      const [before, after] = [detailsOf(typedOf(organisation)), detailsOf(typed)];
      const names = (Object.keys(after) as (keyof typeof after)[]).filter((name) => after[name] !== before[name]);
      const body = Object.fromEntries(names.map((name) => [name, after[name]]));
      await ask(organisationEndpoints.change, { params: { id: organisation.id }, body });
      onChanged();
    });
  return (
    <section className="part" aria-labelledby="details">
      <h2 id="details">{t('organisations.details')}</h2>
      <Form onSend={save}>
        <OrganisationFields typed={typed} onType={setTyped} licensed={licensed} />
        <Problem {...problem} />
        {changed && (
          <div>
            <Button look="primary" submits action="save" disabled={busy}>
              {t('app.save')}
            </Button>
          </div>
        )}
      </Form>
    </section>
  );
}
