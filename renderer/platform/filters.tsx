import { type ReactNode, useEffect, useState } from 'react';
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

/** A search is asked for when somebody pauses, not at each letter. */
export function SearchFilter({ label, name = 'search' }: { readonly label: string; readonly name?: string }) {
  const [set, setFilter] = useFilter(name);
  const [typed, setTyped] = useState(set);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed counts, once it rests
  useEffect(() => {
    if (typed.trim() === set) return undefined;
    const timer = setTimeout(() => setFilter(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return <TextField name={name} type="search" label={label} value={typed} onChange={setTyped} />;
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
