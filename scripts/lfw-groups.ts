import { readFileSync, writeFileSync } from 'node:fs';
import { isEastAsianName } from './east-asian-names.ts';

/**
 * `npm run -s lfw-groups -- PAIRS.CSV OUT.CSV`: the pairs of a list after Labeled Faces in the Wild (folders called
 * `First_Last`), with the group of each photo by the name of its person, for `face eval`.
 */
const [from, to] = process.argv.slice(2);
if (!from || !to) {
  process.stderr.write('npm run -s lfw-groups -- PAIRS.CSV OUT.CSV\n');
  process.exit(2);
}

const groupOf = (path = ''): string => {
  const [folder = ''] = path.split('/');
  return isEastAsianName(folder.split('_')) ? 'east-asian-names' : 'other-names';
};
const [head, ...rows] = readFileSync(from, 'utf8').trim().split(/\r?\n/);
const grouped = rows.map((row) => {
  const [a, b] = row.split(',');
  return `${row},${groupOf(a)},${groupOf(b)}`;
});
writeFileSync(to, `${[`${head},group_a,group_b`, ...grouped].join('\n')}\n`);
