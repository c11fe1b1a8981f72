import { usePlatform } from './context.tsx';
import type { Deed } from './use-deed.ts';

/** What was refused and why; the exact words and the code are for whoever is called to help. */
export function Problem({ refused, detail }: Pick<Deed, 'refused'> & { readonly detail?: string | undefined }) {
  const { explain } = usePlatform();
  return (
    <div role="alert" className="notice-slot">
      {refused && (
        <p className="notice warn" data-reason={refused}>
          <span>
            {explain(refused)}
            {detail && <small> {detail}</small>}
          </span>
          <code>{refused}</code>
        </p>
      )}
    </div>
  );
}
