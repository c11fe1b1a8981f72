import { openEye } from '../native/face/engine/eye.ts';
import type { Networks } from '../native/face/engine/networks.ts';
import type { Picture } from '../native/face/index.ts';
import { liveScore } from '../native/face/networks/anti-spoof.ts';
import { detectFaces } from '../native/face/networks/detector.ts';
import { alignFace, cutFor, embed } from '../native/face/networks/embedder.ts';
import { eyesOpen } from '../native/face/networks/eyes.ts';
import { headPose } from '../native/face/networks/head-pose.ts';
import { fitMesh, readExpression } from '../native/face/networks/mesh.ts';
import { findThings } from '../native/face/networks/objects.ts';
import { light } from '../native/face/quality/light.ts';
import { noiseOf } from '../native/face/quality/noise.ts';
import { bareSkin } from '../native/face/quality/occlusion.ts';
import { skinLight } from '../native/face/quality/skin-light.ts';
import { MODELS } from '../tests/kit/face-models.ts';
import type { Work } from './measure.ts';

/** How the embedder wants a face cut out. */
export const CUT = cutFor(MODELS.profile.models.embedder.file);

/** Each stage of one frame, alone, and the two kinds of frame as a station asks for them. */
export async function stagesOf(nets: Networks, picture: Picture): Promise<Readonly<Record<string, Work>>> {
  const { near, far } = nets;
  const [face] = await detectFaces(near.detector, picture);
  if (!face) throw new Error('nobody in the frame');
  const mesh = await fitMesh(near.mesh, picture, face);
  const aligned = alignFace(picture, face, nets.cut);
  const eye = openEye(nets);
  return {
    detect: () => detectFaces(near.detector, picture),
    quality: async () => [noiseOf(picture), light(alignFace(picture, face, nets.cut)), bareSkin(picture, mesh)],
    'skin light': async () => skinLight(picture, mesh),
    mesh: () => fitMesh(near.mesh, picture, face, mesh),
    expression: () => readExpression(near.blendshapes, mesh),
    eyes: () => eyesOpen(near.eye, picture, mesh),
    pose: () => headPose(far.headPose, picture, face),
    liveness: () => liveScore(far, picture, face),
    embed: () => embed([far.embedder, near.embedder], aligned, nets.cut),
    things: () => findThings(near.objects, picture),
    'check-in frame': () => eye.observe(picture, { depth: 'identify' }),
    'monitoring frame': () => eye.observe(picture, { depth: 'watch' }),
  };
}
