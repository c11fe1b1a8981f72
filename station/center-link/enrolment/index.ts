import type { Logger } from 'pino';
import type { CandidateId } from '../../../contract/words/ids.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { decodeStill, type FaceEngine, templateOf } from '../../../native/face/index.ts';
import { toJpeg } from '../../keep/evidence/index.ts';
import type { FirmRoster } from '../../keep/roster/index.ts';

export type Enrolling = { readonly roster: FirmRoster; readonly engine: FaceEngine; readonly log: Logger };
export type PhotoOf = (hash: string) => Promise<Uint8Array>;

/**
 * Makes templates of the photos on the roster that have none yet.
 * @param busy asked before each photo; whoever sits down meanwhile is not kept waiting by the others
 * @returns whether all were looked at
 * @throws Refusal `center-down` where no photo comes
 */
export async function enrolFromPhotos(
  enrolling: Enrolling,
  photoOf: PhotoOf,
  busy: () => boolean = () => false,
): Promise<boolean> {
  const { roster, engine } = enrolling;
  for (const { id, photo } of roster.withoutTemplate(engine.embedder)) {
    if (busy()) return false;
    await enrolFromPhoto(enrolling, photoOf, id, photo);
  }
  for (const { id, photo } of roster.withoutPicture(engine.embedder).slice(0, MOST_AT_ONCE)) {
    if (busy()) return false;
    await keepPicture(enrolling, photoOf, id, photo);
  }
  return true;
}

/**
 * Makes the templates anew that another network made, of the small pictures that are kept here: a station that was given a
 * new network goes on without its center.
 */
export async function renewTemplates(enrolling: Enrolling, busy: () => boolean): Promise<void> {
  const { roster, engine } = enrolling;
  for (const { id, photo } of roster.withoutTemplate(engine.embedder)) {
    if (busy()) return;
    await renewed(enrolling, id, photo);
  }
}

/** Whether there was a picture, and it gives a template. */
async function renewed({ roster, engine, log }: Enrolling, id: Wanted['id'], photo: Wanted['photo']): Promise<boolean> {
  const kept = roster.isOutdated(id, photo, engine.embedder) ? roster.keptPhoto(id, photo) : undefined;
  if (!kept) return false;
  const enrolled = await engine.enrol(await decodeStill(kept));
  if (!enrolled.ok) return false;
  roster.saveTemplate(id, photo, templateOf(engine.embedder, [enrolled.embedding]));
  log.info({ candidate: id }, 'a template of another network was made anew');
  return true;
}

/** The same for one person, who waits for it. @throws Refusal `center-down` where no photo comes */
export async function enrolFromPhotosOf(enrolling: Enrolling, of: CandidateId, photoOf: PhotoOf): Promise<void> {
  const { roster, engine } = enrolling;
  for (const { id, photo } of roster.withoutTemplateOf(of, engine.embedder))
    await enrolFromPhoto(enrolling, photoOf, id, photo);
}

/** Where thousands are to be fetched again, results do not wait for them. */
const MOST_AT_ONCE = 50;

/** For a proctor's eyes: nobody is kept from anything where it does not come. */
async function keepPicture(
  { roster, log }: Enrolling,
  photoOf: PhotoOf,
  id: Wanted['id'],
  photo: Wanted['photo'],
): Promise<void> {
  try {
    roster.savePhoto(id, photo, await toJpeg(await decodeStill(await photoOf(photo))));
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason === 'center-down') throw error;
    log.warn({ candidate: id, reason: error.reason }, 'the roster photo is not kept');
  }
}

type Wanted = ReturnType<FirmRoster['withoutTemplate']>[number];

/** A photo that gives no template keeps nobody from anything: the candidate gets a proctor's manual check. */
async function enrolFromPhoto(
  { roster, engine, log }: Enrolling,
  photoOf: PhotoOf,
  id: Wanted['id'],
  photo: Wanted['photo'],
): Promise<void> {
  try {
    if (await renewed({ roster, engine, log }, id, photo)) return;
    const picture = await decodeStill(await photoOf(photo));
    // First, as the engine takes the memory of what it looks at.
    roster.savePhoto(id, photo, await toJpeg(picture));
    const enrolled = await engine.enrol(picture);
    if (enrolled.ok) return roster.saveTemplate(id, photo, templateOf(engine.embedder, [enrolled.embedding]));
    log.warn({ candidate: id, reasons: enrolled.reasons }, 'the roster photo gives no template');
    roster.refusePhoto(id, photo, enrolled.reasons);
  } catch (error) {
    // One photo that is missing, altered or unreadable must not keep the others waiting.
    if (!(error instanceof Refusal) || error.reason === 'center-down') throw error;
    log.warn({ candidate: id, reason: error.reason }, 'the roster photo gives no template');
    // What is wrong with the picture stays wrong; what is wrong with the way here may pass.
    const gone = error.reason === 'photo-missing' && roster.isOutdated(id, photo, engine.embedder);
    if (gone) roster.refusePhoto(id, photo, ['enrolment-outdated']);
    if (error.reason === 'photo-unreadable') roster.refusePhoto(id, photo, [error.reason]);
  }
}
