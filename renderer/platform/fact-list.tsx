import type { ReactNode } from 'react';

/** What is known of something, each by its name; what there is nothing of is left out. */
export type Facts = readonly (readonly [name: string, said: ReactNode])[];

export function FactList({ facts }: { readonly facts: Facts }) {
  return (
    <dl className="facts">
      {facts.map(
        ([name, said]) =>
          said !== undefined &&
          said !== null &&
          said !== '' && (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{said}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
