import type { FastifyInstance } from 'fastify';
import { STATUS_PATH, VERIFY_FILE_PATH } from '../../contract/people-center/certificates.ts';
import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { lookUpCertificate, readStatusList } from '../certificates/index.ts';
import { strangerOf } from '../http/index.ts';
import { certificatePage } from './certificate-page.ts';
import { languageOf } from './language.ts';
import { PAGE_HEADERS } from './layout.ts';
import { sendHtml } from './send-html.ts';
import { timesIn } from './time.ts';
import { VERIFY_FILE_POLICY, verifyFile } from './verify-file/page.ts';

/** What anybody may ask of certificates, whoever they are. */
export function certificateRoutes(app: FastifyInstance, center: Center, zone: string): void {
  const times = timesIn(zone);
  app.get('/certificates/:number', async (request, reply) => {
    const { number } = request.params as { readonly number: string };
    const certificate = await lookUpCertificate(strangerOf(request), center, number).catch(unlessUnknown);
    const page = certificatePage({ locale: languageOf(request), certificate, times });
    return sendHtml(reply.headers(PAGE_HEADERS), page, certificate ? 200 : 404);
  });
  app.get(VERIFY_FILE_PATH, async (_request, reply) => {
    reply.headers({ ...PAGE_HEADERS, 'content-security-policy': VERIFY_FILE_POLICY });
    return sendHtml(
      reply.header('content-disposition', 'inline; filename="verify-certificates.html"'),
      verifyFile(center),
    );
  });
  app.get(`${STATUS_PATH}:list`, async (request, reply) => {
    const { list } = request.params as { readonly list: string };
    const text = await readStatusList(strangerOf(request), center, list);
    // Pages elsewhere that verify credentials ask from a browser; there is nothing of anybody in it.
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60');
    return reply.type('application/vc').send(text);
  });
}

/** Whoever must wait is told so, and a fault is one. */
function unlessUnknown(error: unknown): undefined {
  if (error instanceof Refusal && !(error instanceof TryLater) && error.reason === 'certificate-unknown') return;
  throw error;
}
