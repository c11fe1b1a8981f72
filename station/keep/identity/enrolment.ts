import { EnrolReply } from '../../../contract/station-center/center-api.ts';
import { type Database, migrate } from '../../core/database/index.ts';

const SCHEMA = [
  `CREATE TABLE signing_key (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
   CREATE TABLE enrolment (id INTEGER PRIMARY KEY CHECK (id = 1), reply TEXT NOT NULL) STRICT;`,
];

export const makeTables = (database: Database): void => migrate(database, 'identity', SCHEMA);

/** What the center said of this station: public, so it can be read without the key that seals the rest. */
export function readEnrolment(database: Database): EnrolReply | undefined {
  makeTables(database);
  const row = database.prepare('SELECT reply FROM enrolment').get() as { reply: string } | undefined;
  return row ? EnrolReply.parse(JSON.parse(row.reply)) : undefined;
}
