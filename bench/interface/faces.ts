import { tellStory } from '../../cli/demo/clips.ts';
import { noFaces, readCast } from '../../tests/stage.ts';
import type { Skipped } from '../peers/peer.ts';

/** A candidate's photo, and what the camera sees of them as long as they sit there. */
export type Faces = { readonly photo: Uint8Array; readonly story: Uint8Array };

/** Of the feeds that lie beside the repository, or why there are none. */
export async function readFaces(): Promise<Faces | Skipped> {
  const why = noFaces();
  if (why) return { skipped: why };
  const { enrolment, candidate } = await readCast();
  if (!enrolment.best) return { skipped: `skipped: nobody looks into the camera in ${enrolment.name}` };
  return { photo: enrolment.best, story: tellStory([{ clip: candidate, seconds: candidate.jpegs.length / 15 }]) };
}
