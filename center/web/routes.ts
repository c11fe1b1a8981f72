import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ExamId, Sha256, StationId } from '../../contract/words/ids.ts';
import { keyId } from '../../proof/index.ts';
import { type Anchor, lookedAt } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { listCoursesWithHome } from '../home/index.ts';
import { isFromElsewhere } from '../http/index.ts';
import { issuingKeyEnds } from '../log/index.ts';
import { listOpenMoves } from '../moves/index.ts';
import { findPeople, listProctors, photoOwners, pinResets } from '../people/index.ts';
import { countRecords, proofFileOf, readPlace, readRecords, readTotals, turningFrom } from '../results/index.ts';
import { heardStations, saidPhotos } from '../stations/index.ts';
import { readTenant, type Visitor } from '../tenants/index.ts';
import { accessPages } from './access-routes.ts';
import { authenticate, formOf, leave, mustBeFromHere, mustBeOwnForm, signIn } from './authenticate.ts';
import { bankPages } from './banks-routes.ts';
import { askForToken, asVisitor, type Seen } from './gate.ts';
import { homePageRoutes } from './home-routes.ts';
import { inDoubtOf } from './in-doubt.ts';
import { languageOf } from './language.ts';
import { firmsPath, linkTo, PAGE_HEADERS } from './layout.ts';
import { badPhotosOf } from './photos-list.ts';
import { pinRoutes } from './pin-routes.ts';
import { receiptRoutes } from './receipt-routes.ts';
import { recordsPage } from './records-page.ts';
import { rosterPageRoutes } from './roster-routes.ts';
import { sendHtml } from './send-html.ts';
import { stationForms } from './station-forms.ts';
import { stationsPage } from './stations-page.ts';
import { type RoomTime, timesIn } from './time.ts';

/** What pages are made with. */
type Site = { readonly center: Center; readonly times: RoomTime };

const Query = z.object({
  page: z.string().catch('').transform(readPlace),
  show: z.enum(['all', 'exams', 'learning']).catch('all'),
  /** How a name or a number begins. */
  q: z.string().max(60).optional().catch(undefined),
  exam: ExamId.optional().catch(undefined),
  station: StationId.optional().catch(undefined),
  incident: z.string().max(60).optional().catch(undefined),
  token: z.string().optional().catch(undefined),
});

/**
 * An operator's pages, behind the operator token: the list of records, and how ready the stations are. What became of a receipt
 * is shown to whoever holds it.
 */
export function pageRoutes(app: FastifyInstance, center: Center, zone: string, anchor: Anchor): void {
  const site: Site = { center, times: timesIn(zone) };
  const orFirms = asVisitor(center, (request, reply, kind) =>
    kind === 'administrator' ? reply.redirect(firmsPath(languageOf(request)), 303) : askForToken(request, reply),
  );
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(PAGE_HEADERS);
  });
  app.get('/', async (request, reply) => {
    const { token, ...view } = Query.parse(request.query);
    // A link on another site signs nobody in as whoever made it.
    const may = !isFromElsewhere(request);
    if (token !== undefined) return may ? enter(center, request, reply, token) : askForToken(request, reply);
    return orFirms(request, reply, (seen) => show(seen, site, reply, view));
  });
  app.get('/stations', (request, reply) =>
    asVisitor(center)(request, reply, (seen) => showStations(seen, site, reply)),
  );
  homePageRoutes(app, center, site.times);
  rosterPageRoutes(app, center);
  bankPages(app, center, site.times);
  stationForms(app, center);
  app.post('/', async (request, reply) => {
    mustBeFromHere(request);
    const token = formOf(request).get('token') ?? '';
    return enter(center, request, reply, token.trim());
  });
  app.post('/sign-out', async (request, reply) => {
    mustBeFromHere(request);
    const seen = await authenticate(center, request);
    if (seen) {
      mustBeOwnForm(request, seen);
      await leave(center, reply, seen);
    }
    return reply.redirect(linkTo(languageOf(request)), 303);
  });
  accessPages(app, { ...site, anchor });
  pinRoutes(app, center);
  receiptRoutes(app, site);
  proofRoute(app, center);
}

