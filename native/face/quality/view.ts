import { type Picture, resizeToBgr } from '../picture/pixels.ts';
import { light } from './light.ts';
import { VIEW_LIMITS } from './limits.ts';
import { judgeQuality, type QualityReport } from './report.ts';

/** The side of what is measured is a multiple of this: {@link light} leaves out three sixteenths at each edge. */
const STEP = 16;

/** Light and sharpness of the middle of a whole picture, pixel by pixel, whether or not anybody is in it. */
export function judgeView(picture: Picture): QualityReport {
  const side = Math.floor(Math.min(picture.width, picture.height) / STEP) * STEP;
  const middle = { x: (picture.width - side) >> 1, y: (picture.height - side) >> 1, width: side, height: side };
  const { LuminanceMean = 0, Sharpness = 0 } = light(resizeToBgr(picture, middle, side, side));
  return judgeQuality({ LuminanceMean, Sharpness }, VIEW_LIMITS);
}
