import type { FaceBox } from '../networks/detector.ts';
import { eyesOpen } from '../networks/eyes.ts';
import { headPose } from '../networks/head-pose.ts';
import { fitMesh, type Mesh, readExpression } from '../networks/mesh.ts';
import type { Picture } from '../picture/pixels.ts';
import { bareSkin } from '../quality/occlusion.ts';
import type { Values } from '../quality/report.ts';
import type { Networks } from './networks.ts';
import type { Signs } from './observation.ts';

/** Presence from which a mesh is believed. */
export const SURE = 0.5;

export type CloserLook = { readonly signs: Signs; readonly values: Values; readonly mesh: Mesh };

/**
 * Pose, eyes, mouth and what covers the face.
 * @param before the mesh of the same face shortly before
 */
export async function lookCloser(
  { near, far }: Networks,
  picture: Picture,
  face: FaceBox,
  before?: Mesh,
): Promise<CloserLook> {
  const [pose, tracked] = await Promise.all([
    headPose(far.headPose, picture, face),
    fitMesh(near.mesh, picture, face, before),
  ]);
  // A mesh that lost its face is fitted anew from where the face was found.
  const lost = before !== undefined && !(tracked.presence >= SURE);
  const mesh = lost ? await fitMesh(near.mesh, picture, face) : tracked;
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
