import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Sha256 } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { RECEIPT_PATH } from '../../contract/words/receipt-code.ts';
import { keyId } from '../../proof/index.ts';
import type { Anchor } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { listCoursesWithHome } from '../home/index.ts';
import { isFromElsewhere } from '../http/index.ts';
import { listOpenMoves } from '../moves/index.ts';
import { listProctors, photoOwners, pinResets } from '../people/index.ts';
import { countRecords, heldResult, proofFileOf, readRecords, readTotals } from '../results/index.ts';
import { heardStations, saidPhotos } from '../stations/index.ts';
import { readTenant, type Visitor } from '../tenants/index.ts';
import { accessPages } from './access-routes.ts';
import { authenticate, formOf, leave, mustBeFromHere, mustBeOwnForm, type SignedIn, signIn } from './authenticate.ts';
import { homePageRoutes } from './home-routes.ts';
import { inDoubtOf } from './in-doubt.ts';
import { Language } from './language.ts';
import { firmsPath, linkTo, PAGE_HEADERS } from './layout.ts';
import { lookedAt } from './looks.ts';
import { badPhotosOf } from './photos-list.ts';
import { pinRoutes } from './pin-routes.ts';
import { receiptPage } from './receipt-page.ts';
import { recordsPage } from './records-page.ts';
import { stationForms } from './station-forms.ts';
import { stationsPage } from './stations-page.ts';
import { type RoomTime, timesIn } from './time.ts';
import { tokenPage } from './token-page.ts';

/** What pages are made with. */
type Site = { readonly center: Center; readonly times: RoomTime };

const Query = Language.extend({
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  show: z.enum(['all', 'exams', 'learning']).catch('all'),
  token: z.string().optional().catch(undefined),
});

/**
 * An operator's pages, behind the operator token: the list of records, and how ready the stations are. What became of a receipt
 * is shown to whoever holds it.
 */
export function pageRoutes(app: FastifyInstance, center: Center, zone: string, anchor: Anchor): void {
  const site: Site = { center, times: timesIn(zone) };
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(PAGE_HEADERS);
  });
  app.get('/', async (request, reply) => {
    const { token, ...view } = Query.parse(request.query);
    const { lang } = view;
    // A link on another site signs nobody in as whoever made it.
    const may = !isFromElsewhere(request);
    if (token !== undefined) return may ? enter(center, request, reply, token, lang) : askForToken(reply, lang, false);
    const seen = await authenticate(center, request);
    if (seen?.actor.kind === 'administrator') return reply.redirect(firmsPath(lang), 303);
    return seen?.actor.kind === 'visitor' ? show(seen as Seen, site, reply, view) : askForToken(reply, lang, false);
  });
  app.get('/stations', async (request, reply) => {
    const { lang } = Query.parse(request.query);
    const seen = await authenticate(center, request);
    return seen?.actor.kind === 'visitor'
      ? showStations(seen as Seen, site, reply, lang)
      : askForToken(reply, lang, false);
  });
  homePageRoutes(app, center, site.times);
  stationForms(app, center);
  app.post('/', async (request, reply) => {
    mustBeFromHere(request);
    const token = formOf(request).get('token') ?? '';
    return enter(center, request, reply, token.trim(), Query.parse(request.query).lang);
  });
  app.post('/sign-out', async (request, reply) => {
    mustBeFromHere(request);
    const seen = await authenticate(center, request);
    if (seen) {
      mustBeOwnForm(request, seen);
      await leave(center, reply, seen);
    }
    return reply.redirect(linkTo(Query.parse(request.query).lang), 303);
  });
  accessPages(app, {
    ...{ center, times: site.times, anchor },
    askForToken: (request, reply) => askForToken(reply, Query.parse(request.query).lang, false),
  });
  pinRoutes(app, center);
  // Asked by the phone of whoever photographed it.
  app.get(`${RECEIPT_PATH}:receipt`, async (request, reply) => {
    const { lang } = Query.parse(request.query);
    const { receipt: code } = request.params as { readonly receipt: string };
    const held = await heldResult(center, code);
    return sendHtml(
      reply.status(held ? 200 : 404),
      receiptPage({ locale: lang, code, held, now: center.now(), times: site.times }),
    );
  });
  app.get('/proof/:batchId', async (request, reply) => {
    const file = await proofFor(center, request);
    if (!file) return reply.callNotFound();
    return reply
      .type('application/json')
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .send(file.text);
  });
}

/** Swaps a token for a session, so that it leaves the address bar at once. */
async function enter(
  center: Center,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  lang: Locale,
): Promise<FastifyReply> {
  const actor = await signIn(center, request, reply, token);
  if (!actor) return askForToken(reply, lang, true);
  return reply.redirect(actor.kind === 'administrator' ? firmsPath(lang) : linkTo(lang), 303);
}

/** Somebody of a firm, and the form token of their session. */
type Seen = SignedIn & { readonly actor: Visitor };

async function show(
  { actor: visitor, formToken }: Seen,
  { center, times }: Site,
  reply: FastifyReply,
  { lang: locale, page, show: shown }: Omit<z.infer<typeof Query>, 'token'>,
): Promise<FastifyReply> {
  const { tenantId } = visitor;
  await lookedAt(visitor, center, 'records');
  const { name: tenant } = await readTenant(visitor, center.db, tenantId);
  const totals = await readTotals(visitor, center.db, tenantId);
  const records = await readRecords(visitor, center.db, tenantId, page, shown);
  const count = await countRecords(visitor, center.db, tenantId, shown);
  const learning = await listCoursesWithHome(visitor, center.db, tenantId);
  const moves = await listOpenMoves(visitor, center.db, tenantId);
  const inDoubt = await inDoubtOf(visitor, center.db, tenantId);
  const centerKeyId = keyId(center.signer.publicKey);
  const proctors = await listProctors(visitor, center.db, tenantId);
  const proctorNames = new Map(proctors.map(({ id, name }) => [id, name]));
  const marks = { resets: await pinResets(visitor, center.db, tenantId), proctorNames };
  const shownHere = { records, shown, count, page };
  const view = {
    locale,
    tenant,
    formToken,
    centerKeyId,
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
  { actor: visitor, formToken }: Seen,
  { center, times }: Site,
  reply: FastifyReply,
  locale: Locale,
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

async function proofFor(center: Center, request: FastifyRequest) {
  const visitor = (await authenticate(center, request))?.actor;
  const batchId = Sha256.safeParse((request.params as { readonly batchId: string }).batchId);
  if (visitor?.kind !== 'visitor' || !batchId.success) return undefined;
  await lookedAt(visitor, center, `proof ${batchId.data}`);
  return proofFileOf(visitor, center, visitor.tenantId, batchId.data);
}

const askForToken = (reply: FastifyReply, lang: Locale, wrong: boolean): FastifyReply =>
  sendHtml(reply.status(401), tokenPage(lang, wrong));
const sendHtml = (reply: FastifyReply, text: string): FastifyReply => reply.type('text/html; charset=utf-8').send(text);
