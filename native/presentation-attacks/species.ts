import { eyesCut, faceCutOut, headCutOut, pieceAround } from './effects/cut.ts';
import { inBezel, onPaper } from './effects/edges.ts';
import { EDITS } from './effects/edits.ts';
import { halftoned } from './effects/halftone.ts';
import { moired } from './effects/moire.ts';
import { withEyesShut, worn } from './effects/worn.ts';
import { type Film, onAndOn, type Scene, toAndFro, turnOf } from './film.ts';
import { type Grip, inHands } from './in-hands.ts';

const FLAT: Grip['bend'] = [0, 0];
/** As wide as a page: its edges are in the picture or just beyond them. */
const PAGE = { scale: [0.78, 1.12], gloss: [0, 30] } as const;
const [MARGIN, BEZEL] = [26, 34];
/** What shines itself gives back little of other light. */
const GLASS = 0.04;
/** Somebody shuts their eyes for so long once a blink is asked for. */
const [BLINK_FROM_MS, BLINK_TO_MS] = [500, 900];

/** A head is round, stays where its body is, and turns until the screen is content. */
const ON_A_HEAD = { scale: [0.98, 1.04], gloss: [0, 10], bend: [1.3, 1.9], apart: 0, turn: 0.95 } as const;

/** How far behind a face a head turns, in widths of it. */
const NECK = 0.6;

/** A picture of the face on paper, flat or bent like a face, in somebody's hands. */
function print({ victim, seed }: Scene, bend: Grip['bend']): Film {
  const sheet = onPaper(halftoned(victim.photo, seed), MARGIN);
  const show = inHands(seed, { ...PAGE, bend, height: victim.photo.height });
  return (moment) => show(sheet, moment);
}

/** A film of the face on a screen, in somebody's hands: forwards and backwards, as clips are short. */
function screen({ victim, seed }: Scene): Film {
  const grip: Grip = { scale: [0.7, 1], gloss: [20, 110], bend: FLAT, height: victim.photo.height, answers: GLASS };
  const show = inHands(seed, grip);
  // Whoever turns a screen shows it from the side: it is held still.
  return async (moment) => {
    const picture = moired(await toAndFro(victim.clip, moment), seed, moment.at);
    return show(inBezel(picture, BEZEL), { at: moment.at, askedFor: moment.askedFor, shone: moment.shone });
  };
}

/** The head cut out of a print, with nothing around it. */
function cutOut({ victim, seed }: Scene): Film {
  const { sheet, ...place } = pieceAround(headCutOut(halftoned(victim.photo, seed), victim.head), victim.head);
  const show = inHands(seed, { scale: [0.9, 1.2], gloss: [0, 15], bend: [0, 0.6], place, height: victim.photo.height });
  return (moment) => show(sheet, moment);
}

/** The face cut out of a print with openings for the eyes, before the face of somebody else, who turns and blinks as asked. */
function mask({ victim, wearer, seed }: Scene): Film {
  const sheet = eyesCut(faceCutOut(halftoned(victim.photo, seed), victim.head), victim.head);
  const [open, shut] = [wearer.photo, withEyesShut(wearer.photo, wearer.head)].map((face) =>
    pieceAround(headCutOut(worn(sheet, victim.head, face, wearer.head), wearer.head), wearer.head),
  );
  const { height } = wearer.photo;
  const pivot = wearer.head.width * NECK;
  const show = inHands(seed, { ...ON_A_HEAD, height, pivot, behind: wearer.photo, ...(open ? { place: open } : {}) });
  return (moment) => {
    const blinks = moment.asked === 'blink' && moment.askedFor > BLINK_FROM_MS && moment.askedFor < BLINK_TO_MS;
    const face = blinks ? shut : open;
    return face && show(face.sheet, moment);
  };
}

/** What somebody shows a camera in the place of their own face (ISO/IEC 30107-3: the species of an instrument). Simulated. */
export const SPECIES = {
  print: (scene) => print(scene, FLAT),
  'bent-print': (scene) => print(scene, [0.5, 1.3]),
  screen,
  'cut-out': cutOut,
  mask,
  /** Files in the place of a camera: everything that there is of somebody, one clip of them, the same edited, one picture. */
  injected:
    ({ recordings }) =>
    (moment) =>
      onAndOn(recordings, moment),
  looped:
    ({ victim }) =>
    (moment) =>
      onAndOn(victim.clip, moment),
  edited:
    ({ victim }) =>
    async (moment) =>
      EDITS['all of these'](await onAndOn(victim.clip, moment), turnOf(moment)),
  still:
    ({ victim }) =>
    () =>
      victim.photo,
} as const satisfies Readonly<Record<string, (scene: Scene) => Film>>;
export type Species = keyof typeof SPECIES;
