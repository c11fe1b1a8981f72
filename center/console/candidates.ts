import type { FastifyInstance } from 'fastify';
import {
  type CandidateList,
  LeaveWish,
  type ListedCandidate,
  type Memberships,
  NamedPhoto,
  type NamedPhotoReply,
  NumberCorrection,
  PutCandidate,
  type PutCandidateReply,
} from '../../contract/people-center/candidates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { arrangementsOf } from '../../contract/words/arrangements.ts';
import type { CandidateId } from '../../contract/words/ids.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { LEAVINGS } from '../home/index.ts';
import { MEBIBYTE, readJson } from '../http/index.ts';
import { giveCoursesSat } from '../learning/index.ts';
import {
  addNamedPhoto,
  type Candidate,
  correctNumber,
  leaveRoster,
  listCandidates,
  listMemberships,
  mustBeUsable,
  photosNotLookedAt,
  putCandidate,
  type SeenPhoto,
} from '../people/index.ts';
import type { Operator } from '../tenants/index.ts';
import { operatorOf } from './authenticate.ts';

const PUT: ('PUT' | 'POST')[] = ['PUT', 'POST'];
/** Five photos, and what is around them. */
const PHOTOS_LIMIT = 44 * MEBIBYTE;

/** The roster: who is put on it, and under which number. */
export function candidateRoutes(app: FastifyInstance, center: Center): void {
  app.route({
    method: PUT,
    url: operatorPaths.candidates,
    bodyLimit: PHOTOS_LIMIT,
    handler: async (request): Promise<PutCandidateReply> => {
      const actor = operatorOf(request);
      return putOnRoster(actor, center, readJson(request, PutCandidate));
    },
  });
  app.get(operatorPaths.candidates, async (request): Promise<CandidateList> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'candidates');
    const unseen = await photosNotLookedAt(actor, center.db, actor.tenantId);
    const candidates = await listCandidates(actor, center.db, actor.tenantId);
    return { candidates: candidates.map((candidate) => listed(candidate, unseen.get(candidate.id))) };
  });
  app.post(operatorPaths.candidateNumber, { bodyLimit: PHOTOS_LIMIT }, async (request): Promise<PutCandidateReply> => {
    const actor = operatorOf(request);
    const { photos, ...wish } = readJson(request, NumberCorrection);
    const seen = photos === 'same' ? photos : await mustBeUsable(actor, center, actor.tenantId, photos);
    const id = await correctNumber(actor, center, actor.tenantId, { ...wish, photos: seen });
    return replyFor(id, seen === 'same' ? [] : seen);
  });
  app.post(operatorPaths.rosterPhotos, { bodyLimit: 12 * MEBIBYTE }, async (request): Promise<NamedPhotoReply> => {
    const actor = operatorOf(request);
    return addNamedPhoto(actor, center, actor.tenantId, readJson(request, NamedPhoto));
  });
  app.post(operatorPaths.leavings, async (request): Promise<PutCandidateReply> => {
    const actor = operatorOf(request);
    const wish = readJson(request, LeaveWish);
    return { ok: true, id: await leaveRoster(actor, center, actor.tenantId, wish, LEAVINGS) };
  });
  app.get(operatorPaths.memberships, async (request): Promise<Memberships> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'memberships');
    return { memberships: await listMemberships(actor, center.db, actor.tenantId) };
  });
}

/** Whose exam is a course studies it, and counts among those who do. */
async function putOnRoster(
  actor: Operator,
  center: Center,
  { photos, ...candidate }: PutCandidate,
): Promise<PutCandidateReply> {
  const { examId, number } = candidate;
  const seen = photos && (await mustBeUsable(actor, center, actor.tenantId, photos));
  const id = await putCandidate(actor, center.db, actor.tenantId, { ...candidate, photos: seen });
  await giveCoursesSat(actor, center, actor.tenantId, [{ examId, number }]);
  return replyFor(id, seen);
}

function replyFor(id: CandidateId, seen: readonly SeenPhoto[] = []): PutCandidateReply {
  const notLookedAt = seen.filter(({ looked }) => !looked).length;
  return { ok: true, id, ...(notLookedAt > 0 ? { notLookedAt } : {}) };
}

function listed(
  { photos, extraMinutes, arrangements, ...candidate }: Candidate,
  notLookedAt?: number,
): ListedCandidate {
  const all = arrangementsOf({ extraMinutes, arrangements });
  const unseen = notLookedAt ? { notLookedAt } : {};
  return { ...candidate, photos: photos.length, ...unseen, ...(all ? { arrangements: all } : {}) };
}
