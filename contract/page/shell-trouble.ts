import { z } from 'zod';
import { Reason } from '../words/reasons.ts';

/** Why the kiosk has no station to show: what the shell tells its page, and nobody else can. */
export const ShellTrouble = z.object({ reason: Reason, detail: z.string() }).readonly();
export type ShellTrouble = z.infer<typeof ShellTrouble>;

/** What the shell says to somebody who wants to leave a kiosk without a station; no reason where it closes. */
export const LeaveAnswer = z.object({ reason: Reason.optional(), waitMs: z.number().min(0) }).readonly();
export type LeaveAnswer = z.infer<typeof LeaveAnswer>;

/** The window message that carries it; without one, the trouble is over. */
export const TroubleMessage = z.object({
  kind: z.literal('exam-station-trouble'),
  trouble: ShellTrouble.nullable(),
});
