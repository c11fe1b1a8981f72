import type { Reason } from '../contract/words/reasons.ts';
import type { Remark } from '../contract/words/remarks.ts';
import type { OpenedProof } from './verify.ts';
import { isWellAfter } from './verify-times.ts';

/** A file that holds by itself, and what it is called. */
export type Member = OpenedProof & { readonly name: string; readonly id: string };

/** What is wrong with, or to be known of, these files only because the others are there. */
export type Finding =
  | { readonly of: readonly Member[]; readonly wrong: Reason; readonly detail: string }
  | { readonly of: readonly Member[]; readonly remark: Remark };

type Look = (members: readonly Member[]) => readonly Finding[];

const namesOf = (members: readonly Member[]): string => members.map(({ name }) => name).join(', ');

/** Of one station under one center: another center's station of the same name is another one. */
const stationOf = ({ file, header }: Member): string => `${file.centerKey} ${header.stationId}`;
/** One of each batch, with its receipt where any file has one. */
function batchesOf(members: readonly Member[]): readonly Member[] {
  const byId = Map.groupBy(members, (member) => `${stationOf(member)} ${member.id}`);
  return [...byId.values()].flatMap((same) => same.find(({ treeHead }) => treeHead) ?? same.slice(0, 1));
}
const isLogged = ({ treeHead }: Member): boolean => treeHead !== undefined;
const loggedIn = (members: readonly Member[]): number => members.filter(isLogged).length;

/**
 * Two batches with one number. A station that took one back, because the center refused it, says so in the one that stands
 * for it (`replaces`), and the center has logged one of them at most.
 */
const numberedTwice: Look = (members) =>
  [...Map.groupBy(batchesOf(members), (member) => `${stationOf(member)} ${member.header.number}`).values()].flatMap(
    (of): readonly Finding[] => {
      const [first] = of;
      if (!first || of.length === 1) return [];
      const { number, stationId } = first.header;
      const takenBack = loggedIn(of) <= 1 && of.filter(({ header }) => !header.replaces).length <= 1;
      return takenBack
        ? [{ of, remark: { code: 'batch-replaced', values: { number, files: namesOf(of) } } }]
        : [{ of, wrong: 'equivocation', detail: `${stationId} signed two batches ${number}: ${namesOf(of)}` }];
    },
  );

/** One sitting in two batches: with two results, or logged twice. What was set aside and sent again is the same in both. */
const satInTwo: Look = (members) => {
  const places = batchesOf(members).flatMap((member) =>
    member.batch.records.map(({ record, leaf }) => ({ member, sitting: record.sittingId, leaf: Buffer.from(leaf) })),
  );
  const bySitting = Map.groupBy(places, ({ member, sitting }) => `${member.file.centerKey} ${sitting}`);
  return [...bySitting.values()].flatMap((all): readonly Finding[] => {
    const [first] = all;
    if (!first || all.length === 1) return [];
    const of = all.map(({ member }) => member);
    const same = all.every(({ leaf }) => leaf.equals(first.leaf));
    if (same && loggedIn(of) <= 1)
      return [{ of, remark: { code: 'record-again', values: { sitting: first.sitting, files: namesOf(of) } } }];
    const detail = `${first.sitting} is in ${namesOf(of)}${same ? '' : ', with two results'}`;
    return [{ of, wrong: 'sitting-repeated', detail }];
  });
};

/** Each batch names the one before it: one that is missing, or another than is here. */
const chained: Look = (members) =>
  [...Map.groupBy(batchesOf(members), stationOf).values()].flatMap((batches) => {
    const byNumber = Map.groupBy(batches, ({ header }) => header.number);
    const numbers = [...byNumber.keys()].sort((p, q) => p - q);
    return numbers.slice(1).flatMap((number, at): readonly Finding[] => {
      const [before, these] = [numbers[at] as number, byNumber.get(number) ?? []];
      if (before < number - 1)
        return [{ of: these, remark: { code: 'batches-missing', values: { from: before + 1, to: number - 1 } } }];
      const those = byNumber.get(before) ?? [];
      return these.flatMap((member) => linkOf(member, those));
    });
  });

