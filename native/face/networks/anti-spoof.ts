import { type Picture, type Region, resizeToBgr } from '../picture/pixels.ts';
import type { FaceBox } from './detector.ts';
import { type Network, planes, valuesOf } from './network.ts';

const SIZE = 80;
const LIVE = 1;

/** Passive anti-spoof: the mean of MiniFASNet V2 (tight crop) and V1SE (wide crop). 0 is an attack, 1 a live face. */
export async function liveScore(
  nets: { readonly antiSpoofV2: Network; readonly antiSpoofV1SE: Network },
  picture: Picture,
  face: FaceBox,
): Promise<number> {
  const [tight, wide] = await Promise.all([
    scoreOne(nets.antiSpoofV2, picture, enlarged(face, 2.7, picture)),
    scoreOne(nets.antiSpoofV1SE, picture, enlarged(face, 4.0, picture)),
  ]);
  return (tight + wide) / 2;
}

async function scoreOne(network: Network, picture: Picture, region: Region): Promise<number> {
  const outputs = await network(resizeToBgr(picture, region, SIZE, SIZE), planes(SIZE, SIZE));
  const logits = [...valuesOf(outputs, 'output')];
  const top = Math.max(...logits);
  const exps = logits.map((logit) => Math.exp(logit - top));
  return (exps[LIVE] as number) / exps.reduce((sum, value) => sum + value, 0);
}

/** The face box enlarged about its centre, the scale limited to the picture, then shifted inside it. */
function enlarged(face: FaceBox, factor: number, picture: Picture): Region {
  const scale = Math.min(factor, (picture.width - 1) / face.width, (picture.height - 1) / face.height);
  const width = face.width * scale;
  const height = face.height * scale;
  const within = (start: number, length: number, limit: number) => Math.min(Math.max(start, 0), limit - 1 - length);
  return {
    x: within(face.x + face.width / 2 - width / 2, width, picture.width),
    y: within(face.y + face.height / 2 - height / 2, height, picture.height),
    width: width + 1,
    height: height + 1,
  };
}
