import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { decodeStill, type FaceEngine, type Observation } from '../../native/face/index.ts';

/**
 * Camera feeds as files: motion JPEG, which is JPEG pictures one after the other. Feeds of one person share what stands
 * before the first underscore (`A_yes`, `A_no`); whether anybody is to be seen at all, the face engine says.
 */
export type Clip = {
  readonly name: string;
  readonly person: string | undefined;
  readonly jpegs: readonly Uint8Array[];
  /** Part of the looked-at pictures with one usable face, with nobody, with several people. */
  readonly usable: number;
  readonly empty: number;
  readonly several: number;
  /** The picture with the straightest, sharpest face: what an enrolment desk would have taken. */
  readonly best: Uint8Array | undefined;
};

export type Cast = {
  readonly enrolment: Clip;
  readonly candidate: Clip;
  readonly stranger: Clip;
  readonly empty: Clip;
  readonly twoPeople: Clip;
};

const LOOKS = 4;
/** Part of the looks that must show one usable face. */
const CLEAR = 0.75;

export async function readClips(folder: string, engine: FaceEngine): Promise<readonly Clip[]> {
  const names = readdirSync(folder)
    .filter((name) => /\.m?jpe?g$/i.test(name))
    .sort();
  const clips: Clip[] = [];
  for (const name of names) clips.push(await readClip(join(folder, name), engine));
  return clips;
}

async function readClip(path: string, engine: FaceEngine): Promise<Clip> {
  const jpegs = splitJpegs(readFileSync(path));
  const step = Math.max(1, Math.floor(jpegs.length / LOOKS));
  const looks: { jpeg: Uint8Array; seen: Observation }[] = [];
  for (let at = 0; at < jpegs.length; at += step) {
    const jpeg = jpegs[at] as Uint8Array;
    looks.push({ jpeg, seen: await engine.observe(await decodeStill(jpeg)) });
  }
  const part = (is: (seen: Observation) => boolean) =>
    looks.filter(({ seen }) => is(seen)).length / Math.max(looks.length, 1);
  const byLooks = looks.filter(({ seen }) => seen.person).sort((p, q) => portrait(q.seen) - portrait(p.seen));
  const name = basename(path);
  return {
    name,
    person: /^([^_]+)_/.exec(name)?.[1],
    jpegs,
    usable: part((seen) => seen.person !== undefined),
    empty: part((seen) => seen.faces.length === 0),
    several: part((seen) => seen.reason === 'several-faces'),
    best: byLooks[0]?.jpeg,
  };
}

/** How good an enrolment photo a frame would make: warnings cost, liveness counts. */
const portrait = ({ person, quality }: Observation): number =>
  person ? person.live - quality.filter(({ verdict }) => verdict !== 'pass').length : 0;

/**
 * Gives the parts: a person with two good feeds, another person, nobody, several people.
 * @throws Refusal `no-items` naming the part that no feed can play
 */
export function castParts(clips: readonly Clip[]): Cast {
  const good = clips.filter(({ person, usable }) => person && usable >= CLEAR).sort((p, q) => q.usable - p.usable);
  const pairs = [...Map.groupBy(good, ({ person }) => person).values()].filter((feeds) => feeds.length >= 2);
  // The person whose second-best feed is the clearest.
  const [enrolment, candidate] = pairs.sort((p, q) => (q[1]?.usable ?? 0) - (p[1]?.usable ?? 0))[0] ?? [];
  const stranger = good.find(({ person }) => person !== enrolment?.person);
  const empty = clips.find((clip) => clip.empty === 1);
  const twoPeople = clips.find((clip) => clip.several === 1);
  if (!enrolment || !candidate)
    throw new Refusal('no-items', 'no person (NAME_….mjpeg) has two feeds with a clear face');
  if (!stranger) throw new Refusal('no-items', 'no feed of a second person');
  if (!empty) throw new Refusal('no-items', 'no feed without a face');
  if (!twoPeople) throw new Refusal('no-items', 'no feed with several people');
  return { enrolment, candidate, stranger, empty, twoPeople };
}

/** Chromium plays motion JPEG at 30 pictures a second; the feeds were taken at 15. */
const PLAYED_FPS = 30;
const TAKEN_FPS = 15;

/** A story for the camera: each part plays, again and again, for its seconds. The file as a whole is looped by Chromium. */
export function tellStory(parts: readonly { readonly clip: Clip; readonly seconds: number }[]): Uint8Array {
  return Buffer.concat(
    parts.flatMap(({ clip, seconds }) =>
      Array.from({ length: Math.round(seconds * PLAYED_FPS) }, (_, i) => {
        const at = Math.floor((i * TAKEN_FPS) / PLAYED_FPS) % clip.jpegs.length;
        return clip.jpegs[at] as Uint8Array;
      }),
    ),
  );
}

/** Cuts at the start-of-image markers; JPEG data escapes every other 0xFF, so they occur nowhere else at top level. */
function splitJpegs(bytes: Buffer): Uint8Array[] {
  const start = Buffer.from([0xff, 0xd8, 0xff]);
  const end = Buffer.from([0xff, 0xd9]);
  const jpegs: Uint8Array[] = [];
  for (let at = bytes.indexOf(start); at >= 0; ) {
    const next = bytes.indexOf(start, at + 3);
    const stop = bytes.lastIndexOf(end, next < 0 ? undefined : next);
    if (stop > at) jpegs.push(bytes.subarray(at, stop + 2));
    at = next;
  }
  return jpegs;
}
