import { z } from 'zod';
import { type Queries, select } from './database.ts';
import { DatabaseTrouble } from './trouble.ts';

/**
 * Whoever asks within firms asks as this role, which is bound by the policies; whoever owns the tables is not. It logs in nowhere, and
 * is one for all databases of a server.
 */
const ROLE = 'exam_center_walled';
const SETTING = 'exam.tenants';

/** SQL: the firms that a transaction is about. Looked up once a statement, however many rows it goes through. */
export const FIRMS = `SELECT unnest(string_to_array(current_setting('${SETTING}', true), ','))`;

/** SQL: whether a column names one of the firms that a transaction is about. */
export const isWithin = (column: string): string => `${column} IN (${FIRMS})`;

/** SQL: which rows of a table are somebody's beside those whose `tenant_id` names them. */
export type WallWish = {
  /** Theirs as well, to see and to change. */
  readonly owned?: string;
  /** What they see nevertheless, and do not change. */
  readonly shownToo?: string;
  /** Whether rows may be added whosever they are, by whoever does not see them afterwards. */
  readonly addedTo?: boolean;
};

/**
 * Statements that put a wall around a table with `tenant_id`: who asks within firms finds rows of theirs there, and adds none of
 * others.
 */
export const wallOf = (table: string, { owned, shownToo, addedTo = false }: WallWish = {}): readonly string[] => [
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY within_firms ON ${table} USING (${[isWithin('tenant_id'), ...(owned ? [owned] : [])].join(' OR ')})`,
  ...(shownToo ? [`CREATE POLICY shown_too ON ${table} FOR SELECT USING (${shownToo})`] : []),
  ...(addedTo ? [`CREATE POLICY added_to ON ${table} FOR INSERT WITH CHECK (true)`] : []),
];

/** What begins a transaction within these firms: it ends with the transaction, whoever has the connection next. */
export function limitsOf(scope: readonly string[]): string {
  // They are ids; what is none could say more than its place in the statement.
  const bad = scope.find((id) => !/^[\w-]+$/.test(id));
  if (bad !== undefined) throw new Error(`no id of a firm: ${bad}`);
  return `SET LOCAL ROLE ${ROLE}; SET LOCAL ${SETTING} = '${scope.join(',')}'`;
}

/** Anything that runs work in a transaction of its own, as whoever owns the tables. */
type InTransaction = <T>(work: (tx: Queries) => Promise<T>) => Promise<T>;

/**
 * Makes the role where there is none, and lets it use all tables.
 * @returns whether whoever this program logs in as may ask as that role: on a server of somebody else's it may be kept from that
 */
export async function raiseWalls(transact: InTransaction): Promise<boolean> {
  if (!(await mayUse(transact))) for (const statement of MAKE) await attempt(transact, statement);
  await attempt(transact, GRANT);
  return mayUse(transact);
}

/** Others may be making it for a database of theirs on the same server: then it is there. */
const MAKE = [`CREATE ROLE ${ROLE} NOLOGIN`, `DO $$ BEGIN EXECUTE format('GRANT ${ROLE} TO %I', current_user); END $$`];

/** Only of what is missing: a table that has its rights is not touched. */
const GRANT = `DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relowner = current_user::regrole AND CASE c.relkind
      WHEN 'r' THEN NOT has_table_privilege('${ROLE}', c.oid, 'DELETE')
      WHEN 'S' THEN NOT has_sequence_privilege('${ROLE}', c.oid, 'USAGE') END
  LOOP
    IF one.relkind = 'S' THEN EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO ${ROLE}', one.name);
    ELSE EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO ${ROLE}', one.name); END IF;
  END LOOP;
  IF NOT has_schema_privilege('${ROLE}', current_schema(), 'USAGE') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${ROLE}', current_schema());
  END IF; END $$`;

const mayUse = (transact: InTransaction): Promise<boolean> =>
  attempt(transact, `SET LOCAL ROLE ${ROLE}`, (tx) => select(tx, z.object({}), 'SELECT FROM schema_version LIMIT 1'));

async function attempt(
  transact: InTransaction,
  statement: string,
  then: (tx: Queries) => Promise<unknown> = async () => undefined,
): Promise<boolean> {
  try {
    await transact(async (tx) => {
      await tx.query(statement);
      await then(tx);
    });
    return true;
  } catch (error) {
    if (error instanceof DatabaseTrouble) throw error;
    return false;
  }
}
