import type { FastifyInstance } from 'fastify';
import { resultEndpoints as ends } from '../../contract/platform/results.ts';
import type { Center } from '../base/index.ts';
import { correctResult, listResults, proofOfResult, readResult, settleResult } from '../results/index.ts';
import { type Serving, serve } from './serve.ts';

/** What rests on a record follows once somebody has decided on it: the place of the record in the log. */
export type Decided = (logIndex: number) => Promise<void>;

/** Results of all firms within reach, and decisions on those that are disputed. */
export function resultRoutes(app: FastifyInstance, center: Center, how: Serving, decided: Decided): void {
  serve(app, center, ends.list, ({ actor, query }) => listResults(actor, center, query), how);
  serve(app, center, ends.read, ({ actor, params }) => readResult(actor, center, params.logIndex), how);
  const proof = async ({ actor, params, reply }: Parameters<Parameters<typeof serve<typeof ends.proof>>[3]>[0]) => {
    const { name, text } = await proofOfResult(actor, center, params.logIndex);
    return reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .type('application/json')
      .send(text);
  };
  serve(app, center, ends.proof, proof, how);
  serve(
    app,
    center,
    ends.correct,
    async ({ actor, params, body }) => {
      await correctResult(actor, center, params.logIndex, body);
      await decided(params.logIndex);
      return { ok: true } as const;
    },
    how,
  );
  const settle = async ({ actor, params, body }: Parameters<Parameters<typeof serve<typeof ends.settle>>[3]>[0]) => {
    await settleResult(actor, center, params.logIndex, body);
    await decided(params.logIndex);
    return { ok: true } as const;
  };
  serve(app, center, ends.settle, settle, how);
}
