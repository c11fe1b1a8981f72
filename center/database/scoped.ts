import type { Database, Queries } from './database.ts';
import { limitsOf, raiseWalls, type Scope } from './walls.ts';
import { wayNow } from './way.ts';

/** A database whose transactions begin with what it is told; nothing where they are for all firms. */
export type Unscoped = Omit<Database, 'query' | 'transaction' | 'as' | 'raiseWalls'> & {
  query(limits: string | undefined, ...asked: Parameters<Queries['query']>): ReturnType<Queries['query']>;
  transaction<T>(limits: string | undefined, work: (tx: Queries) => Promise<T>): Promise<T>;
};

/** The same, of which the way says within which firms it is asked, or whoever takes it {@link Database.as} one of some. */
export function withScopes({ query, transaction, ...others }: Unscoped): Database {
  let stand = false;
  const limitsIn = (scope: Scope): string | undefined => (stand && scope !== '*' ? limitsOf(scope) : undefined);
  const within = (scopeNow: () => Scope): Database => ({
    ...others,
    query: (sql, params) => query(limitsIn(scopeNow()), sql, params),
    transaction: (work) => transaction(limitsIn(scopeNow()), work),
    as: (scope) => within(() => scope),
    async raiseWalls() {
      stand = await raiseWalls((work) => transaction(undefined, work));
      return stand;
    },
  });
  return within(() => wayNow().scope ?? '*');
}
