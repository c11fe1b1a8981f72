import { type Picture, type Region, resizeToBgr } from '../picture/pixels.ts';
import type { FaceBox } from './detector.ts';
import { type Network, planes, valuesOf } from './network.ts';

const LIVE = 1;
/** What MiniFASNet V1SE looks at: the face and as much again around it. */
const AROUND = { scale: 4.0, width: 80, height: 80 } as const;
/** What Pv1 looks at: an upright part of the whole picture, three wide and four high. */
const UPRIGHT = { aspect: 3 / 4, width: 60, height: 80 } as const;
/** Surer than this no network is: one of them alone must not decide whatever the other says. */
const UNSURE = 1e-7;

/**
 * Passive anti-spoof: what MiniFASNet V1SE says of the face and Pv1 of the whole picture, put together as odds.
 * 0 is an attack, 1 a live face.
 */
export async function liveScore(
  nets: { readonly antiSpoofV1SE: Network; readonly antiSpoofPv1: Network },
  picture: Picture,
  face: FaceBox,
): Promise<number> {
  return fused(
    await Promise.all([
      scoreOne(nets.antiSpoofV1SE, picture, enlarged(face, AROUND.scale, picture), AROUND),
      scoreOne(nets.antiSpoofPv1, picture, uprightAround(face, picture), UPRIGHT),
    ]),
  );
}

/** The mean of the log-odds, as a probability again. What is no number stays none. */
export function fused(scores: readonly number[]): number {
  const odds = scores.map((score) => {
    const p = Math.min(Math.max(score, UNSURE), 1 - UNSURE);
    return Math.log(p / (1 - p));
  });
  return 1 / (1 + Math.exp(-odds.reduce((sum, value) => sum + value, 0) / odds.length));
}

async function scoreOne(
  network: Network,
  picture: Picture,
  region: Region,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<number> {
  const outputs = await network(resizeToBgr(picture, region, width, height), planes(height, width));
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
  return {
    x: within(face.x + face.width / 2 - width / 2, width, picture.width - 1),
    y: within(face.y + face.height / 2 - height / 2, height, picture.height - 1),
    width: width + 1,
    height: height + 1,
  };
}

/** As large an upright window as the picture holds, about the face, shifted inside. */
export function uprightAround(face: Region, picture: Pick<Picture, 'width' | 'height'>): Region {
  const width = Math.min(picture.height * UPRIGHT.aspect, picture.width);
  const height = width / UPRIGHT.aspect;
  return {
    x: within(face.x + face.width / 2 - width / 2, width, picture.width),
    y: within(face.y + face.height / 2 - height / 2, height, picture.height),
    width,
    height,
  };
}

const within = (start: number, length: number, limit: number): number => Math.min(Math.max(start, 0), limit - length);
