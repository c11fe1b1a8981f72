import type { FastifyInstance } from 'fastify';
import { certificateEndpoints as ends } from '../../contract/platform/certificates.ts';
import type { Center } from '../base/index.ts';
import {
  certificateFile,
  certificatePaper,
  certificateToGive,
  listCertificatesWithin,
  listExamTerms,
  readCertificateWithin,
  revokeCertificateWithin,
  setCertificateTerm,
} from '../certificates/index.ts';
import { type Call, type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

/** Certificates of all firms within reach: found, given out, ended; and how long those of a firm are good. */
export function certificateRoutes(app: FastifyInstance, center: Center, how: Serving, zone: string): void {
  const { db } = center;
  serve(app, center, ends.list, ({ actor, query }) => listCertificatesWithin(actor, center, query), how);
  serve(app, center, ends.read, ({ actor, params }) => readCertificateWithin(actor, center, params.number), how);
  const given = (call: Call<typeof ends.file>) => certificateToGive(call.actor, center, call.params.number);
  serve(
    app,
    center,
    ends.file,
    async (call) => {
      const { standing, tenantId, number } = await given(call);
      const text = await certificateFile(standing, center, tenantId, number);
      return send(call, text, { name: `${number}.json`, type: 'application/vc' });
    },
    how,
  );
  serve(
    app,
    center,
    ends.paper,
    async (call) => {
      const { standing, tenantId, number } = await given(call);
      const paper = await certificatePaper(standing, center, tenantId, { number, zone });
      return send(call, paper, { name: `${number}.pdf`, type: 'application/pdf' });
    },
    how,
  );
  serve(
    app,
    center,
    ends.revoke,
    async ({ actor, params, body }) => {
      await revokeCertificateWithin(actor, center, params.number, body);
      return { ok: true } as const;
    },
    how,
  );
  serve(
    app,
    center,
    ends.terms,
    async (call) => {
      const actor = await seesFirm(center, call);
      return { terms: await listExamTerms(actor, db, actor.tenantId) };
    },
    how,
  );
  serve(
    app,
    center,
    ends.setTerm,
    async (call) => {
      const actor = await keepsFirm(center, call);
      await setCertificateTerm(actor, db, actor.tenantId, call.body);
      return { ok: true } as const;
    },
    how,
  );
}

type Named = { readonly name: string; readonly type: string };

const send = ({ reply }: Pick<Call<unknown>, 'reply'>, file: string | Buffer, { name, type }: Named): unknown =>
  reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .type(type)
    .send(file);
