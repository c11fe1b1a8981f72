import { verify } from '@node-rs/argon2';
import type { CandidateId, ExamId, TenantId } from '../../../contract/words/ids.ts';
import type { AssignedUnlockWindow } from '../../../contract/words/proctoring.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import { openGuesses } from './guesses.ts';

/**
 * Codes that a proctor tells a room, so that candidates unlock their exam themselves: those of a firm are for its own people, be it
 * the one whose station it is, or a guest.
 */
export type UnlockCodes = {
  /** Whether a session of this exam is open now. */
  isOpen(exam: ExamId, guest?: TenantId): boolean;
  /**
   * The session whose code this is.
   * @param by who types it: wrong ones of one candidate keep no other waiting
   * @throws Refusal `code-wrong`, `code-wait`, `code-locked` for long, or until a proctor was there
   */
  authorise(code: string, by: CandidateId, exam: ExamId, guest?: TenantId): Promise<AssignedUnlockWindow>;
  /** A proctor is here: candidates may try again. */
  forget(): void;
  /** How long their next code has to wait after wrong ones. */
  waitMs(by: CandidateId): number;
};

/** @param list the sessions of this firm, read at each try */
export function openUnlockCodes(
  list: (guest?: TenantId) => readonly AssignedUnlockWindow[],
  clock: Clock,
  database: Database,
): UnlockCodes {
  const answers = { wrong: 'code-wrong', wait: 'code-wait', locked: 'code-locked' } as const;
  const guesses = openGuesses(database, clock, 'code', answers);
  const openNow = (exam: ExamId, guest: TenantId | undefined): readonly AssignedUnlockWindow[] => {
    const now = clock.wall();
    return list(guest).filter(({ examId, opensAt, closesAt }) => examId === exam && opensAt <= now && now < closesAt);
  };
  const find = async (
    code: string,
    exam: ExamId,
    guest: TenantId | undefined,
  ): Promise<AssignedUnlockWindow | undefined> => {
    for (const session of openNow(exam, guest))
      if (await verify(session.codeHash, code).catch(() => false)) return session;
    return undefined;
  };
  return {
    isOpen: (exam, guest) => openNow(exam, guest).length > 0,
    authorise: (code, by, exam, guest) => guesses.attempt([{ of: by, find: () => find(code, exam, guest) }]),
    forget: guesses.forgetAll,
    waitMs: guesses.waitMs,
  };
}
