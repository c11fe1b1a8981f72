import {
  type AssignedProctor,
  Assignment,
  everybodyOn,
  MAX_REFUSED_PHOTOS,
  type RefusedPhoto,
} from '../../../contract/station-center/center-api.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import { type CandidateId, type ExamId, Sha256, type TenantId } from '../../../contract/words/ids.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { Template } from '../../../native/face/index.ts';
import { hashOf } from '../../../proof/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { type AddedTemplates, openAddedTemplates } from './added-templates.ts';
import { type Candidates, openCandidates } from './candidates.ts';
import { openPhotos, type Photos } from './photos.ts';
import { openTemplates, type PhotoOf, type Templates } from './templates.ts';

/** Who of one firm may sit what here, as the center last said it, kept encrypted so that the station works without the center. */
export type FirmRoster = Pick<
  Candidates,
  'find' | 'findByNumber' | 'addVisitor' | 'eraseVisitor' | 'eraseVisitorsBut'
> & {
  readonly assignment: Assignment | undefined;
  /**
   * Takes over what the center says. Templates of people no longer on the roster are erased; of whoever sits by now, once that is
   * over.
   * @throws Refusal `signature-invalid` where the center said something newer before: an old roster, played back
   */
  apply(assignment: Assignment): void;
  /** @throws Refusal `no-exam` */
  exam(id: ExamId): Exam;
  readonly proctors: readonly AssignedProctor[];
  /** Photos that nobody looked at yet, or only a network that is no longer used. */
  withoutTemplate(embedder: string): readonly PhotoOf[];
  /** Those of one person. */
  withoutTemplateOf(id: CandidateId, embedder: string): readonly PhotoOf[];
  /** Whether a photo of theirs is still to be looked at. */
  awaitsTemplate(id: CandidateId, embedder: string): boolean;
  /** Of all photos of this person; none where they are of another network than the one in use: they are enrolled anew. */
  template(id: CandidateId, embedder: string): Template | undefined;
  /** The registered photos that this is made of. */
  reference(id: CandidateId, embedder: string): readonly Sha256[];
  /** Whether a template of this photo is of another network, and so of no use. */
  readonly isOutdated: Templates['isOutdated'];
  /** Whether somebody was enrolled, and must be again: no network in use can compare with what there is of them. */
  readonly mustEnrolAgain: Templates['areOutdated'];
  readonly saveTemplate: Templates['save'];
  /** Faces of check-ins without any doubt that this person is compared with besides. */
  readonly addedTemplates: AddedTemplates['of'];
  readonly addTemplate: AddedTemplates['add'];
  readonly refusePhoto: Templates['refuse'];
  /** Photos of which there is a template and no picture: as stations left it that kept none. */
  withoutPicture(embedder: string): readonly PhotoOf[];
  readonly savePhoto: Photos['save'];
  /** Small pictures of the registered photos of this person. */
  readonly photosOf: Photos['of'];
  /** That of one photo. */
  readonly keptPhoto: Photos['one'];
  /** Photos on the roster that were looked at and give no template: for whoever can take another. */
  refusedPhotos(): readonly RefusedPhoto[];
};

/**
 * @param vault asked for only where something is sealed or opened: a firm that nothing is kept of has no key
 * @param guest whose; without one that of whose station it is
 * @param sits whose exam runs here by now
 */
