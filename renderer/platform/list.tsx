import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Answered, Asked, Endpoint } from '../../contract/platform/endpoint.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';

export type Column<Row> = {
  readonly name: string;
  readonly title: string;
  /** Figures stand at the end of their column. */
  readonly figures?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

/** A page of a list as endpoints give it. */
type Pages<Row> = { readonly rows: readonly Row[]; readonly next: Cursor | null };

type ListProps<E extends Endpoint, Row> = {
  readonly caption: string;
  readonly endpoint: E;
  /** The filters and all else that is asked with, without where to go on. Another object asks anew. */
  readonly asked: Asked<E>;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** Whether filters are set: what is then missing may be there without them. */
  readonly filtered?: boolean;
  /** What to do where nothing is there yet. */
  readonly empty?: ReactNode;
};

/** A list that is read page after page, from where the one before it ended. */
export function List<E extends Endpoint, Row>(props: ListProps<E, Row>) {
  const { caption, columns, keyOf, filtered = false, empty } = props;
  const { t } = usePlatform();
  const { rows, more, busy, refused } = usePages<E, Row>(props.endpoint, props.asked);
  return (
    <section aria-label={caption} aria-busy={busy} data-list={caption} data-loaded={!busy}>
      <Problem refused={refused} />
      {rows.length > 0 && (
        <div className="table-slot">
          <table className="list">
            <caption className="visually-hidden">{caption}</caption>
            <thead>
              <tr>
                {columns.map(({ name, title, figures }) => (
                  <th key={name} scope="col" className={figures ? 'figures' : undefined}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)} data-row={keyOf(row)}>
                  {columns.map(({ name, title, figures, cell }) => (
                    <td key={name} data-title={title} className={figures ? 'figures' : undefined}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!busy && rows.length === 0 && !refused && (
        <div className="empty">
          <p>{t(filtered ? 'list.nothing-found' : 'list.empty')}</p>
          {!filtered && empty}
        </div>
      )}
      <p className="muted" role="status">
        {busy ? t('app.loading') : rows.length > 0 && t('list.count', { shown: rows.length })}
      </p>
      {more && (
        <Button action="more" onPress={more} disabled={busy}>
          {t('list.more')}
        </Button>
      )}
    </section>
  );
}

function usePages<E extends Endpoint, Row>(endpoint: E, asked: Asked<E>) {
  const { ask } = usePlatform();
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [next, setNext] = useState<Cursor | null>(null);
  const [busy, setBusy] = useState(true);
  const [refused, setRefused] = useState<Reason>();
  const load = useCallback(
    async (after: Cursor | undefined, isCurrent: () => boolean) => {
      setBusy(true);
      try {
        const { query = {} } = asked as { readonly query?: object };
        const answered: Answered<E> = await ask(endpoint, {
          ...(asked as object),
          query: { ...query, after },
        } as Asked<E>);
        if (!isCurrent()) return;
        const page = answered as Pages<Row>;
        setRows((before) => (after ? [...before, ...page.rows] : page.rows));
        setNext(page.next);
        setRefused(undefined);
      } catch (error) {
        if (isCurrent()) setRefused(error instanceof Refusal ? error.reason : 'internal');
      } finally {
        if (isCurrent()) setBusy(false);
      }
    },
    [ask, endpoint, asked],
  );
  useEffect(() => {
    let over = false;
    void load(undefined, () => !over);
    return () => {
      over = true;
    };
  }, [load]);
  return { rows, busy, refused, more: next ? () => void load(next, () => true) : undefined };
}