/** To everybody but its firm there is no such file. */
function proofRoute(app: FastifyInstance, center: Center): void {
  const letIn = asVisitor(center, (_request, reply) => missing(reply));
  app.get('/proof/:batchId', (request, reply) =>
    letIn(request, reply, async ({ actor }) => {
      const { data: id } = Sha256.safeParse((request.params as { readonly batchId: string }).batchId);
      if (!id) return missing(reply);
      await lookedAt(actor, center, `proof ${id}`);
      const file = await proofFileOf(actor, center, actor.tenantId, id);
      if (!file) return missing(reply);
      return reply
        .type('application/json')
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .send(file.text);
    }),
  );
}

function missing(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

/** Swaps a token for a session, so that it leaves the address bar at once. */
async function enter(
  center: Center,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<FastifyReply> {
  const actor = await signIn(center, request, reply, token);
  if (!actor) return askForToken(request, reply, true);
  const lang = languageOf(request);
  return reply.redirect(actor.kind === 'administrator' ? firmsPath(lang) : linkTo(lang), 303);
}

async function show(
  { actor: visitor, formToken, locale }: Seen<Visitor>,
  { center, times }: Site,
  reply: FastifyReply,
  { page, show: shown, q, exam, station, incident }: Omit<z.infer<typeof Query>, 'token'>,
): Promise<FastifyReply> {
  const { tenantId } = visitor;
  await lookedAt(visitor, center, 'records');
  const { name: tenant } = await readTenant(visitor, center.db, tenantId);
  const totals = await readTotals(visitor, center.db, tenantId);
  const records = await readRecords(visitor, center.db, tenantId, page, {
    shown,
    ...(q ? { people: (await findPeople(visitor, center.db, tenantId, q)).map(({ id }) => id) } : {}),
    ...{ examId: exam, stationId: station, incident },
  });
  const narrowed = Object.entries({ q, exam, station, incident }).flatMap(([name, text]) =>
    text ? [[name, text] as const] : [],
  );
  const count = narrowed.length > 0 ? undefined : await countRecords(visitor, center.db, tenantId, shown);
  const learning = await listCoursesWithHome(visitor, center.db, tenantId);
  const moves = await listOpenMoves(visitor, center.db, tenantId);
  const inDoubt = await inDoubtOf(visitor, center.db, tenantId, center.now());
  const centerKeyId = keyId(center.keys.root);
  const proctors = await listProctors(visitor, center.db, tenantId);
  const proctorNames = new Map(proctors.map(({ id, name }) => [id, name]));
  const marks = { resets: await pinResets(visitor, center.db, tenantId), proctorNames };
  const shownHere = {
    records,
    shown,
    narrowed: Object.fromEntries(narrowed),
    count,
    page: page === 1 ? 1 : page.page,
    turning: turningFrom(records, page),
  };
  const view = {
    locale,
    tenant,
    formToken,
    centerKeyId,
    issuingKeyEnds: issuingKeyEnds(center),
    totals,
    inDoubt,
    moves,
    learning,
    ...shownHere,
    ...marks,
    now: center.now(),
    times,
  };
  return sendHtml(reply, recordsPage(view));
}

async function showStations(
  { actor: visitor, formToken, locale }: Seen<Visitor>,
  { center, times }: Site,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { tenantId } = visitor;
  await lookedAt(visitor, center, 'photos');
  const { name: tenant } = await readTenant(visitor, center.db, tenantId);
  const stations = await heardStations(visitor, center.db, tenantId);
  const said = await saidPhotos(visitor, center.db, tenantId);
  const hashes = said.map(({ photo }) => photo);
  const photos = badPhotosOf(said, await photoOwners(visitor, center.db, tenantId, hashes));
  return sendHtml(reply, stationsPage({ locale, tenant, formToken, stations, photos, now: center.now(), times }));
}
