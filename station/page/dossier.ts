import type { ChipSaid, Dossier } from '../../contract/page/proctor-desk.ts';
import { bareNumber, birthDateOf, parseIdNumber } from '../../contract/words/id-number.ts';
import type { Instant, TenantId } from '../../contract/words/ids.ts';
import { guestOf, type Sitting } from '../core/sitting/index.ts';
import type { Candidate } from '../keep/roster/index.ts';
import { attemptsOf, type CardSaid, cardDoubts, type Proctoring } from '../steps/index.ts';
import type { Judging } from '../watch/index.ts';
import type { LastChip } from './last-chip.ts';

type DossierParts = Pick<Proctoring, 'seat' | 'roster' | 'outbox' | 'beginnings' | 'turnedAway' | 'clock'> &
  Pick<Judging, 'thresholds'> & { readonly chip: LastChip };

type Somebody = {
  readonly candidate: Candidate;
  readonly guest: TenantId | undefined;
  readonly by: Sitting['identifiedBy'];
};

/** Who sits here, or else was turned away. */
function somebodyHere({ seat, roster, turnedAway }: DossierParts): Somebody | undefined {
  const { current: sitting } = seat;
  if (sitting) {
    const guest = guestOf(sitting);
    const candidate = roster.of(guest).find(sitting.candidateId);
    return candidate && { candidate, guest, by: sitting.identifiedBy };
  }
  const { current: away } = turnedAway;
  return away && { candidate: away.candidate, guest: away.grant?.tenantId, by: away.by };
}

/** What a proctor may know of whoever is here, as it is now. */
export function dossierOf(parts: DossierParts): Dossier {
  const somebody = somebodyHere(parts);
  return {
    ...(somebody ? { person: personOf(parts, somebody) } : {}),
    ...(parts.seat.current ? { scores: scoresOf(parts, parts.seat.current) } : {}),
  };
}

function personOf(parts: DossierParts, { candidate, guest, by }: Somebody): NonNullable<Dossier['person']> {
  const { name, number, seat } = candidate;
  const birthDate = birthDateOf(number);
  const card = parts.chip.of(number);
  const parsed = parseIdNumber(number);
  const { current: sitting } = parts.seat;
  // Of their exam alone: who practises or studies may do it as often as they like.
  const counted = number !== '' && (!sitting || sitting.exam.id === candidate.examId);
  const attempts = !counted
    ? undefined
    : attemptsOf(parts, { candidate, ...(guest ? { grant: { tenantId: guest } } : {}) });
  return {
    ...{ name, number: bareNumber(number), identifiedBy: by },
    ...(parsed.ok ? { document: parsed.kind } : {}),
    ...(birthDate ? { birthDate } : {}),
    ...(seat ? { seat } : {}),
    ...(card ? { chip: chipOf(card, candidate, parts.clock.wall()) } : {}),
    ...(attempts ? { attempts } : {}),
  };
}

function chipOf(card: CardSaid, candidate: Candidate, at: Instant): ChipSaid {
  const { names, numbers, birthDate, validFrom, validTo } = card;
  const said = { name: names.map(({ text }) => text).join(' / '), number: bareNumber(numbers[0] ?? '') };
  return { ...said, birthDate, validFrom, validTo, doubts: cardDoubts(card, candidate, at) };
}

function scoresOf({ thresholds }: DossierParts, { lastCapture }: Sitting): NonNullable<Dossier['scores']> {
  const { similarity, live, light, challenge } = lastCapture ?? {};
  const { accept, refuseBelow, live: liveAt, curve } = thresholds;
  return {
    ...(similarity === undefined ? {} : { similarity }),
    ...(live === undefined ? {} : { live }),
    ...(light ? { light } : {}),
    ...(challenge ? { challenge } : {}),
    thresholds: { accept, refuseBelow, live: liveAt },
    ...(curve ? { curve } : {}),
  };
}

/** The registered photos of whoever is here. */
export function photosHere(parts: DossierParts): readonly Uint8Array[] {
  const somebody = somebodyHere(parts);
  return somebody ? parts.roster.of(somebody.guest).photosOf(somebody.candidate.id) : [];
}
