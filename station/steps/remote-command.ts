import type { GrantId, Instant } from '../../contract/words/ids.ts';
import type { CommandOutcome, StationCommand } from '../../contract/words/proctoring.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { guestOf } from '../core/sitting/index.ts';
import { mustBeginHere } from '../moving/index.ts';
import type { RemoteProctoring } from './parts.ts';
import { act, needsTwo } from './proctor-action.ts';

/**
 * What was obeyed when the power went is in the ledger: the center hears so, and nobody gives the same time twice.
 * Called once, at start.
 */
export function settleCutShort({ commands, seat }: Pick<RemoteProctoring, 'commands' | 'seat'>): void {
  const done = new Set((seat.current?.decisions ?? []).map(({ via }) => via));
  for (const { id, outcome } of commands.untold())
    if (outcome === 'station-restarted' && done.has(id)) commands.settle(id, 'done');
}

/** Does what the center says that a proctor elsewhere wants, and writes down what became of it. */
export async function obey(parts: RemoteProctoring, jws: string, at: Instant, grant?: GrantId): Promise<void> {
  const { commands, log } = parts;
  try {
    const command = commands.admit(jws, at, grant);
    parts.proctors.vouchedFor(command.by, isOwn(parts, command) ? undefined : command.tenantId);
    commands.settle(command.id, await outcomeOf(() => actRemotely(parts, command)));
  } catch (error) {
    const { reason, detail } = error instanceof Refusal ? error : new Refusal('internal', String(error));
    // It comes again until the center has heard what became of it.
    if (reason !== 'command-replayed') log.warn({ reason, detail }, 'command');
  }
}

async function outcomeOf(work: () => Promise<void>): Promise<CommandOutcome> {
  try {
    await work();
    return 'done';
  } catch (error) {
    return error instanceof Refusal ? error.reason : 'internal';
  }
}

async function actRemotely(parts: RemoteProctoring, command: StationCommand): Promise<void> {
  const { id, by, second, action } = command;
  mustBeHere(parts, command);
  const claim = action.kind === 'unlock' ? await mustBeginHere(parts) : undefined;
  mustBeHere(parts, command);
  if (needsTwo(parts, action.kind) && (!second || second === by)) throw new Refusal('second-proctor-needed');
  act(parts, { by, ...(second ? { second } : {}), via: id }, action, claim);
}

const isOwn = ({ identity }: Pick<RemoteProctoring, 'identity'>, { tenantId }: StationCommand): boolean =>
  (tenantId ?? identity.enrolment?.tenantId) === identity.enrolment?.tenantId;

/** For whoever it is meant: two firms may call an exam or somebody the same. */
function mustBeHere(
  { seat, identity }: Pick<RemoteProctoring, 'seat' | 'identity'>,
  { tenantId, examId, candidateId }: StationCommand,
): void {
  const { current } = seat;
  const firm = guestOf(current) ?? identity.enrolment?.tenantId;
  const ofFirm = (tenantId ?? identity.enrolment?.tenantId) === firm;
  if (!ofFirm || current?.exam.id !== examId || (candidateId && current.candidateId !== candidateId))
    throw new Refusal('nobody-here');
}
