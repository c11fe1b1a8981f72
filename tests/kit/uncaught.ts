/** What would have ended the program while the work ran: exceptions and rejections that nobody caught. */
export async function uncaughtDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
  const caught: string[] = [];
  const note = (error: unknown): void => void caught.push(String(error));
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const others = events.map((event) => process.listeners(event as 'uncaughtException'));
  for (const event of events) process.removeAllListeners(event).on(event, note);
  try {
    await work();
    await new Promise(setImmediate);
  } finally {
    for (const [at, event] of events.entries()) {
      process.removeAllListeners(event);
      for (const listener of others[at] ?? []) process.on(event, listener);
    }
  }
  return caught;
}
