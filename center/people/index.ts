/** Who sits exams and who watches over them. */
export { arrangeCandidate } from './arrangements.ts';
export { authoriseProctor, type Said } from './authorise.ts';
export {
  type Candidate,
  candidatesByIds,
  idOfNumber,
  idOfNumberEver,
  listCandidates,
  oneself,
  putCandidate,
} from './candidates.ts';
export { correctNumber } from './correct-number.ts';
export { ERASED_SCHEMA } from './erased-schema.ts';
export {
  type CountedLeft,
  countLeft,
  countUnusedLinks,
  dropUnusedLinks,
  type Erasure,
  erasedAt,
  erasedSince,
  forgetPeople,
  type LeftUntil,
  type OfPerson,
  someLeft,
} from './erasing.ts';
export { findPeople } from './find-people.ts';
export { type ImportedRoster, importRoster } from './import-roster.ts';
export { inviteProctor } from './invitations.ts';
export { isOnRoster, type Leaving, leaveRoster } from './leave-roster.ts';
export { lookAtPhoto, mustBeUsable, type SeenPhoto, whatIsWrong } from './look-at-photos.ts';
export { type Joined, listMemberships } from './memberships.ts';
export { migrations } from './migrations.ts';
export { addNamedPhoto } from './named-photo.ts';
export { type NumberedPerson, numberKey, peopleOfMadeIds, peopleOfNumbers } from './of-numbers.ts';
export { rosterOfOneself } from './of-oneself.ts';
export { listOnRoster } from './on-roster.ts';
export {
  findPeopleWithin,
  membershipsOfPeople,
  type PersonAt,
  peopleWithin,
  personKey,
  samePerson,
} from './people-within.ts';
export { lockRoster } from './person.ts';
export { invitePhoto, readPhotoLink, sendPhoto } from './photo-links.ts';
export { erasePhotos, keptPhotos, photosNamed } from './photo-objects.ts';
export { type PhotoOwner, photoOwners, photosNotLookedAt, readPhoto } from './photos.ts';
export { type PinReset, pinResets } from './pin-changes.ts';
export { hashPin, makeDemoPin } from './pins.ts';
export { assignedProctors, listProctors, putProctor } from './proctors.ts';
export { drawSeats, listSeats } from './seats.ts';
export { setPin } from './set-pin.ts';
export { noteExam, type TermsEver, termsEver } from './terms-ever.ts';
export { foldToSit, readToSit, TO_SIT } from './to-sit.ts';
export { audiencesOf, candidatesMeant, type Whom } from './whom.ts';
export { type Among, countWorkers, listWorkers, readWorker } from './workers.ts';
