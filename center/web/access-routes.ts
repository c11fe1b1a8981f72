import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AuditWish } from '../../contract/people-center/audit.ts';
import { FirmName } from '../../contract/people-center/operator-api.ts';
import { PageSessionId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Anchor, auditExport, auditPage, lookedAt } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { inShape } from '../http/index.ts';
import { foundFirm, nameFirm } from '../organisations/index.ts';
import {
  addOperator,
  endPageSession,
  listPageSessions,
  listTenants,
  makeOperatorToken,
  readTenant,
} from '../tenants/index.ts';
import { auditLogPage } from './audit-page.ts';
import { asOperator, formOf, mustBeOwnForm } from './authenticate.ts';
import { firmPage } from './firm-page.ts';
import { firmsPage } from './firms-page.ts';
import { asAdministrator, asVisitor } from './gate.ts';
import { auditExportPath, firmPath, firmsPath, renameFirmPath, sessionsPath } from './layout.ts';
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
  ownFirmPage(app, center);
  firmPages(app, center);
}

/** What the firm itself is called: seen by whoever sees the pages, changed by the operator whose token is behind them. */
function ownFirmPage(app: FastifyInstance, center: Center): void {
  const { db } = center;
  const letIn = asVisitor(center);
  app.get(firmPath('zh'), (request, reply) =>
    letIn(request, reply, async ({ actor, formToken, locale }) => {
      const { id, name: tenant } = await readTenant(actor, db, actor.tenantId);
      return sendHtml(reply, firmPage({ locale, tenant, formToken, id }));
    }),
  );
  app.post(firmPath('zh'), (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { name } = inShape(Object.fromEntries(formOf(request)), Renaming);
      await nameFirm(asOperator(seen.actor), db, seen.actor.tenantId, name);
      return reply.redirect(firmPath(seen.locale), 303);
    }),
  );
}

/** What the form beside a firm says. */
const Renaming = z.object({ firm: TenantId, name: FirmName });

function firmPages(app: FastifyInstance, center: Center): void {
  const { db } = center;
  const letIn = asAdministrator(center);
  app.get('/firms', (request, reply) =>
    letIn(request, reply, async ({ actor, formToken, locale }) => {
      return sendHtml(reply, firmsPage({ locale, formToken, firms: await listTenants(actor, db) }));
    }),
  );
  app.post(renameFirmPath('zh'), (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { firm, name } = inShape(Object.fromEntries(formOf(request)), Renaming);
      await nameFirm(seen.actor, db, firm, name);
      return reply.redirect(firmsPath(seen.locale), 303);
    }),
  );
  app.post('/firms', (request, reply) =>
    letIn(request, reply, async (seen) => {
      mustBeOwnForm(request, seen);
      const { actor, formToken, locale } = seen;
      const name = inShape(formOf(request).get('name'), FirmName);
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
