import { z } from 'zod';
import { AskedInstant } from '../words/asked-times.ts';
import { CandidateId, CommandId, ExamId, Instant, StationId, UnlockWindowId } from '../words/ids.ts';
import { TypedPin } from '../words/proctor-pins.ts';
import { CommandOutcome, RemoteAction } from '../words/proctoring.ts';
import { endpoint } from './endpoint.ts';
import { ofFirm } from './firms.ts';

/** Who may do from elsewhere what proctors do, with a proctor's PIN: of the firm itself. */
export const PROCTORING = ['firm', 'agency', 'room', 'proctor'] as const;

/** A time in which candidates unlock an exam with a code. */
const UnlockWindow = z
  .object({ id: UnlockWindowId, examId: ExamId, by: z.string(), opensAt: Instant, closesAt: Instant })
  .readonly();

/** Whose word it is: nobody's account alone decides about an exam. */
const saidBy = {
  pin: TypedPin,
  /** Number or name; not needed where the PIN begins with the number. */
  proctor: z.string().trim().min(1).max(100).optional(),
};

const firm = z.object(ofFirm);
const Done = z.object({ ok: z.literal(true) }).readonly();
const at = '/v1/platform/firms/:firm';

export const proctoringEndpoints = {
  windows: endpoint({
    method: 'GET',
    path: `${at}/unlock-windows`,
    who: PROCTORING,
    says: 'Times in which an exam is unlocked by a code, those that are not over.',
    params: firm,
    reply: z.object({ windows: z.array(UnlockWindow).readonly() }).readonly(),
  }),
  openWindow: endpoint({
    method: 'POST',
    path: `${at}/unlock-windows`,
    who: PROCTORING,
    says: 'A code with which candidates unlock an exam in a time, on the word of a proctor; told once.',
    params: firm,
    body: z.strictObject({ examId: ExamId, ...saidBy, opensAt: AskedInstant, closesAt: AskedInstant }),
    reply: z.object({ id: UnlockWindowId, code: z.string() }).readonly(),
  }),
  endWindow: endpoint({
    method: 'POST',
    path: `${at}/unlock-windows/:id/end`,
    who: PROCTORING,
    says: 'Ends such a time now: the code unlocks nothing more once stations have heard of it.',
    params: z.object({ ...ofFirm, id: UnlockWindowId }),
    reply: Done,
  }),
  command: endpoint({
    method: 'POST',
    path: `${at}/commands`,
    who: PROCTORING,
    says: 'Tells stations to unlock, pause, give time or end where an exam is sat, on the word of a proctor. What ends exams names somebody or a station.',
    params: firm,
    body: z
      .strictObject({
        examId: ExamId,
        ...{ candidateId: CandidateId.optional(), stationId: StationId.optional() },
        ...saidBy,
        /** Of another proctor, where the exam asks for two. */
        secondPin: TypedPin.optional(),
        secondProctor: saidBy.proctor,
        action: RemoteAction,
      })
      .refine(
        ({ action, candidateId, stationId }) =>
          !['hand-in', 'terminate', 'extend'].includes(action.kind) || candidateId || stationId,
        { error: 'for whom? name a candidate or a station' },
      ),
    reply: z
      .object({
        commands: z.array(z.object({ id: CommandId, stationId: StationId, station: z.string() }).readonly()).readonly(),
      })
      .readonly(),
  }),
  outcome: endpoint({
    method: 'GET',
    path: `${at}/commands/:id`,
    who: PROCTORING,
    says: 'What became of a command: nothing yet, `done`, or why not.',
    params: z.object({ ...ofFirm, id: CommandId }),
    reply: z.object({ outcome: CommandOutcome.nullable() }).readonly(),
  }),
} as const;
