import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 91,
    statements: [
      `CREATE TABLE bulletin_weights (
        id integer PRIMARY KEY CHECK (id = 1),
        learning integer NOT NULL,
        sitting integer NOT NULL,
        passing integer NOT NULL)`,
    ],
  },
];
