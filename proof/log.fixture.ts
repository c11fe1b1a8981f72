import { certificateEntry, grantEntry } from '../contract/log/entries.ts';
import { ProofFile, Receipt, TreeHead } from '../contract/records/batches.ts';
import type { CenterKeyList } from '../contract/records/center-keys.ts';
import type { Grant } from '../contract/records/grants.ts';
import type { ExamRecord } from '../contract/records/index.ts';
import {
  canonicalJson,
  consistencyPath,
  type Hash,
  type Head,
  inclusionPath,
  leafHash,
  NO_KEYS,
  nodesOnAppend,
  rootOf,
  type Signer,
  sealRecord,
} from './index.ts';
import { AT, batchOf, newSigner, openTinyCenter } from './proof.fixture.ts';
import { checkpointText, cosign, sealEntry, signCheckpoint, writeNote } from './transparency/index.ts';

export const ORIGIN = 'log.example/exams';

/** A log in memory, as somebody keeps it who may do with it what they like. */
export function openSmallLog(signer: Signer, leaves: readonly Hash[] = []) {
  const own: Hash[] = [];
  const nodes = new Map<string, Hash>();
  const at = async (level: number, index: number): Promise<Hash> => nodes.get(`${level}/${index}`) as Hash;
  const add = async (leaf: Hash): Promise<number> => {
    for (const node of await nodesOnAppend(own.length, leaf, at)) nodes.set(`${node.level}/${node.index}`, node.hash);
    return own.push(leaf) - 1;
  };
  const ready = (async () => {
    for (const leaf of leaves) await add(leaf);
  })();
  const head = async (size = own.length): Promise<Head> => ({ size, root: await rootOf(size, at) });
  return {
    leaves: own,
    ready,
    add,
    head,
    async treeHead(size = own.length, time = AT) {
      const { root } = await head(size);
      return signer.sign('exam-station/tree-head', TreeHead.parse({ size, root: hex(root), at: time }));
    },
    async inclusion(index: number, size = own.length) {
      return { index, path: (await inclusionPath(index, size, at)).map(hex) };
    },
    consistency: async (from: number, to = own.length) => (await consistencyPath(from, to, at)).map(hex),
    async checkpoint(
      witnesses: readonly { readonly name: string; readonly signer: Signer }[] = [],
      size = own.length,
      by = signer,
    ) {
      const checkpoint = { origin: ORIGIN, ...(await head(size)) };
      const text = checkpointText(checkpoint);
      const lines = witnesses.map((one) => cosign(text, one.name, one.signer, new Date(AT)));
      return writeNote(text, [signCheckpoint(checkpoint, by), ...lines]);
    },
  };
}
export type SmallLog = ReturnType<typeof openSmallLog>;

const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');

type Wish = {
  readonly witnesses?: readonly { readonly name: string; readonly signer: Signer }[];
  readonly grants?: readonly Partial<Record<keyof Grant, unknown>>[];
  /** Whose key is pinned, where the one that signs is no root. */
  readonly root?: Signer;
  /** The private key of the one that signs. */
  readonly secret?: Uint8Array;
  readonly keys?: CenterKeyList;
  /** Who signs the checkpoint, where it is another one. */
  readonly checkpointBy?: Signer;
};

/** A proof file that shows its log, and all that went into it. */
export async function genuineInLog(records: readonly ExamRecord[], wish: Wish = {}) {
  const { witnesses = [], grants = [], keys = NO_KEYS } = wish;
  const center = openTinyCenter(wish.secret);
  const signer = newSigner();
  const certificate = center.certify(signer.publicKey);
  const given = grants.map(center.grant);
  const log = openSmallLog(center.signer, [leafHash('before')]);
  await log.ready;
  const places: number[] = [];
  for (const entry of [certificateEntry(certificate), ...given.map(grantEntry)])
    places.push(await log.add(sealEntry(entry).leaf));
  const batch = await batchOf(records, signer);
  const own: number[] = [];
  for (const record of records) own.push(await log.add(sealRecord(record).leaf));
  const size = log.leaves.length;
  const receipt = Receipt.parse({
    format: 'exam-station/receipt@1',
    treeHead: await log.treeHead(),
    inclusions: await Promise.all(own.map((index) => log.inclusion(index))),
  });
  for (const later of ['a', 'b', 'c']) await log.add(leafHash(later));
  const [first, ...others] = await Promise.all(places.map((index) => log.inclusion(index)));
  const file = ProofFile.parse({
    format: 'exam-station/proof@3',
    centerKey: (wish.root ?? center.signer).publicKey,
    ...{ certificate, batch, receipt, grants: given, ...keys },
    log: {
      checkpoint: await log.checkpoint(witnesses, log.leaves.length, wish.checkpointBy),
      consistency: await log.consistency(size),
      certificate: first,
      grants: others,
    },
  }) as Extract<ProofFile, { format: 'exam-station/proof@3' }>;
  return { center, signer, batch, file, log, size, text: textOf(file) };
}

export const textOf = (file: object): string => `${canonicalJson(file)}\n`;
