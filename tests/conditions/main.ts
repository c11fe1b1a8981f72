import { parseArgs } from 'node:util';
import { openLane } from '../../native/face/engine/networks.ts';
import { type FaceEngine, type Observation, openFaceEngine } from '../../native/face/index.ts';
import { MODELS } from '../kit/face-models.ts';
import { type Condition, conditionsWith } from './conditions.ts';
import { type Film, filmOf, genuineNames, seenThrough } from './film.ts';
import { phoneRows, phonesInWords } from './phones.ts';
import { type Plant, plantsWith } from './plants.ts';
import { type Found, frozenRound, genuineRound, plantedRound } from './rounds.ts';
import { HEAD, inWords, type Row, total } from './table.ts';

/**
 * What is told of people at work in rooms as they are, of which nothing should be, and of what is planted there, which should
 * be found: every feed at hand, edited. The edits are drawn: a simulation.
 */
const USAGE = `npm run -s measure:conditions -- [NAME...] [--minutes N] [--json]
    conditions whose names begin so, or all; each film is watched for so long, by the time of its pictures
npm run -s measure:conditions -- --phones [NAME...]
    planted phones, and people without one, as filmed or under those conditions, by the score from which a phone is believed
`;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    phones: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  process.stderr.write(USAGE);
  process.exit(2);
}

const { detector, objects } = await openLane(MODELS, ['detector', 'objects'], 1);
const films = await Promise.all(genuineNames.map((name) => filmOf(detector, name)));
const conditions = conditionsWith(somebodyOf(films));
const isNamed = (names: readonly string[], { name }: Condition): boolean => names.some((one) => name.startsWith(one));
if (values.phones) {
  const names = positionals.length > 0 ? positionals : ['as filmed'];
  const without = conditions.filter((condition) => isNamed(names, condition));
  process.stdout.write(`${phonesInWords(await phoneRows(objects, films, without))}\n`);
} else {
  const names = positionals.length > 0 ? positionals : [''];
  const rows = await measured(conditions.filter((condition) => isNamed(names, condition)));
  process.stdout.write(values.json ? `${JSON.stringify(rows, null, 2)}\n` : `${total(rows)}\n`);
}

/** Whoever stands behind the others. */
function somebodyOf(all: readonly Film[]) {
  const behind = all.find(({ name }) => name.startsWith('B_'));
  const [picture, face] = [behind?.pictures[0], behind?.faces[0]];
  if (!picture || !face) throw new Error('nobody is there to stand behind');
  return { picture, face };
}

async function measured(wanted: readonly Condition[]): Promise<readonly Row[]> {
  const engine = await openFaceEngine(MODELS);
  const plants = await plantsWith(detector);
  const plain = new Map<string, readonly Observation[]>();
  for (const film of films) plain.set(film.name, await seenThrough(engine, film, (picture) => picture, 'identify'));
  if (!values.json) process.stdout.write(`${HEAD}\n`);
  const rows: Row[] = [];
  for (const condition of wanted) {
    const genuine = await genuineRound(engine, films, plain, condition, minutes);
    const row = { name: condition.name, genuine, planted: await allPlanted(engine, plants, condition) };
    rows.push(row);
    if (!values.json) process.stdout.write(`${inWords(row)}\n`);
  }
  await engine.close();
  return rows;
}

async function allPlanted(engine: FaceEngine, plants: readonly Plant[], { edit }: Condition) {
  const planted: Record<string, Found> = {};
  for (const plant of plants) planted[plant.name] = await plantedRound(engine, plant, edit);
  planted['frozen picture'] = frozenRound(
    films.flatMap(({ pictures: [first] }) => first ?? []),
    edit,
  );
  return planted;
}
