import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonsOf } from '../cli/face-eval/comparisons.ts';
import { type Pair, parsePairs } from '../cli/face-eval/pairs.ts';
import { personOf } from '../native/face/clips.fixture.ts';
import { subjectOf } from '../native/face/engine/eye.ts';
import { feedNames, picturesOf } from '../native/face/feeds.fixture.ts';
import { cosine, decodeStill, type Picture, readCalibration } from '../native/face/index.ts';
import { liveScore } from '../native/face/networks/anti-spoof.ts';
import { detectFaces, type FaceBox } from '../native/face/networks/detector.ts';
import { alignFace, cutFor, embed } from '../native/face/networks/embedder.ts';
import { type Network, planes } from '../native/face/networks/network.ts';
import { openNetwork } from '../native/face/networks/open-network.ts';
import { readModels } from '../native/face/weights/model-store.ts';
import { MODELS } from '../tests/kit/face-models.ts';
import { sharedData } from '../tests/kit/shared-data.ts';
import { isEastAsianName } from './east-asian-names.ts';
import { type Costs, costsOf, openEach } from './precision/costs.ts';
import { decided } from './precision/decision.ts';
import type { Input } from './precision/ranges.ts';
import { atEveryPrecision, VARIANTS, type Variant } from './precision/variants.ts';

/**
 * The networks that decide who it is, at lower precision against themselves as they ship: what a run of each costs, and of the
 * embedder what the decision would lose on the press photos. Steps of bytes are chosen on the clips, which are of other people.
 * `npm run -s measure:precision -- [ROUNDS]`: so many runs of each are timed.
 */
const ROUNDS = Number(process.argv[2] ?? 200);
/** Of the run of the network as it ships: what is dearer is not tried on photos. */
const WORTHWHILE = 0.85;
const PICTURES_OF_A_CLIP = 2;
const ROLES = ['embedder', 'antiSpoofV1SE', 'antiSpoofPv1'] as const;
type Role = (typeof ROLES)[number];

const cut = cutFor(MODELS.profile.models.embedder.file);
const weights = readModels(MODELS, ['detector', ...ROLES]);
const detector = await openNetwork(weights.detector, 1);

async function lookAt(bytes: Buffer): Promise<{ readonly picture: Picture; readonly face: FaceBox } | undefined> {
  const picture = await decodeStill(bytes);
  const face = subjectOf(await detectFaces(detector, picture), picture);
  return face && { picture, face };
}

/** What each network is given when it looks at some pictures of each clip. */
async function inputsOfClips(): Promise<Readonly<Record<Role, readonly Input[]>>> {
  const inputs: Record<Role, Input[]> = { embedder: [], antiSpoofV1SE: [], antiSpoofPv1: [] };
  const kept = (role: Role): Network => {
    return async (values, shape) => {
      inputs[role].push({ values, shape });
      return { output: new Float32Array(3) };
    };
  };
  const nets = { antiSpoofV1SE: kept('antiSpoofV1SE'), antiSpoofPv1: kept('antiSpoofPv1') };
  for (const name of feedNames.filter((one) => personOf(one) !== undefined)) {
    const pictures = picturesOf(name);
    for (let n = 0; n < PICTURES_OF_A_CLIP; n++) {
      const look = await lookAt(pictures[Math.floor((n * pictures.length) / PICTURES_OF_A_CLIP)] as Buffer);
      if (!look) continue;
      inputs.embedder.push({ values: alignFace(look.picture, look.face, cut), shape: planes(cut.size, cut.size) });
      await liveScore(nets, look.picture, look.face);
    }
  }
  return inputs;
}

const root = join(sharedData, 'faces/lfw');
const groupOf = (path: string): string =>
  isEastAsianName((path.split('/')[0] ?? '').split('_')) ? 'east-asian-names' : '';
const pairs: readonly Pair[] = parsePairs(readFileSync(join(root, 'pairs.csv'), 'utf8')).map((pair) => ({
  ...pair,
  groups: [groupOf(pair.a), groupOf(pair.b)],
}));

type Templates = ReadonlyMap<string, Float32Array>;

/** Each photo as every variant describes it; its face is looked for once. */
async function describePhotos(embedders: ReadonlyMap<Variant, Network>): Promise<ReadonlyMap<Variant, Templates>> {
  const described = new Map([...embedders.keys()].map((name) => [name, new Map<string, Float32Array>()]));
  for (const path of new Set(pairs.flatMap(({ a, b }) => [a, b]))) {
    const look = await lookAt(readFileSync(join(root, path)));
    const aligned = look && alignFace(look.picture, look.face, cut);
    if (!aligned) continue;
    for (const [name, embedder] of embedders)
      described.get(name)?.set(path, await embed([embedder, embedder], aligned, cut));
  }
  return described;
}

/** Everybody, and the groups: every two photos. */
function compared(templates: Templates) {
  const { all, groups } = comparisonsOf(pairs, { templates, undetected: [], unreadable: [], msPerImage: 0 }, true);
  return new Map([['everybody', all], ...groups]);
}

function likeness(shipped: Templates, lower: Templates) {
  const alike = [...shipped].map(([path, vector]) => cosine(vector, lower.get(path) as Float32Array));
  const sorted = alike.toSorted((p, q) => p - q);
  return { median: sorted[sorted.length >> 1], least: sorted[0] };
}

const say = (what: unknown): boolean => process.stdout.write(`${JSON.stringify(what, null, 2)}\n`);
const inputs = await inputsOfClips();
const graphs = {
  embedder: await atEveryPrecision(weights.embedder, inputs.embedder),
  antiSpoofV1SE: await atEveryPrecision(weights.antiSpoofV1SE, inputs.antiSpoofV1SE),
  antiSpoofPv1: await atEveryPrecision(weights.antiSpoofPv1, inputs.antiSpoofPv1),
};
const costs: Partial<Record<Role, Costs>> = {};
for (const role of ROLES) {
  costs[role] = await costsOf(graphs[role], inputs[role][0] as Input, ROUNDS);
  say({ role, file: weights[role].length, rounds: ROUNDS, costs: costs[role] });
}

const embedders = await openEach(graphs.embedder, 1);
const ofClips = new Map<Variant, Templates>();
for (const [name, embedder] of embedders) {
  const vectors = inputs.embedder.map(
    async ({ values }, n) => [`${n}`, await embed([embedder, embedder], values, cut)] as const,
  );
  ofClips.set(name, new Map(await Promise.all(vectors)));
}
for (const [name, templates] of ofClips)
  say({ name, clipPictures: likeness(ofClips.get('float32') as Templates, templates) });

// What costs as much as what ships has nothing to give for what it may lose.
const worthwhile = VARIANTS.filter(
  (name) => name === 'float32' || (costs.embedder?.[name].oneThread.ratio ?? 1) <= WORTHWHILE,
);
const described = await describePhotos(new Map([...embedders].filter(([name]) => worthwhile.includes(name))));
const shipped = described.get('float32') as Templates;
const before = compared(shipped);
for (const [name, templates] of described) {
  const people = [...(templates === shipped ? before : compared(templates))].map(([group, lower]) => {
    const same = before.get(group);
    return [group, same && decided(same, lower, readCalibration(MODELS))] as const;
  });
  say({ name, photos: likeness(shipped, templates), ...Object.fromEntries(people) });
}
process.exit(0);
