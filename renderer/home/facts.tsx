import type { ReactNode } from 'react';

/** Names and what they say, one below the other: what is not there is left out. */
export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="own-facts">
      {of
        .filter(([, says]) => says !== undefined && says !== null && says !== '')
        .map(([name, says]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{says}</dd>
          </div>
        ))}
    </dl>
  );
}
