import { openLane } from '../engine/networks.ts';
import { detectFaces, type FaceBox } from '../networks/detector.ts';
import { fitMesh, type Mesh } from '../networks/mesh.ts';
import type { Picture } from '../picture/pixels.ts';
import type { FaceModels } from '../weights/face-models.ts';
import { type Expression, expressed } from './expression.ts';
import { type Head, headOf, moved, type Place } from './head.ts';
import { type Held, sheetOf } from './sheet.ts';

/** What a face does in a picture that is made of another one. */
export type Pose = Place & Expression;
export const AT_REST: Pose = { yaw: 0, nearer: 1, closed: 0, open: 0 };

/**
 * Somebody of whom there are a few pictures, and who makes any gesture: the picture is bent over the network's own idea of how
 * deep the face is, and drawn as it would be seen turned, nearer, with its lids closed or its mouth open. It is a simulation:
 * what people do who are asked for gestures only people show.
 */
export type Performer = {
  /** So many pictures had a face to work with. */
  readonly pictures: number;
  /** @param n which of the pictures the pose is made of */
  shows(n: number, pose: Pose): Picture;
  /** Where the face of that picture is, at rest. */
  faceIn(n: number): FaceBox;
  /** The same picture printed, cut out, bent, and held before `ground`. */
  printed(n: number, held: Held, ground: Picture): Picture;
};

type Sitter = { readonly picture: Picture; readonly face: FaceBox; readonly mesh: Mesh };

/** @throws Refusal `models-missing`, `models-altered` */
export async function readPerformer(models: FaceModels, pictures: readonly Picture[]): Promise<Performer> {
  const { detector, mesh } = await openLane(models, ['detector', 'mesh'], 1);
  const sitters: Sitter[] = [];
  for (const picture of pictures) {
    const [face] = await detectFaces(detector, picture);
    if (!face) continue;
    const first = await fitMesh(mesh, picture, face);
    sitters.push({ picture, face, mesh: await fitMesh(mesh, picture, face, first) });
  }
  const sitter = (n: number): Sitter => sitters[n % sitters.length] as Sitter;
  const heads = new Map<Sitter, Head>();
  const head = (of: Sitter): Head => {
    const known = heads.get(of) ?? headOf(of.picture, of.mesh);
    heads.set(of, known);
    return known;
  };
  return {
    pictures: sitters.length,
    shows(n, { closed, open, ...place }) {
      const of = sitter(n);
      const picture = expressed(of.picture, of.mesh, { closed, open });
      if (place.yaw === 0 && place.nearer === 1) return picture;
      return moved({ ...head(of), picture }, place);
    },
    faceIn: (n) => sitter(n).face,
    printed(n, held, ground) {
      const { picture, face } = sitter(n);
      return sheetOf(picture, face, ground, held);
    },
  };
}
