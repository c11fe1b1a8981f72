import { basename, extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { practicalExam } from '../../authoring/blueprints/index.ts';
import type { BankReport } from '../../authoring/import/index.ts';
import { bankEndpoints as at, type BankFileReport } from '../../contract/platform/banks.ts';
import type { ExamId } from '../../contract/words/ids.ts';
import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import { bankRowWords } from '../../messages/bank-rows.ts';
import { makeBank } from '../../proof/index.ts';
import { withFileRead } from '../bank-uploads/index.ts';
import type { Center } from '../base/index.ts';
import { addPicture, exportBankVersion, listBankVersions, moveExam, putExam, readExam } from '../exams/index.ts';
import { MEBIBYTE } from '../http/index.ts';
import { itemReport } from '../results/index.ts';
import type { Operator } from '../tenants/index.ts';
import { type Call, type Serving, serve } from './serve.ts';
import { keepsFirm, seesFirm } from './standing.ts';

/** A file of 16 megabytes in base64. */
const FILE = 24 * MEBIBYTE;
const AGAIN_SECONDS = 10;
/** More than that nobody reads on a page; how many there are is said beside them. */
const MOST_ROWS = 500;

/** Files of questions, and which of them an exam draws from. */
export function bankRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.list,
    async (call) => {
      const actor = await seesFirm(center, call);
      return { exams: await listBankVersions(actor, db, actor.tenantId) };
    },
    how,
  );
  serve(
    app,
    center,
    at.move,
    async (call) => {
      const actor = await keepsFirm(center, call);
      await moveExam(actor, db, actor.tenantId, call.body);
      return { ok: true } as const;
    },
    how,
  );
  serve(
    app,
    center,
    at.exportFile,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { name, text } = await exportBankVersion(actor, db, actor.tenantId, { ...call.params, ...call.query });
      await call.reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${name}"`)
        .type(call.query.format === 'json' ? 'application/json' : 'text/csv')
        .send(text);
      return undefined;
    },
    how,
  );
  serve(
    app,
    center,
    at.statistics,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return itemReport(actor, db, actor.tenantId, call.params.id);
    },
    how,
  );
  // One at a time: each takes a thread.
  let busy = false;
  serve(
    app,
    center,
    at.put,
    async (call) => {
      const actor = await keepsFirm(center, call);
      if (busy) throw new TryLater(AGAIN_SECONDS);
      busy = true;
      return takeFile(actor, center, call.body).finally(() => {
        busy = false;
      });
    },
    { ...how, bodyLimit: FILE },
  );
}

type Put = Call<typeof at.put>['body'];

async function takeFile(actor: Operator, { db }: Center, { file, bytes, title, examId, apply }: Put) {
  const { tenantId } = actor;
  const read = Buffer.from(bytes, 'base64');
  const name = `${basename(file, extname(file))}${extname(file)}`;
  const wish = { bytes: read, file: name, hidden: false, whole: true };
  const { whole, pictures } = await withFileRead(wish, {}, async (thread) => thread.read);
  if (!whole) throw new Error('the file was not read whole');
  const { items, report } = whole;
  if (!apply) return { report: reportOf(report), examId: null };
  if (items.length === 0) throw new Refusal('no-items');
  const bank = makeBank({ zh: title }, items);
  const exam = examId ? { ...(await readExam(actor, db, tenantId, examId)), bankId: bank.id } : practicalExam(bank);
  if (exam.course) throw new Refusal('no-exam', 'this is a course');
  for (const picture of pictures.values()) await addPicture(actor, db, tenantId, Buffer.from(picture));
  await putExam(actor, db, tenantId, { exam, bank });
  return { report: reportOf(report), examId: exam.id as ExamId };
}

const reportOf = (report: BankReport): BankFileReport => ({
  ...{ rows: report.rows, accepted: report.accepted, repaired: report.repaired },
  duplicates: report.duplicates.length,
  rejected: report.rejected.slice(0, MOST_ROWS).map(({ sheet, row, cell, reason }) => ({
    ...{ sheet, row, reason, words: bankRowWords[reason] },
    ...(cell ? { cell } : {}),
  })),
  rejectedInAll: report.rejected.length,
  unknownTerms: report.unknownTerms.map(({ field, text, rows }) => ({ field, text, rows })),
});
