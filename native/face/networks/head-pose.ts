import { type Picture, resizeToBgr } from '../picture/pixels.ts';
import type { FaceBox } from './detector.ts';
import { type Network, planes, valuesOf } from './network.ts';

/** Degrees. Yaw is positive where the nose points to the right of the picture, pitch where the chin drops. */
export type HeadPose = { readonly yaw: number; readonly pitch: number; readonly roll: number };

const SIDE = 60;

/** head-pose-estimation-adas-0001 on the tight face. */
export async function headPose(network: Network, picture: Picture, face: FaceBox): Promise<HeadPose> {
  const outputs = await network(resizeToBgr(picture, face, SIDE, SIDE), planes(SIDE, SIDE));
  const degrees = (name: string): number => valuesOf(outputs, name)[0] as number;
  return { yaw: degrees('angle_y_fc'), pitch: degrees('angle_p_fc'), roll: degrees('angle_r_fc') };
}
