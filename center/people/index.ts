/** Who sits exams and who watches over them. */
export { arrangeCandidate } from './arrangements.ts';
export {
  type Candidate,
  candidatesByIds,
  idOfNumber,
  listCandidates,
  oneself,
  putCandidate,
} from './candidates.ts';
export { migrations } from './migrations.ts';
export { type PhotoOwner, photoOwners, readPhoto } from './photos.ts';
export { hashPin } from './pins.ts';
export { listProctors, proctorOfPin, putProctor } from './proctors.ts';
export { drawSeats } from './seats.ts';
export { type TermsEver, termsEver } from './terms-ever.ts';
export { candidatesMeant } from './whom.ts';
