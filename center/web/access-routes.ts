import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AuditWish } from '../../contract/people-center/audit.ts';
import { PageSessionId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Anchor, auditExport, auditPage, lookedAt } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { inShape } from '../http/index.ts';
import { foundFirm } from '../organisations/index.ts';
import {
  addOperator,
  endPageSession,
  listPageSessions,
  listTenants,
  makeOperatorToken,
  readTenant,
} from '../tenants/index.ts';
import { auditLogPage } from './audit-page.ts';
import { formOf, mustBeOwnForm } from './authenticate.ts';
import { firmsPage } from './firms-page.ts';
import { asAdministrator, asVisitor } from './gate.ts';
import { auditExportPath, sessionsPath } from './layout.ts';
import { sendHtml } from './send-html.ts';
import { sessionsPage } from './sessions-page.ts';
import type { RoomTime } from './time.ts';

/** A field of the filter that was left empty asks for everything. */
const Filter = z.preprocess(
  (query) => Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== '')),
  AuditWish,
);

type Site = { readonly center: Center; readonly times: RoomTime; readonly anchor: Anchor };

/** Who comes in at a firm's pages, what was done there, and the firms themselves. */
export function accessPages(app: FastifyInstance, { center, times, anchor }: Site): void {
  const { db, now } = center;
  const letIn = asVisitor(center);
  app.get('/audit', (request, reply) =>
    letIn(request, reply, async ({ actor, formToken, locale }) => {
      const { tenantId } = actor;
      const wish = inShape(request.query, Filter);
      await lookedAt(actor, center, 'audit');
      const page = await auditPage(actor, db, tenantId, wish);
      const { name: tenant } = await readTenant(actor, db, tenantId);
      return sendHtml(reply, auditLogPage({ locale, tenant, formToken, wish, page, now: now(), times }));
    }),
  );
  app.get(auditExportPath, (request, reply) =>
    letIn(request, reply, async ({ actor }) => {
      const name = `audit-${now().toISOString().slice(0, 10)}.json`;
      return reply
        .type('application/json')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(await auditExport(actor, center, actor.tenantId, anchor));
    }),
  );
  app.get('/sessions', (request, reply) =>
    letIn(request, reply, async ({ actor, formToken, locale }) => {
      const { tenantId, session: own } = actor;
      const sessions = await listPageSessions(actor, db, tenantId, now());
      const { name: tenant } = await readTenant(actor, db, tenantId);
      return sendHtml(reply, sessionsPage({ locale, tenant, formToken, sessions, own, now: now(), times }));
    }),
  );
  app.post('/sessions', (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { data: id } = PageSessionId.safeParse(formOf(request).get('id'));
      if (!id) throw new Refusal('bad-message', 'it names no session');
      await endPageSession(seen.actor, db, seen.actor.tenantId, id, now());
      return reply.redirect(sessionsPath(seen.locale), 303);
    }),
  );
  firmPages(app, center);
}

const Name = z.string().trim().min(1).max(100);

function firmPages(app: FastifyInstance, center: Center): void {
  const { db } = center;
  const letIn = asAdministrator(center);
  app.get('/firms', (request, reply) =>
    letIn(request, reply, async ({ actor, formToken, locale }) => {
      return sendHtml(reply, firmsPage({ locale, formToken, firms: await listTenants(actor, db) }));
    }),
  );
  app.post('/firms', (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { actor, formToken, locale } = seen;
      const name = inShape(formOf(request).get('name'), Name);
      const token = makeOperatorToken();
      await db.transaction(async (tx) => {
        const id = TenantId.parse(makeId('tn'));
        await foundFirm(actor, tx, { id, name });
        await addOperator(actor, tx, id, token);
      });
      const firms = await listTenants(actor, db);
      return sendHtml(reply, firmsPage({ locale, formToken, firms, added: { name, token } }));
    }),
  );
}
