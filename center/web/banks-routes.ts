import type { FastifyInstance } from 'fastify';
import { ExamMove } from '../../contract/people-center/bank-versions.ts';
import type { Center } from '../base/index.ts';
import { listBankVersions, moveExam } from '../exams/index.ts';
import { inShape } from '../http/index.ts';
import { readTenant } from '../tenants/index.ts';
import { asOperator, formOf, mustBeOwnForm } from './authenticate.ts';
import { banksPage } from './banks-page.ts';
import { asVisitor } from './gate.ts';
import { banksPath, useBankPath } from './layout.ts';
import { sendHtml } from './send-html.ts';
import type { RoomTime } from './time.ts';

/** Which banks exams draw from: seen by whoever sees the pages, changed by the operator whose token is behind them. */
export function bankPages(app: FastifyInstance, { db, ...center }: Center, times: RoomTime): void {
  const letIn = asVisitor({ db, ...center });
  app.get(banksPath('zh'), (request, reply) =>
    letIn(request, reply, async ({ actor, formToken, locale }) => {
      const { name: tenant } = await readTenant(actor, db, actor.tenantId);
      const exams = await listBankVersions(actor, db, actor.tenantId);
      return sendHtml(reply, banksPage({ locale, tenant, formToken, exams, now: center.now(), times }));
    }),
  );
  app.post(useBankPath('zh'), (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { form: _, ...wish } = Object.fromEntries(formOf(request));
      await moveExam(asOperator(seen.actor), db, seen.actor.tenantId, inShape(wish, ExamMove));
      return reply.redirect(banksPath(seen.locale), 303);
    }),
  );
}
