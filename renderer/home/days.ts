const DAY_MS = 24 * 3_600_000;

/** How many midnights lie between, by the clock of whoever looks: today 0, tomorrow 1; of what is over, below 0. */
export function daysUntil(at: string, now: Date): number {
  const then = new Date(at);
  const midnight = (of: Date): number => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate());
  return Math.round((midnight(then) - midnight(now)) / DAY_MS);
}

/** So many days before its end a certificate is one to ask about. */
const SOON = 90;

/** How long a certificate is good: `undefined` where it does not expire or holds no more. */
export function daysLeft(
  { expiresAt, standing }: { readonly expiresAt: string | null; readonly standing: string },
  now: Date,
): { readonly days: number; readonly soon: boolean } | undefined {
  if (expiresAt === null || standing === 'expired' || standing === 'revoked') return undefined;
  const days = Math.max(0, daysUntil(expiresAt, now));
  return { days, soon: days <= SOON };
}
