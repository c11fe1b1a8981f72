import { fitSimilarity, type Picture, throughSimilarity } from '../../face/index.ts';
import { pictureOf, type Sheet, wordsOf } from '../picture.ts';
import { type Head, openingsOf } from './cut.ts';

/** A sheet before the face of whoever wears it: laid over their picture so that eyes, nose and mouth are where theirs are. */
export function worn(mask: Sheet, of: Head, picture: Picture, wearer: Head): Picture {
  const fit = fitSimilarity(of.landmarks, wearer.landmarks);
  const [words, from] = [wordsOf(picture), new Uint32Array(mask.pixels.slice().buffer)];
  for (let v = 0, at = 0; v < picture.height; v++)
    for (let u = 0; u < picture.width; u++, at++) {
      const { x, y } = throughSimilarity(fit, { x: u, y: v });
      const [column, row] = [Math.round(x), Math.round(y)];
      if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) continue;
      const word = from[row * mask.width + column] as number;
      if (word >>> 24 > 0) words[at] = word;
    }
  return pictureOf(picture, words);
}

/** Whoever wears it shuts their eyes: lids, of the skin beside the nose, are where eyes were. */
export function withEyesShut(picture: Picture, head: Head): Picture {
  const words = wordsOf(picture);
  const [left, right, nose] = head.landmarks;
  if (!left || !right || !nose) return picture;
  const skin = words[Math.round((nose.y + left.y) / 2) * picture.width + Math.round((left.x + nose.x) / 2)] as number;
  for (const { x, y, width, height } of openingsOf(head))
    for (let v = Math.floor(y - height * 1.6); v <= y + height * 1.6; v++)
      for (let u = Math.floor(x - width * 1.6); u <= x + width * 1.6; u++)
        if (((u - x) / width) ** 2 + ((v - y) / height) ** 2 < 2.4) words[v * picture.width + u] = skin;
  return pictureOf(picture, words);
}
