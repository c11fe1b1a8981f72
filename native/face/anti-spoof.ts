import type * as ort from 'onnxruntime-node';
import type { FaceBox } from './detector.ts';
import { type Picture, type Region, resizeToBgr } from './pixels.ts';
import { floatsOf, pictureTensor } from './tensors.ts';

const SIZE = 80;
const LIVE = 1;

/** Passive anti-spoof: the mean of MiniFASNet V2 (tight crop) and V1SE (wide crop). 0 is an attack, 1 a live face. */
export async function liveScore(
  nets: { readonly v2: ort.InferenceSession; readonly v1se: ort.InferenceSession },
  picture: Picture,
  face: FaceBox,
): Promise<number> {
  const tight = await scoreOne(nets.v2, picture, enlarged(face, 2.7, picture));
  const wide = await scoreOne(nets.v1se, picture, enlarged(face, 4.0, picture));
  return (tight + wide) / 2;
}

async function scoreOne(session: ort.InferenceSession, picture: Picture, region: Region): Promise<number> {
  const input = pictureTensor(resizeToBgr(picture, region, SIZE, SIZE), SIZE, SIZE);
  const result = await session.run({ input });
  const logits = [...floatsOf(result, 'output')];
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
