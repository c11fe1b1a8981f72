import { belowFrom, randomFrom } from './chance.fixture.ts';
import { openLane } from './engine/networks.ts';
import { framesOf } from './feeds.fixture.ts';
import type { FaceModels, Picture } from './index.ts';
import { judgeLight, type LightSample, type LightVerdict } from './judge/light.ts';
import { drawLight, LIGHT_MS } from './judge/light-steps.ts';
import { detectFaces } from './networks/detector.ts';
import { fitMesh, type Mesh } from './networks/mesh.ts';
import { type Relighting, ROOM, relighting, shoneAt, type Zones, zonesOf } from './performer/relighting.ts';
import { skinLight, spotsOf } from './quality/skin-light.ts';
import { MODEL_ROLES } from './weights/manifest.ts';

/** A picture of a recording with the face that was found in it, before any light was added. */
type Looked = {
  readonly picture: Picture;
  readonly mesh: Mesh;
  readonly zones: Zones;
  readonly only: readonly number[];
};
export type LookedFeed = readonly Looked[];

/** So many pixels apart the camera of the simulation measures its light. */
const METERED = 101;
/** As the networks of the engine have it. */
const SURE = 0.5;

/** Finds the face in each picture once: what is added afterwards moves nothing. */
export async function openLookedFeeds(models: FaceModels): Promise<(name: string) => Promise<LookedFeed>> {
  const nets = await openLane(models, MODEL_ROLES, 1);
  return async (name) => {
    const looked: Looked[] = [];
    let before: Mesh | undefined;
    for (const picture of await framesOf(name)) {
      const [face] = await detectFaces(nets.detector, picture);
      const mesh = face && (await fitMesh(nets.mesh, picture, face, before));
      before = mesh && mesh.presence >= SURE ? mesh : undefined;
      if (face && before) looked.push(lookedAt(picture, before, zonesOf(picture, face)));
    }
    return looked;
  };
}

function lookedAt(picture: Picture, mesh: Mesh, zones: Zones): Looked {
  const { skin, around } = spotsOf(picture, mesh);
  const metered = Array.from({ length: Math.floor(zones.length / METERED) }, (_, n) => n * METERED);
  return { picture, mesh, zones, only: [...skin, ...around, ...metered] };
}

/** What stands before the camera: somebody here, a recording of before, a recording of another time's light. */
export type Subject = Partial<Relighting> & { readonly lit?: 'now' | 'never' | 'another-time' };

const CLIP_RATE = 15;

/** There and back again, so that a short recording has no leaps in it. */
const turnOf = (n: number, length: number): number => {
  const at = n % Math.max(2 * length - 2, 1);
  return at < length ? at : 2 * length - 2 - at;
};

/** One challenge. */
export function challengeByLight(feed: LookedFeed, { lit = 'now', ...how }: Subject, seed: number): LightVerdict {
  const below = belowFrom(seed);
  const [drawn, other, start] = [drawLight(below), drawLight(below), below(feed.length)];
  const screen = lit === 'never' ? { screen: 0 } : {};
  const room = { ...ROOM, ...how, ...screen };
  const [see, shown] = [relighting(room, randomFrom(seed)), lit === 'another-time' ? other : drawn];
  const samples: LightSample[] = [];
  for (let at = 0; at < LIGHT_MS; at += 1_000 / CLIP_RATE) {
    const looked = feed[turnOf(start + Math.round((at * CLIP_RATE) / 1_000), feed.length)];
    const shone = shoneAt(shown, at - room.lagMs);
    const light = looked && skinLight(see(looked.picture, looked.zones, shone, looked.only), looked.mesh);
    if (light) samples.push({ ...light, at });
  }
  return judgeLight(drawn, samples, below);
}
