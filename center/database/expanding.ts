import type { Migration } from './migrate.ts';

/** What a program from before cannot go on beside. */
const BREAKING: readonly (readonly [RegExp, string])[] = [
  [/\bDROP (TABLE|VIEW|FUNCTION|SEQUENCE|SCHEMA|TYPE)\b/, 'takes away what an older program may use'],
  [
    /\bALTER TABLE\b.*\bDROP (?!NOT NULL|DEFAULT|CONSTRAINT|EXPRESSION|IDENTITY)/,
    'drops a column that an older program may use',
  ],
  [/\bRENAME\b/, 'renames what an older program calls otherwise'],
  [/\bALTER (COLUMN )?\w+ (SET DATA )?TYPE\b/, 'changes the type of a column, and writes the table anew'],
  [/\bSET NOT NULL\b/, 'refuses rows that an older program writes'],
  [/\bDROP DEFAULT\b/, 'takes away a default that an older program relies on'],
  [/\bADD COLUMN\b(?!.*\bDEFAULT\b).*\bNOT NULL\b/, 'refuses rows that an older program writes'],
  [/\bADD COLUMN\b.*\bDEFAULT\b.*\b(RANDOM|GEN_RANDOM_UUID|CLOCK_TIMESTAMP|NEXTVAL)\b/, 'writes the table anew'],
  [/\bADD COLUMN\b.*\bGENERATED ALWAYS\b/, 'writes the table anew'],
  [/\bADD COLUMN\b.*\b(UNIQUE|PRIMARY KEY)\b/, 'refuses rows that an older program writes'],
  [
    /\bADD (CONSTRAINT\b.*?)?(CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY|EXCLUDE)\b/,
    'refuses rows that an older program writes',
  ],
  [/\bCREATE UNIQUE INDEX\b/, 'refuses rows that an older program writes'],
  [/\b(TRUNCATE|LOCK TABLE|CLUSTER|VACUUM|REINDEX)\b/, 'keeps everybody else out'],
];
const HOLDING: readonly (readonly [RegExp, string])[] = [
  [/\bCREATE INDEX\b/, 'keeps others from writing to a table while its index is made'],
  [/^\s*(UPDATE|DELETE)\b/, 'keeps rows locked until all migrations are done'],
];

/** Without what is written in quotes and comments; in capitals, in one line. */
const bare = (sql: string): string =>
  sql
    .replaceAll(/\$\$.*?\$\$/gs, "''")
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/\s+/g, ' ')
    .toUpperCase();

const MADE = /\bCREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\w+)/g;
/** The table that a statement is about. */
const ABOUT =
  /\b(?:ALTER TABLE (?:IF EXISTS |ONLY )*|CREATE (?:UNIQUE )?INDEX .*?\bON (?:ONLY )?|^\s*UPDATE |^\s*DELETE FROM )(\w+)/;

/**
 * What keeps a migration from running while a program from before runs on the same database, as sentences. What it makes itself
 * nobody uses yet: of that nothing is said.
 */
export function troublesOf({ number, statements, breaks, holds }: Migration): readonly string[] {
  const texts = statements.map(bare);
  const made = new Set(texts.flatMap((text) => [...text.matchAll(MADE)].map(([, table]) => table)));
  return texts.flatMap((text) => {
    if (/^ ?CREATE TABLE\b/.test(text) || made.has(text.match(ABOUT)?.[1])) return [];
    const found = (rules: typeof BREAKING) => rules.filter(([rule]) => rule.test(text)).map(([, what]) => what);
    const breaking = breaks === undefined ? found(BREAKING) : [];
    const holding = (holds ?? breaks) === undefined ? found(HOLDING) : [];
    const troubles = [...breaking, ...holding];
    return troubles.map((what) => `${number} ${what}: ${text.trim()}`);
  });
}
