import { type ReactNode, useEffect, useRef, useState } from 'react';
import { usePlatform } from './context.tsx';
import { type Choice, ChoiceField, TextField } from './fields.tsx';
import { addressFor, goInstead, useRoute } from './route.ts';

/** How a list is filtered stands in its address: this reads one filter, and sets it. */
export function useFilter(name: string): readonly [string, (value: string) => void] {
  const { page, id, filters } = useRoute();
  const set = (value: string) => goInstead(addressFor(page, id, { ...Object.fromEntries(filters), [name]: value }));
  return [filters.get(name) ?? '', set];
}

const PAUSE_MS = 300;

type TypedFilterProps = { readonly label: string; readonly name?: string };

/** What is typed counts once it rests; what was set elsewhere meanwhile, by the way back or a press, is what is shown. */
function useTypedFilter(name: string): readonly [string, (typed: string) => void] {
  const [set, setFilter] = useFilter(name);
  const [typed, setTyped] = useState(set);
  // What of it this field has set itself: anything else came from elsewhere.
  const own = useRef(set);
  useEffect(() => {
    if (set === own.current) return;
    own.current = set;
    setTyped(set);
  }, [set]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed counts, once it rests
  useEffect(() => {
    const rests = typed.trim();
    if (rests === own.current) return undefined;
    const timer = setTimeout(() => {
      own.current = rests;
      setFilter(rests);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}

/** A search is asked for when somebody pauses, not at each letter. */
export function SearchFilter({ label, name = 'search' }: TypedFilterProps) {
  const [typed, setTyped] = useTypedFilter(name);
  return <TextField name={name} type="search" label={label} value={typed} onChange={setTyped} />;
}

/** A moment is several fields in a row: it is asked for when somebody pauses, too. */
export function MomentFilter({ label, name }: Required<TypedFilterProps>) {
  const [typed, setTyped] = useTypedFilter(name);
  return <TextField name={name} type="datetime-local" label={label} value={typed} onChange={setTyped} />;
}

type ChoiceFilterProps = { readonly name: string; readonly label: string; readonly choices: readonly Choice[] };

/** One of a few, or all of them. */
export function ChoiceFilter({ name, label, choices }: ChoiceFilterProps) {
  const { t } = usePlatform();
  const [value, setValue] = useFilter(name);
  const all = { value: '', label: t('list.all') };
  return <ChoiceField name={name} label={label} value={value} onChange={setValue} choices={[all, ...choices]} />;
}

export const Filters = ({ children }: { readonly children: ReactNode }) => (
  <search className="filters">{children}</search>
);
