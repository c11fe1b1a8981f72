import type { FaceBox } from '../networks/detector.ts';
import { eyesOpen } from '../networks/eyes.ts';
import { headPose } from '../networks/head-pose.ts';
import { fitMesh, type Mesh, readExpression } from '../networks/mesh.ts';
import type { Picture } from '../picture/pixels.ts';
import { bareSkin } from '../quality/occlusion.ts';
import type { Values } from '../quality/report.ts';
import type { Networks } from './networks.ts';
import type { Signs } from './observation.ts';

export type CloserLook = { readonly signs: Signs; readonly values: Values; readonly mesh: Mesh };

/**
 * Pose, eyes, mouth and what covers the face.
 * @param before the mesh of the same face shortly before; without one the mesh is fitted twice, to be as good
 */
export async function lookCloser(
  { near, far }: Networks,
  picture: Picture,
  face: FaceBox,
  before?: Mesh,
): Promise<CloserLook> {
  const [pose, mesh] = await Promise.all([
    headPose(far.headPose, picture, face),
    fitMesh(near.mesh, picture, face, before),
  ]);
  const { blinkLeft, blinkRight, jawOpen } = await readExpression(near.blendshapes, mesh);
  // One network takes glasses for closed eyes, the other a glance at the desk: closed is what both call so.
  const open = Math.max(await eyesOpen(near.eye, picture, mesh), 1 - Math.min(blinkLeft, blinkRight));
  return {
    signs: { ...pose, eyesOpen: open, mouthOpen: jawOpen },
    values: {
      HeadPoseYaw: pose.yaw,
      HeadPosePitch: pose.pitch,
      FaceOcclusionPrevention: bareSkin(picture, mesh),
      EyesOpen: open,
      MouthClosed: 1 - jawOpen,
    },
    mesh,
  };
}