export function openFirmRoster(
  database: Database,
  vault: () => Vault,
  guest?: TenantId,
  sits: () => CandidateId | undefined = () => undefined,
): FirmRoster {
  const tenant = guest ?? '';
  const candidates = openCandidates(database, vault, tenant);
  const templates = openTemplates(database, vault, tenant);
  const added = openAddedTemplates(database, vault, tenant);
  const pictures = openPhotos(database, vault, tenant);
  const stored = openAssignment(database, vault, tenant);
  let assignment = stored.read();
  let applied: Sha256 | undefined;

  const applyAll = database.transaction((next: Assignment, finishing: CandidateId | undefined) => {
    const everybody = everybodyOn(next);
    candidates.replace(everybody, finishing);
    for (const { id, photos } of everybody) {
      if (templates.keepOnly(id, photos)) added.erase(id);
      pictures.keepOnly(id, photos);
    }
    stored.write(next);
  });
  const missingOf = (id: CandidateId, embedder: string): readonly PhotoOf[] => {
    const candidate = candidates.find(id);
    return candidate ? templates.missing(candidate, embedder) : [];
  };
  return {
    find: candidates.find,
    findByNumber: candidates.findByNumber,
    addVisitor: candidates.addVisitor,
    eraseVisitor: candidates.eraseVisitor,
    eraseVisitorsBut: candidates.eraseVisitorsBut,
    get assignment() {
      return assignment;
    },
    get proctors() {
      return assignment?.proctors ?? [];
    },
    apply(next) {
      if (assignment && next.issuedAt < assignment.issuedAt)
        throw new Refusal('signature-invalid', 'an older assignment');
      const { issuedAt: _, ...said } = next;
      const finishing = everybodyOn(next).some(({ id }) => id === sits()) ? undefined : sits();
      const hash = hashOf({ ...said, ...(finishing ? { finishing } : {}) });
      // Most rounds bring nothing new, and encrypting a large roster again takes its time.
      if (hash !== applied) applyAll.immediate(next, finishing);
      applied = hash;
      assignment = withoutPeople(next);
    },
    exam(id) {
      const exam = assignment?.exams.find((one) => one.id === id);
      if (!exam) throw new Refusal('no-exam', id);
      return exam;
    },
    withoutTemplate: (embedder) => candidates.listed().flatMap((one) => templates.missing(one, embedder)),
    withoutTemplateOf: missingOf,
    awaitsTemplate: (id, embedder) => missingOf(id, embedder).length > 0,
    template: templates.of,
    reference: (id, embedder) =>
      (candidates.find(id)?.photos ?? [])
        .filter((photo) => templates.has(id, photo, embedder))
        .map((photo) => Sha256.parse(photo)),
    isOutdated: templates.isOutdated,
    mustEnrolAgain: templates.areOutdated,
    saveTemplate: templates.save,
    addedTemplates: added.of,
    addTemplate: added.add,
    refusePhoto: templates.refuse,
    withoutPicture: (embedder) =>
      candidates
        .listed()
        .flatMap(({ id, photos }) => photos.map((photo) => ({ id, photo })))
        .filter(({ id, photo }) => templates.has(id, photo, embedder) && !pictures.has(id, photo)),
    savePhoto: pictures.save,
    photosOf: pictures.of,
    keptPhoto: pictures.one,
    refusedPhotos: () =>
      templates.refused
        .filter(({ id, photo }) => candidates.find(id)?.photos.includes(photo))
        .slice(0, MAX_REFUSED_PHOTOS)
        .map(({ id, photo, reasons }) => ({ candidateId: id, photo: Sha256.parse(photo), reasons })),
  };
}

/** People are kept each by themselves. */
const withoutPeople = ({ otherDocuments: _, ...assignment }: Assignment): Assignment => ({
  ...assignment,
  candidates: [],
});

/** All that the center said but for the candidates, who are kept one by one. */
function openAssignment(database: Database, vault: () => Vault, tenant: TenantId | '') {
  const put = database.prepare(
    'INSERT INTO assignments VALUES (?, ?) ON CONFLICT (tenant) DO UPDATE SET sealed = excluded.sealed',
  );
  const get = database.prepare<[string], { readonly sealed: Buffer }>(
    'SELECT sealed FROM assignments WHERE tenant = ?',
  );
  return {
    write: (next: Assignment): void =>
      void put.run(tenant, vault().seal(JSON.stringify(withoutPeople(next)), 'assignment')),
    read(): Assignment | undefined {
      const row = get.get(tenant);
      return row && Assignment.parse(JSON.parse(vault().open(row.sealed, 'assignment').toString('utf8')));
    },
  };
}
