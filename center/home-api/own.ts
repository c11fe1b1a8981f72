import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Done } from '../../contract/home/home-api.ts';
import { AbsenceWish, OwnAppealWish, type OwnFile, type OwnSlip, ownPaths } from '../../contract/home/own-file.ts';
import { type CertificateNumber, readCertificateNumber } from '../../contract/words/certificate-number.ts';
import { SittingId, TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { groundIn } from '../../messages/worker/index.ts';
import { appealOneself } from '../appeals/index.ts';
import type { Center } from '../base/index.ts';
import { certificateFileOfOneself, certificatePaperOfOneself } from '../certificates/index.ts';
import { readJson, readParam } from '../http/index.ts';
import { fileOfOneself } from '../person-files/index.ts';
import { sayAbsent, slipOfOneself, turnsOfOneself } from '../planning/index.ts';
import { learnerOf } from './authenticate.ts';

/** What there is of whoever asks, and what they may say to it. @param zone of the days on a certificate */
export function ownRoutes(app: FastifyInstance, center: Center, zone: string): void {
  app.get(ownPaths.file, async (request): Promise<OwnFile> => {
    const actor = learnerOf(request);
    const turns = await turnsOfOneself(actor, center, actor.tenantId);
    return { ...(await fileOfOneself(actor, center, actor.tenantId)), turns };
  });
  app.post(ownPaths.appeals, { bodyLimit: 16 * 1024 }, async (request): Promise<z.infer<typeof Done>> => {
    const actor = learnerOf(request);
    const sittingId = readParam(request, 'sittingId', SittingId, new Refusal('result-unknown'));
    const { words, locale } = readJson(request, OwnAppealWish);
    await appealOneself(actor, center, actor.tenantId, { sittingId, reason: groundIn(locale, words) });
    return { ok: true };
  });
  app.post(ownPaths.absences, { bodyLimit: 16 * 1024 }, async (request): Promise<z.infer<typeof Done>> => {
    const actor = learnerOf(request);
    const turnId = readParam(request, 'turnId', TurnId, new Refusal('turn-unknown'));
    await sayAbsent(actor, center, actor.tenantId, { ...readJson(request, AbsenceWish), turnId });
    return { ok: true };
  });
  app.get(ownPaths.slip, async (request): Promise<z.infer<typeof OwnSlip>> => {
    const actor = learnerOf(request);
    const turnId = readParam(request, 'turnId', TurnId, new Refusal('turn-unknown'));
    return { code: await slipOfOneself(actor, center, actor.tenantId, turnId) };
  });
  app.get(ownPaths.certificateFile, async (request, reply) => {
    const actor = learnerOf(request);
    const number = numberIn(request);
    const text = await certificateFileOfOneself(actor, center, actor.tenantId, number);
    return reply
      .type('application/vc')
      .header('content-disposition', `attachment; filename="${number}.json"`)
      .send(text);
  });
  app.get(ownPaths.certificatePaper, async (request, reply) => {
    const actor = learnerOf(request);
    const number = numberIn(request);
    const paper = await certificatePaperOfOneself(actor, center, actor.tenantId, { number, zone });
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${number}.pdf"`)
      .send(paper);
  });
}

function numberIn(request: FastifyRequest): CertificateNumber {
  const { number } = request.params as { readonly number: string };
  const read = readCertificateNumber(number);
  if (!read) throw new Refusal('certificate-unknown', 'its letters do not go together');
  return read;
}
