import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wordsIn } from './kit/words-in-code.ts';

/** Every word that people read stands in the catalogue, in each language: what stands in code is in one language only. */
const root = resolve(import.meta.dirname, '..');
const FOLDERS = ['authoring', 'center', 'cli', 'contract', 'electron', 'native', 'proof', 'renderer', 'station'];

/** Catalogues, and what only whoever works on the program sees. */
const NOT_LOOKED_AT: readonly RegExp[] = [
  /\.(test|fixture|e2e)\.tsx?$/,
  /^center\/web\/(messages|access-words|certificate-words|verify-file\/words)\.ts$/,
  /^center\/certificates\/paper\/words\.ts$/,
  /^center\/testing\//,
  /^renderer\/gallery\//,
];

/** Chinese that is no word of the interface, and why. Whoever mends one takes it out. */
const NO_WORDS: Readonly<Record<string, string>> = {
  'authoring/drawing/cut-exam.ts': 'the title of an exam, as items have titles: data',
  'authoring/drawing/more-references.ts': 'how options speak of others, as clerks write it',
  'authoring/drawing/references.ts': 'how options speak of others, as clerks write it',
  'authoring/export/bank-csv.ts': 'headings of banks, as clerks write them',
  'authoring/blueprints/read-blueprint.ts': 'quotes headings of blueprints, as clerks write them',
  'center/learning/xapi-words.ts': 'what learning record stores call things, in each language as their format has it',
  'center/seed/demo-exams.ts': 'exams of the demonstration: data',
  'center/told-results/read-table.ts': 'headings of tables, as clerks write them',
  'cli/demo/index.ts': 'people of the demonstration',
  'cli/demo/kiosk.ts': 'notes of the demonstration’s proctor',
  'cli/provision-file.ts': 'an example of a station’s name',
  'electron/main.ts': 'the title of a box in both languages, before there is anybody to ask which',
  'native/card/card-text.ts': 'what is printed on cards',
  'native/card/emulator/card.ts': 'what is printed on cards',
  'station/keep/proctors/index.ts': 'a name that stands in ledgers and must not change',
  'station/steps/visitor-enrolment.ts': 'the name of whoever has none, in both languages at once',
};
/** The same for whole folders. */
const NO_WORDS_IN: Readonly<Record<string, string>> = { 'authoring/import/': 'how banks are written' };
/** Text between tags that is one in every language. */
const UNITS = ['ms'];

const files = FOLDERS.flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: ['**/node_modules/**'] }),
)
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !NOT_LOOKED_AT.some((pattern) => pattern.test(file)));
const found = files.map((file) => ({
  file,
  words: wordsIn(readFileSync(join(root, file), 'utf8'), file.endsWith('x')).filter(
    ({ text }) => !UNITS.includes(text),
  ),
}));
const allowed = (file: string): boolean =>
  file in NO_WORDS || Object.keys(NO_WORDS_IN).some((folder) => file.startsWith(folder));

describe('words for people', () => {
  it('stand in the catalogue, not in code', () => {
    expect(files.length).toBeGreaterThan(400);
    const loose = found.flatMap(({ file, words }) =>
      words.filter(({ where }) => where !== 'string' || !allowed(file)).map(({ text }) => `${file}: ${text}`),
    );
    expect(loose).toEqual([]);
  });

  it('that are none of the interface’s are still there: nothing is allowed that nobody says', () => {
    const files = Object.keys(NO_WORDS).filter(
      (name) => !found.some(({ file, words }) => file === name && words.length > 0),
    );
    const folders = Object.keys(NO_WORDS_IN).filter(
      (name) => !found.some(({ file, words }) => file.startsWith(name) && words.length > 0),
    );
    expect([...files, ...folders]).toEqual([]);
  });

  it.each([
    ['between tags', '<p>Please wait</p>', 'text', 'Please wait'],
    ['in an attribute', '<img alt="A helmet" className="wide" />', 'attribute', 'A helmet'],
    ['in what an attribute chooses from', "<i title={on ? 'Lit' : undefined} />", 'attribute', 'Lit'],
    ['in a template of a page', 'html`<b title="">Wait</b>`', 'text', 'Wait'],
    ['in a template', 'const a = `第一题`', 'string', '第一题'],
    ['in a string', "const a = '考站'", 'string', '考站'],
  ])('are found %s', (_, source, where, text) => {
    expect(wordsIn(source, true)).toContainEqual({ where, text });
  });

  it('are not taken for found in keys of the catalogue, classes and comments', () => {
    expect(
      wordsIn('<p className="wide" aria-label={t("exam.moves")}>{t("exam.next")} {/* 注 */} · {n}</p>', true),
    ).toEqual([]);
  });
});
