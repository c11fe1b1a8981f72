import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePhotos } from '../cli/face-eval/describe-photos.ts';
import { type AddedFace, cosine, readCalibration, sureFrom, type Template, templateOf } from '../native/face/index.ts';
import { likenessTo } from '../native/face/judge/template.ts';
import { sha256 } from '../proof/index.ts';
import { MODELS } from '../tests/kit/face-models.ts';
import { sharedData } from '../tests/kit/shared-data.ts';
import { isEastAsianName } from './east-asian-names.ts';

/**
 * What a face of an earlier check-in does to later ones, on press photos of people of whom there are three or more: one is the
 * registered photo, one the face that may be added, one whoever comes later. Told by how alike the face must be to be added; for
 * the right people, for strangers, and for strangers where all have East Asian names. `EXAM_STATION_FACE_PROFILE` names other
 * networks.
 */
const MOST_PHOTOS = 6;
const thresholds = readCalibration(MODELS);
const { accept, refuseBelow, curve = [] } = thresholds;
const root = join(sharedData, 'faces/lfw');
const rows = readFileSync(join(root, 'pairs.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
const paths = [...new Set(rows.flatMap((row) => row.split(',').slice(0, 2)))].toSorted();
const { templates } = await describePhotos(root, paths, 1, () => undefined);

type Photo = { readonly person: string; readonly vector: Float32Array };
const photos = [...templates].map(([path, vector]): Photo => ({ person: path.split('/')[0] ?? '', vector }));
const byPerson = Map.groupBy(photos, ({ person }) => person);
const several = [...byPerson.values()].filter((all) => all.length >= 3).map((all) => all.slice(0, MOST_PHOTOS));
const isOfGroup = ({ person }: Photo): boolean => isEastAsianName(person.split('_'));

type Counts = { looks: number; photo: number; update: number; alone: number; asked: number };
const counts = (): Counts => ({ looks: 0, photo: 0, update: 0, alone: 0, asked: 0 });

/** @property alone what any face of the set would accept by itself, as if it were a photo */
function count(into: Counts, photo: Template, face: AddedFace | undefined, { vector }: Photo): void {
  const enrolled = likenessTo(photo, vector, thresholds).similarity;
  const { similarity } = face ? likenessTo({ ...photo, added: [face] }, vector, thresholds) : { similarity: enrolled };
  into.looks += 1;
  into.photo += Number(enrolled >= accept);
  into.update += Number(similarity >= accept);
  into.alone += Number(Math.max(enrolled, face ? cosine(face.vector, vector) : -1) >= accept);
  into.asked += Number(enrolled >= refuseBelow && enrolled < accept);
}

function measured(from: number) {
  const pairs = { of: 0, added: 0 };
  const [right, whereAdded, strangers, ofGroup] = [counts(), counts(), counts(), counts()];
  for (const all of several)
    for (const first of all)
      for (const second of all.filter((one) => one !== first)) {
        const photo = templateOf(thresholds.embedder, [first.vector]);
        const isAdded = cosine(first.vector, second.vector) >= from;
        const bytes = new Uint8Array(second.vector.buffer, second.vector.byteOffset, second.vector.byteLength);
        const face = isAdded ? { template: sha256(bytes), vector: second.vector } : undefined;
        pairs.of += 1;
        pairs.added += Number(isAdded);
        for (const later of all.filter((one) => one !== first && one !== second)) {
          count(right, photo, face, later);
          if (face) count(whereAdded, photo, face, later);
        }
        if (!face) continue;
        for (const stranger of photos.filter(({ person }) => person !== first.person)) {
          count(strangers, photo, face, stranger);
          if (isOfGroup(first) && isOfGroup(stranger)) count(ofGroup, photo, face, stranger);
        }
      }
  return { from, pairs, right, whereAdded, strangers, ofGroup };
}

const shareBelow = (share: number): number => curve.find((point) => point.genuineBelow >= share)?.at ?? Number.NaN;
const report = {
  ...{ photos: photos.length, people: several.length, accept, refuseBelow, sure: sureFrom(thresholds) },
  measured: [accept, shareBelow(0.25), shareBelow(0.5), shareBelow(0.75)].map(measured),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
