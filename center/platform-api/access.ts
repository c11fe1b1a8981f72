import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { accessEndpoints as at } from '../../contract/platform/access.ts';
import type { AccountId, OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { couldMakeToken, mustBeFresh, namesAt } from '../accounts/index.ts';
import { type Anchor, auditExport, auditPage, lookedAt } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { placesOf } from '../organisations/index.ts';
import { listProctors } from '../people/index.ts';
import {
  type ActingAccount,
  addToken,
  endToken,
  listTokens,
  type Operator,
  onlooker,
  reaches,
  standingAt,
  type Visitor,
} from '../tenants/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm } from './standing.ts';

const YEAR_MS = 366 * 24 * 3_600_000;
const After = z.tuple([z.int().min(1)]);

type Asks = { readonly actor: ActingAccount; readonly params: { readonly firm: OrganisationId } };

/** Whoever reads what was done at a firm, and whether they know its people. */
type AuditReader = { readonly actor: Operator | Visitor; readonly seesNames: boolean };

/**
 * An auditor sees what was done, and nothing else of a firm: nobody's name either, whatever they are elsewhere.
 * @throws Refusal `organisation-unknown`
 */
async function seesAudit({ db }: Center, { actor, params }: Asks): Promise<AuditReader> {
  const { tenantId, path } = (await placesOf(db, [params.firm])).get(params.firm) ?? {};
  if (!tenantId || !path) throw new Refusal('organisation-unknown');
  const standing = standingAt(actor, { tenantId, path });
  if (standing) return { actor: standing, seesNames: true };
  if (!reaches(actor, path, 'auditor')) throw new Refusal('organisation-unknown');
  return { actor: onlooker(actor, tenantId), seesNames: false };
}

/** Who comes in by tokens, and what was done by whom. */
export function accessRoutes(app: FastifyInstance, center: Center, how: Serving, anchor: Anchor): void {
  tokenRoutes(app, center, how);
  const { db } = center;
  serve(
    app,
    center,
    at.audit,
    async (call) => {
      const { actor, seesNames } = await seesAudit(center, call);
      await lookedAt(actor, center, 'audit');
      const { after, ...wish } = call.query;
      const [before] = after ? readCursor(after, After) : [];
      const { lines, next } = await auditPage(actor, db, actor.tenantId, { ...wish, ...(before ? { before } : {}) });
      const names = seesNames ? await namesOf(actor, center, call.params.firm) : new Map<string, string>();
      return {
        rows: lines.map(({ before: was, after: is, tenantId: _, format: __, ...line }) => ({
          ...{ ...line, changed: was !== is },
          name: (line.actor.id && names.get(line.actor.id)) || null,
        })),
        next: next === null ? null : cursorOf([next]),
      };
    },
    how,
  );
  serve(
    app,
    center,
    at.auditFile,
    async (call) => {
      const { actor } = await seesAudit(center, call);
      const file = await auditExport(actor, center, actor.tenantId, anchor);
      await call.reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="audit-${center.now().toISOString().slice(0, 10)}.json"`)
        .type('application/json')
        .send(file);
      return undefined;
    },
    how,
  );
}

async function namesOf(
  actor: Operator | Visitor,
  { db }: Center,
  firm: OrganisationId,
): Promise<ReadonlyMap<string, string>> {
  const proctors = await listProctors(actor, db, actor.tenantId);
  const tokens = actor.kind === 'operator' ? await listTokens(actor, db, actor.tenantId) : [];
  return new Map([
    ...(await namesAt(db, firm)),
    ...[...proctors, ...tokens].map(({ id, name }): [string, string] => [id, name]),
  ]);
}

function tokenRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.tokens,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const names = await namesAt(db, call.params.firm);
      const tokens = await listTokens(actor, db, actor.tenantId);
      const makers = new Map<AccountId, boolean>();
      for (const { madeBy } of tokens)
        if (madeBy && !makers.has(madeBy)) makers.set(madeBy, await couldMakeToken(db, actor.tenantId, madeBy));
      return {
        tokens: tokens.map((one) => ({
          ...one,
          maker: (one.madeBy && names.get(one.madeBy)) || null,
          orphaned: one.madeBy ? makers.get(one.madeBy) === false : false,
        })),
      };
    },
    how,
  );
  serve(
    app,
    center,
    at.addToken,
    async (call) => {
      const actor = await keepsFirm(center, call);
      await mustBeFresh(call.actor, db, center.now());
      const [now, ends] = [center.now().getTime(), new Date(call.body.expiresAt).getTime()];
      if (ends <= now || ends > now + YEAR_MS) throw new Refusal('bad-message', 'expiresAt: within a year from now');
      return addToken(actor, db, actor.tenantId, call.body);
    },
    how,
  );
  serve(
    app,
    center,
    at.endToken,
    async (call) => {
      const actor = await keepsFirm(center, call);
      await endToken(actor, db, actor.tenantId, call.params.id, center.now());
      return { ok: true } as const;
    },
    how,
  );
}
