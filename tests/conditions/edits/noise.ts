import { randomFrom } from '../../../native/presentation-attacks/index.ts';
import { type Edit, repainted } from '../edit.ts';

/** A sensor in poor light, another noise each time. @param deviation the standard deviation of each channel, in grey values */
export const noise =
  (deviation: number): Edit =>
  (picture, _, turn) => {
    const random = randomFrom(turn + 1);
    // The sum of two even ones is a triangle, which is near enough.
    const widest = deviation * Math.sqrt(6);
    return repainted(picture, (out, at) => {
      for (let c = 0; c < 3; c++) out[at + c] = (out[at + c] as number) + (random() + random() - 1) * widest;
    });
  };
