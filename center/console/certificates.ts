import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  type CertificateList,
  CertificateRevocationWish,
  CertificateTerm,
  type CertificateTerms,
  CertificateWish,
  type OneCertificate,
} from '../../contract/people-center/certificates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { type CertificateNumber, readCertificateNumber } from '../../contract/words/certificate-number.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import {
  certificateFile,
  certificatePaper,
  listCertificates,
  listCertificateTerms,
  readCertificate,
  revokeCertificate,
  setCertificateTerm,
} from '../certificates/index.ts';
import { inShape, readJson } from '../http/index.ts';
import { operatorOf } from './authenticate.ts';

const ONE = `${operatorPaths.certificates}/:number`;

function numberIn(request: FastifyRequest): CertificateNumber {
  const { number } = request.params as { readonly number: string };
  const read = readCertificateNumber(number);
  if (!read) throw new Refusal('certificate-unknown', 'its letters do not go together');
  return read;
}

/** Certificates of the firm: found, given out, ended. */
export function certificateRoutes(app: FastifyInstance, center: Center, zone: string): void {
  app.get(operatorPaths.certificates, async (request): Promise<CertificateList> => {
    const actor = operatorOf(request);
    await lookedAt(actor, center, 'certificates');
    return listCertificates(actor, center, actor.tenantId, inShape(request.query, CertificateWish));
  });
  app.get(ONE, async (request): Promise<OneCertificate> => {
    const actor = operatorOf(request);
    const number = numberIn(request);
    await lookedAt(actor, center, `certificate ${number}`);
    return readCertificate(actor, center, actor.tenantId, number);
  });
  app.get(`${ONE}/certificate.json`, async (request, reply) => {
    const actor = operatorOf(request);
    const number = numberIn(request);
    await lookedAt(actor, center, `certificate ${number}`);
    const text = await certificateFile(actor, center, actor.tenantId, number);
    return reply
      .type('application/vc')
      .header('content-disposition', attachment(`${number}.json`))
      .send(text);
  });
  app.get(`${ONE}/certificate.pdf`, async (request, reply) => {
    const actor = operatorOf(request);
    const number = numberIn(request);
    await lookedAt(actor, center, `certificate ${number}`);
    const paper = await certificatePaper(actor, center, actor.tenantId, { number, zone });
    return reply
      .type('application/pdf')
      .header('content-disposition', attachment(`${number}.pdf`))
      .send(paper);
  });
  app.post(`${ONE}/revoke`, async (request) => {
    const actor = operatorOf(request);
    const wish = readJson(request, CertificateRevocationWish);
    await revokeCertificate(actor, center, actor.tenantId, { ...wish, number: numberIn(request) });
    return { ok: true };
  });
  app.get(operatorPaths.certificateTerms, async (request): Promise<CertificateTerms> => {
    const actor = operatorOf(request);
    return { terms: await listCertificateTerms(actor, center.db, actor.tenantId) };
  });
  app.route({
    method: ['PUT', 'POST'],
    url: operatorPaths.certificateTerms,
    handler: async (request) => {
      const actor = operatorOf(request);
      await setCertificateTerm(actor, center.db, actor.tenantId, readJson(request, CertificateTerm));
      return { ok: true };
    },
  });
}

const attachment = (name: string): string => `attachment; filename="${name}"`;
