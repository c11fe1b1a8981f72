import type { Migration } from '../database/index.ts';
import { FIRM_FIGURES } from './firm-figures-schema.ts';

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
  {
    number: 120,
    holds: 'what is counted of each firm is added up: some seconds with a city of sixteen thousand',
    statements: FIRM_FIGURES,
  },
];
