/**
 * What one poll of a reader means: find, select, read, and which of it is news. Knows no port and no clock.
 *
 * A SAM-V does not find a card again that it has read until the card leaves the field; some clones do. So "the same card
 * still lies there" is decided by its number, and a find that finds nothing ends it.
 */

import type { CardText } from './card-text.ts';
import type { Answer, Exchange } from './exchange.ts';
import { type CardRead, createCardRead } from './read-card.ts';
import { COMMANDS, statusMeaning } from './samv-tables.ts';

export type WatchEvent =
  | { readonly kind: 'card'; readonly card: CardText; readonly photo: Uint8Array }
  /** `detail` says where it failed, never what the card said. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** The reader has answered nothing for several polls, or only that it is out of order. */
  | { readonly kind: 'silent' };

/** Tries for one card before it is called unreadable: a card laid down slowly often fails the first. */
const TRIES = 3;
/** So many finds in a row without a card end a presentation that failed; fewer may be a card held badly. */
const ABSENCES = 3;
/** So many polls in a row without an answer, and the reader is taken for dead. */
const SILENCES = 3;
/** Self-test failed, not authorised: the reader answers, and will never find a card. */
const OUT_OF_ORDER: readonly number[] = [0x60, 0x66];

type Look = { readonly kind: 'none' } | { readonly kind: 'silent' } | CardRead;

export type CardWatch = { poll(): Promise<WatchEvent | undefined> };

export function createCardWatch(exchange: Exchange): CardWatch {
  const readCard = createCardRead(exchange);
  /** The number of the card that was reported and has not been seen to leave. */
  let lying: string | undefined;
  let failures = 0;
  /** Why the card failed that the reader may count as read. */
  let spent: string | undefined;
  let complained = false;
  let absences = 0;
  let silences = 0;

  const complain = (detail: string): WatchEvent | undefined => {
    if (complained || lying !== undefined) return undefined;
    complained = true;
    return { kind: 'unreadable', detail };
  };
  const judge = {
    silent(): WatchEvent | undefined {
      silences++;
      return silences >= SILENCES ? { kind: 'silent' } : undefined;
    },
    none(): WatchEvent | undefined {
      const event = spent === undefined ? undefined : complain(spent);
      lying = spent = undefined;
      absences++;
      if (absences >= ABSENCES) {
        complained = false;
        failures = 0;
      }
      return event;
    },
    failed(look: Look & { kind: 'failed' }): WatchEvent | undefined {
      absences = 0;
      failures++;
      spent = look.spent ? look.detail : undefined;
      return failures >= TRIES ? complain(look.detail) : undefined;
    },
    read({ card, photo }: Look & { kind: 'read' }): WatchEvent | undefined {
      absences = failures = 0;
      complained = false;
      spent = undefined;
      if (card.number === lying) return undefined;
      lying = card.number;
      return { kind: 'card', card, photo };
    },
  };

  return {
    async poll() {
      for (;;) {
        const look = await lookOnce(exchange, readCard);
        if (look.kind === 'silent') return judge.silent();
        silences = 0;
        if (look.kind === 'none') return judge.none();
        if (look.kind === 'read') return judge.read(look);
        const event = judge.failed(look);
        // The next try comes at once: a candidate waits, and a card just laid down reads at the second.
        if (failures >= TRIES) return event;
      }
    },
  };
}

async function lookOnce(exchange: Exchange, readCard: () => Promise<CardRead>): Promise<Look> {
  const found = await exchange('find');
  if (!found.ok) return { kind: 'silent' };
  const status = found.reply.sw[2];
  if (status !== COMMANDS.find.success) return { kind: OUT_OF_ORDER.includes(status) ? 'silent' : 'none' };
  const selected = await exchange('select');
  return worked(selected) ? readCard() : { kind: 'failed', detail: `select: ${whyNot(selected)}`, spent: false };
}

const worked = (answer: Answer): boolean => answer.ok && answer.reply.sw[2] === COMMANDS.select.success;
const whyNot = (answer: Answer): string => (answer.ok ? statusMeaning(answer.reply.sw[2]) : answer.fault);
