import type { FastifyInstance } from 'fastify';
import {
  type CandidateList,
  LeaveWish,
  type ListedCandidate,
  type Memberships,
  NumberCorrection,
  operatorPaths,
  PutCandidate,
  type PutCandidateReply,
} from '../../contract/people-center/operator-api.ts';
import { arrangementsOf } from '../../contract/words/arrangements.ts';
import type { CandidateId } from '../../contract/words/ids.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { LEAVINGS } from '../home/index.ts';
import { MEBIBYTE, readJson } from '../http/index.ts';
import { giveCourse, isCourse } from '../learning/index.ts';
import {
  type Candidate,
  correctNumber,
  leaveRoster,
  listCandidates,
  listMemberships,
  putCandidate,
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
      return { ok: true, id: await putOnRoster(actor, center, readJson(request, PutCandidate)) };
    },
  });
  app.get(operatorPaths.candidates, async (request): Promise<CandidateList> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'candidates');
    return { candidates: (await listCandidates(actor, center.db, actor.tenantId)).map(listed) };
  });
  app.post(operatorPaths.candidateNumber, { bodyLimit: PHOTOS_LIMIT }, async (request): Promise<PutCandidateReply> => {
    const actor = operatorOf(request);
    const id = await correctNumber(actor, center, actor.tenantId, readJson(request, NumberCorrection));
    return { ok: true, id };
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
async function putOnRoster(actor: Operator, { db, now }: Center, candidate: PutCandidate): Promise<CandidateId> {
  const { examId, number } = candidate;
  const id = await putCandidate(actor, db, actor.tenantId, candidate);
  if (await isCourse(actor, db, actor.tenantId, examId))
    await giveCourse(actor, db, actor.tenantId, { examId, whom: { by: 'numbers', numbers: [number] } }, now());
  return id;
}

function listed({ photos, extraMinutes, arrangements, ...candidate }: Candidate): ListedCandidate {
  const all = arrangementsOf({ extraMinutes, arrangements });
  return { ...candidate, photos: photos.length, ...(all ? { arrangements: all } : {}) };
}