function linkOf(member: Member, before: readonly Member[]): readonly Finding[] {
  const { number, previous } = member.header;
  if (before.some(({ id }) => id === previous)) return [];
  const of = [...before.filter(isLogged), member];
  if (loggedIn(of) > 1)
    return [{ of, wrong: 'chain-broken', detail: `batch ${number} does not follow the one before: ${namesOf(of)}` }];
  return [{ of: [member], remark: { code: 'batch-unlinked', values: { number, files: namesOf(before) } } }];
}

/** One exam that was moved and came to two results: which stands, the center says. */
const endedTwice: Look = (members) => {
  const sat = batchesOf(members).flatMap((member) =>
    member.batch.records.map(({ record }) => ({ member, sitting: record.sittingId, root: record.continues?.root })),
  );
  const byRoot = Map.groupBy(sat, ({ member, root, sitting }) => `${member.file.centerKey} ${root ?? sitting}`);
  return [...byRoot.values()].flatMap((all): readonly Finding[] => {
    const sittings = [...new Set(all.map(({ sitting }) => sitting))];
    if (sittings.length === 1) return [];
    const of = all.map(({ member }) => member);
    return [{ of, remark: { code: 'exam-twice', values: { sittings: sittings.join(', ') } } }];
  });
};

/**
 * A station may change its key. Then all that the center logs from that moment on is by the next one, and has a higher number:
 * what a former key signed later is nothing that a center logs.
 */
const keyedTwice: Look = (members) =>
  [...Map.groupBy(members, stationOf).values()].flatMap((of): readonly Finding[] => {
    const since = ([first]: readonly Member[]) => first?.certificate.issuedAt ?? '';
    const byKey = [...Map.groupBy(of, ({ certificate }) => certificate.publicKey).values()].sort((a, b) =>
      since(a) < since(b) ? -1 : 1,
    );
    if (byKey.length === 1) return [];
    const late = byKey
      .slice(1)
      .flatMap((next, at) => loggedAfter((byKey[at] as readonly Member[]).filter(isLogged), next));
    const station = of[0]?.header.stationId ?? '';
    const changed = { of, remark: { code: 'station-key-other' as const, values: { station } } };
    if (late.length === 0) return [changed];
    const detail = `the center logged what ${station} signed with a key that it had changed: ${namesOf(late)}`;
    return [{ of: late, wrong: 'station-key-old', detail }, changed];
  });

/** Of what was logged by a former key, what cannot have been before the next one was certified. */
function loggedAfter(former: readonly Member[], next: readonly Member[]): readonly Member[] {
  const first = Math.min(...next.filter(isLogged).map(({ header }) => header.number));
  return former.filter(
    ({ header, treeHead }) =>
      header.number >= first ||
      (treeHead !== undefined && next.some(({ certificate }) => isWellAfter(treeHead.at, certificate.issuedAt))),
  );
}

/** A log shows everybody the same: with one size it has one root, and in one place one record. */
const forkedLog: Look = (members) => {
  const logged = batchesOf(members).filter(isLogged);
  const roots = logged.map((member) => ({
    ...{ member, place: `${member.file.centerKey} ${member.treeHead?.size}`, holds: member.treeHead?.root ?? '' },
  }));
  const leaves = logged.flatMap((member) =>
    member.batch.records.map(({ leaf }, at) => ({
      member,
      place: `${member.file.centerKey} leaf ${member.file.receipt?.inclusions[at]?.index}`,
      holds: Buffer.from(leaf).toString('hex'),
    })),
  );
  return [...Map.groupBy([...roots, ...leaves], ({ place }) => place).values()].flatMap((all): readonly Finding[] => {
    if (new Set(all.map(({ holds }) => holds)).size === 1) return [];
    const of = all.map(({ member }) => member);
    return [{ of, wrong: 'equivocation', detail: `the center signed two logs: ${namesOf(of)}` }];
  });
};

/** Each looks at all files together, for one thing. */
export const LOOKS: readonly Look[] = [numberedTwice, satInTwo, chained, forkedLog, endedTwice, keyedTwice];
