import type { Sha256 } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import type { CourierParts } from './index.ts';

/** What proctors want of stations: sittings that move, commands from elsewhere, and what became of them. */
export type Post = { exchange(): Promise<void> };

type PostParts = Pick<CourierParts, 'client' | 'arrivals' | 'departures' | 'commands' | 'obey' | 'log'>;

export function openPost({ client, arrivals, departures, commands, obey, log }: PostParts): Post {
  /** Files that nothing can be made of: they are not fetched again. */
  const refused = new Set<Sha256>();

  const take = async (hash: Sha256): Promise<void> => {
    try {
      const { continues } = arrivals.take(await client.rescue(hash));
      log.info({ from: continues.from, sitting: continues.sitting }, 'an exam goes on here');
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason === 'center-down') throw error;
      refused.add(hash);
      log.warn({ reason: error.reason, detail: error.detail }, 'rescue');
    }
  };
  /** What the center will not take now it will not take later either; what it did not hear is said again. */
  const unlessRefused = async (say: () => Promise<void>): Promise<void> => {
    try {
      await say();
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason === 'center-down') throw error;
      log.warn({ reason: error.reason, detail: error.detail }, 'refused by the center');
    }
  };
  return {
    async exchange() {
      for (const departure of departures.unsent()) {
        await unlessRefused(() => client.sendRescue(departure));
        departures.sent(departure);
      }
      const mail = await client.mail();
      for (const command of mail.commands) obey(command);
      for (const { id, outcome } of commands.untold()) {
        await unlessRefused(() => client.report(id, outcome));
        commands.told(id);
      }
      for (const hash of mail.rescues) if (!arrivals.has(hash) && !refused.has(hash)) await take(hash);
    },
  };
}
