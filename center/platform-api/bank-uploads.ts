import type { FastifyInstance } from 'fastify';
import { bankUploadEndpoints as at } from '../../contract/platform/bank-uploads.ts';
import { pictureType } from '../../contract/words/pictures.ts';
import { TryLater } from '../../contract/words/reasons.ts';
import {
  addBankUpload,
  addUploadPicture,
  dropBankUpload,
  listBankRows,
  listBankUploads,
  mendBankRow,
  readBankRow,
  readBankUpload,
  readBankUploadAgain,
  settleBankRow,
  takeBankUpload,
  uploadPicture,
} from '../bank-uploads/index.ts';
import type { Center } from '../base/index.ts';
import { MEBIBYTE } from '../http/index.ts';
import { type Serving, serve } from './serve.ts';
import { keepsFirm } from './standing.ts';

/** A file of 16 megabytes in base64. */
const FILE = 24 * MEBIBYTE;
const PICTURE = 6 * MEBIBYTE;
const AGAIN_SECONDS = 3;

/** Files of questions until they are banks. */
export function bankUploadRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  const list = async (call: Parameters<Parameters<typeof serve<typeof at.list>>[3]>[0]) => {
    const actor = await keepsFirm(center, call);
    return { uploads: await listBankUploads(actor, db, actor.tenantId) };
  };
  serve(app, center, at.list, list, how);
  serve(
    app,
    center,
    at.add,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { bytes, ...file } = call.body;
      return addBankUpload(actor, center, actor.tenantId, { ...file, bytes: Buffer.from(bytes, 'base64') });
    },
    { ...how, bodyLimit: FILE },
  );
  serve(
    app,
    center,
    at.read,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return readBankUpload(actor, db, actor.tenantId, call.params.id);
    },
    how,
  );
  serve(
    app,
    center,
    at.again,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return readBankUploadAgain(actor, center, actor.tenantId, { id: call.params.id, ...call.body });
    },
    how,
  );
  serve(
    app,
    center,
    at.drop,
    async (call) => {
      const actor = await keepsFirm(center, call);
      await dropBankUpload(actor, center, actor.tenantId, call.params.id);
      return { ok: true } as const;
    },
    how,
  );
  rowRoutes(app, center, how);
  pictureRoutes(app, center, how);
  // One at a time: a large bank is many megabytes.
  let busy = false;
  serve(
    app,
    center,
    at.take,
    async (call) => {
      const actor = await keepsFirm(center, call);
      if (busy) throw new TryLater(AGAIN_SECONDS);
      busy = true;
      return takeBankUpload(actor, center, actor.tenantId, { id: call.params.id, ...call.body }).finally(() => {
        busy = false;
      });
    },
    how,
  );
}

/** What became of rows, and what is made of them. */
function rowRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  const { db } = center;
  serve(
    app,
    center,
    at.rows,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return listBankRows(actor, db, actor.tenantId, { id: call.params.id, ...call.query });
    },
    how,
  );
  serve(
    app,
    center,
    at.row,
    async (call) => {
      const actor = await keepsFirm(center, call);
      return readBankRow(actor, db, actor.tenantId, call.params);
    },
    how,
  );
  serve(
    app,
    center,
    at.mend,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { id, at: place } = call.params;
      const { of, version, ...written } = call.body;
      return mendBankRow(actor, center, actor.tenantId, { id, at: place, of, version, written });
    },
    how,
  );
  serve(
    app,
    center,
    at.settle,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const { id, at: place } = call.params;
      return { row: await settleBankRow(actor, center, actor.tenantId, { id, at: place, ...call.body }) };
    },
    how,
  );
}

function pictureRoutes(app: FastifyInstance, center: Center, how: Serving): void {
  serve(
    app,
    center,
    at.addPicture,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const bytes = Buffer.from(call.body.bytes, 'base64');
      return { hash: await addUploadPicture(actor, center, actor.tenantId, { id: call.params.id, bytes }) };
    },
    { ...how, bodyLimit: PICTURE },
  );
  serve(
    app,
    center,
    at.picture,
    async (call) => {
      const actor = await keepsFirm(center, call);
      const bytes = await uploadPicture(actor, center, actor.tenantId, call.params);
      // What is no picture that browsers show is read by none of them.
      const type = pictureType(bytes) ?? 'application/octet-stream';
      await call.reply.header('cache-control', 'no-store').type(type).send(Buffer.from(bytes));
      return undefined;
    },
    how,
  );
}
