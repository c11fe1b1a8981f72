import { useEffect, useMemo, useState } from 'react';
import {
  type Delivery,
  HOOK_EVENTS,
  HOOK_KEEPERS,
  type Hook,
  type HookEventName,
  hookEndpoints,
  NewHook,
} from '../../contract/platform/hooks.ts';
import type { HeldRole } from '../../contract/platform/roles.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { ToldOnce } from './told-once.tsx';
import { type Deed, useDeed } from './use-deed.ts';

/** Addresses of other programs that are told of what happens, of each organisation that somebody keeps. */
export function HooksPage() {
  const { t, me } = usePlatform();
  const held = (me?.roles ?? []).filter(({ role }) => HOOK_KEEPERS.some((one) => one === role));
  return (
    <Main screen="hooks" className="page">
      <h1>{t('hooks.title')}</h1>
      <p className="muted">{t('hooks.means')}</p>
      {held.map((one) => (
        <OfOrganisation key={`${one.role} ${one.organisationId}`} held={one} />
      ))}
    </Main>
  );
}

function OfOrganisation({ held }: { readonly held: HeldRole }) {
  const { t, ask } = usePlatform();
  const { organisationId } = held;
  const deed = useDeed();
  const [hooks, setHooks] = useState<readonly Hook[]>([]);
  const [secret, setSecret] = useState<string>();
  const load = async () => setHooks((await ask(hookEndpoints.list, { query: { organisationId } })).hooks);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of another organisation it is asked anew
  useEffect(() => void deed.run(load), [organisationId]);
  const add = (url: string, events: readonly HookEventName[]) =>
    deed.run(async () => {
      const body = NewHook.parse({ organisationId, url, events });
      setSecret((await ask(hookEndpoints.add, { body })).secret);
      await load();
    });
  return (
    <section aria-label={held.organisation}>
      <h2>{held.organisation}</h2>
      {hooks.map((hook) => (
        <OneHook key={hook.id} hook={hook} onEnded={() => void deed.run(load)} />
      ))}
      {secret && <ToldOnce label={t('hooks.secret')} secret={secret} />}
      <AddHook role={held.role} {...{ deed }} onAdd={add} />
    </section>
  );
}

type AddHookProps = {
  readonly role: HeldRole['role'];
  readonly deed: Deed;
  readonly onAdd: (url: string, events: readonly HookEventName[]) => Promise<boolean>;
};

function AddHook({ role, deed, onAdd }: AddHookProps) {
  const { t } = usePlatform();
  const names = Object.keys(HOOK_EVENTS) as HookEventName[];
  const offered = names.filter((name) => HOOK_EVENTS[name].some((one) => one === role));
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly HookEventName[]>(offered);
  const send = async () => {
    if (await onAdd(url.trim(), events)) setUrl('');
  };
  return (
    <Form onSend={send}>
      <TextField
        {...{ name: 'url', label: t('hooks.url'), value: url, onChange: setUrl, required: true }}
        hint="https://"
      />
      <fieldset>
        <legend>{t('hooks.events')}</legend>
        {offered.map((name) => (
          <label key={name} className="check">
            <input
              type="checkbox"
              name={name}
              checked={events.includes(name)}
              onChange={({ target }) =>
                setEvents(target.checked ? [...events, name] : events.filter((one) => one !== name))
              }
            />
            {t(`hooks.${name}`)}
          </label>
        ))}
      </fieldset>
      <Problem refused={deed.refused} detail={deed.detail} />
      <Button action="add-hook" submits disabled={deed.busy || events.length === 0}>
        {t('hooks.add')}
      </Button>
    </Form>
  );
}

function OneHook({ hook, onEnded }: { readonly hook: Hook; readonly onEnded: () => void }) {
  const { t, ask, locale } = usePlatform();
  const { id, url, events } = hook;
  const deed = useDeed();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  const asked = useMemo(() => ({ params: { id }, query: { size: 20 } }), [id, round]);
  const again = () => setRound((before) => before + 1);
  const test = () => deed.run(() => ask(hookEndpoints.test, { params: { id } }).then(again));
  const end = () => deed.run(() => ask(hookEndpoints.end, { params: { id } }).then(onEnded));
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  const nameOf = (event: string) => {
    const known = Object.keys(HOOK_EVENTS).find((one) => one === event) as HookEventName | undefined;
    return t(known ? `hooks.${known}` : 'hooks.test-message');
  };
  const columns: readonly Column<Delivery>[] = [
    { name: 'event', title: t('hooks.event'), cell: ({ event }) => nameOf(event) },
    { name: 'made', title: t('hooks.made'), cell: ({ madeAt }) => when.format(new Date(madeAt)) },
    { name: 'state', title: t('hooks.state'), cell: ({ state }) => t(`hooks.state-${state}`) },
    { name: 'status', title: t('hooks.status'), figures: true, cell: ({ status }) => status ?? '—' },
    { name: 'tries', title: t('hooks.tries'), figures: true, cell: ({ tries }) => tries },
  ];
  return (
    <article data-hook={id}>
      <p>
        <code>{url}</code> <small className="muted">{events.map(nameOf).join(' · ')}</small>
      </p>
      <div className="actions">
        <Button small action="test-hook" disabled={deed.busy} onPress={test}>
          {t('hooks.test')}
        </Button>
        <Button small look="quiet" action="look-again" onPress={again}>
          {t('hooks.again')}
        </Button>
        <Button small look="danger" action="end-hook" disabled={deed.busy} onPress={end}>
          {t('hooks.end')}
        </Button>
      </div>
      <Problem refused={deed.refused} detail={deed.detail} />
      <List
        caption={t('hooks.deliveries')}
        endpoint={hookEndpoints.deliveries}
        {...{ asked, columns }}
        keyOf={(one: Delivery) => one.id}
      />
    </article>
  );
}
