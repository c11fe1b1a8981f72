import type { Lesson } from '../../contract/words/course.ts';
import { type ItemId, LessonId, type Sha256 } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import type { LessonEntry } from './course-file.ts';
import { type CourseFacts, type MediaFact, nobodyLooked } from './facts.ts';
import { blocksOf, picturesIn, readPageText, type Written } from './page-text.ts';
import { type Found, found, trouble } from './problems.ts';
import { LESSON_SECONDS, secondsOfDocument, secondsOfFilm, secondsOfPage, secondsOfQuestions } from './seconds.ts';

type Entry<K extends LessonEntry['kind']> = Extract<LessonEntry, { readonly kind: K }>;

/** One lesson, of what its entry names. */
export function makeLesson(entry: LessonEntry, facts: CourseFacts): Found<Lesson> {
  const made = make(entry, facts);
  if (!made.ok) return made;
  const { seconds } = made.value;
  const { least, most } = LESSON_SECONDS;
  if (seconds < least || seconds > most)
    return trouble('seconds-outside', `it takes ${seconds} seconds; a lesson has from ${least} to ${most}`);
  return made;
}

function make(entry: LessonEntry, facts: CourseFacts): Found<Lesson> {
  switch (entry.kind) {
    case 'video':
      return makeFilm(entry, facts);
    case 'page':
      return makePage(entry, facts);
    case 'document':
      return makeDocument(entry, facts);
    case 'scorm':
      return makePackage(entry, facts);
    case 'questions':
      return makeQuestions(entry, facts);
  }
}

/** A lesson is the same one under its title, whatever changes in it: what somebody has studied of it stays studied. */
const lessonIdOf = ({ kind, title, id }: LessonEntry): LessonId =>
  LessonId.parse(`le_${id ?? sha256(`${kind}:${title.zh}`).slice(0, 16)}`);

const common = (entry: LessonEntry, seconds: number) => ({
  id: lessonIdOf(entry),
  title: entry.title,
  seconds: entry.seconds === undefined ? seconds : Math.round(entry.seconds),
});

/** So much may two files of one film differ. */
const SAME_FILM_SECONDS = 2;

function makeFilm(entry: Entry<'video'>, { media }: CourseFacts): Found<Lesson> {
  const films: Extract<MediaFact, { kind: 'film' }>[] = [];
  for (const file of entry.file) {
    const fact = media.get(file) ?? nobodyLooked(file);
    if (!fact.ok) return fact;
    if (fact.value.kind !== 'film') return trouble('media-type-unknown', `${file} is no film`);
    films.push(fact.value);
  }
  const lengths = films.map(({ seconds }) => seconds);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  if (longest - shortest > SAME_FILM_SECONDS)
    return trouble('films-differ', `they play from ${shortest} to ${longest} seconds`);
  const plays = secondsOfFilm(shortest);
  if (entry.seconds !== undefined && entry.seconds > plays)
    return trouble('seconds-outside', `the film plays ${plays} seconds, ${entry.seconds} are asked for`);
  const sources = films.map((film) => film.media);
  return found({ kind: 'video', ...common(entry, plays), sources, ...(entry.seek ? { seek: entry.seek } : {}) });
}

function makeDocument(entry: Entry<'document'>, { media }: CourseFacts): Found<Lesson> {
  const fact = media.get(entry.file) ?? nobodyLooked(entry.file);
  if (!fact.ok) return fact;
  if (fact.value.kind !== 'document') return trouble('media-type-unknown', `${entry.file} is no PDF`);
  const { media: file, pages } = fact.value;
  if (pages > 2_000) return trouble('document-unreadable', `${pages} pages; a lesson has 2000 at most`);
  return found({ kind: 'document', ...common(entry, secondsOfDocument(pages)), file, pages });
}

function makePackage(entry: Entry<'scorm'>, { media }: CourseFacts): Found<Lesson> {
  const fact = media.get(entry.file) ?? nobodyLooked(entry.file);
  if (!fact.ok) return fact;
  if (fact.value.kind !== 'package') return trouble('media-type-unknown', `${entry.file} is no package (SCORM)`);
  const { version, scos } = fact.value.manifest;
  const listed = scos.map(({ id, title }) => `${id} (${title})`).join(', ');
  if (entry.sco === undefined && scos.length > 1)
    return trouble('several-scos', `${listed}: make a lesson of each, and name it as sco`);
  const sco = entry.sco === undefined ? scos[0] : scos.find(({ id }) => id === entry.sco);
  if (!sco) return trouble('sco-missing', `${entry.sco} is none of ${listed}`);
  return found({ kind: 'scorm', ...common(entry, entry.seconds), file: fact.value.media, version, ...sco.unit });
}

function makePage(entry: Entry<'page'>, facts: CourseFacts): Found<Lesson> {
  const parts = partsOf(entry, facts);
  if (!parts.ok) return parts;
  const { zh, en } = parts.value;
  const hashes = new Map<string, Sha256>();
  for (const file of picturesIn(zh)) {
    const hash = facts.pictures.get(file) ?? nobodyLooked(file);
    if (!hash.ok) return hash;
    hashes.set(file, hash.value);
  }
  const blocks = blocksOf(zh, en, hashes);
  return blocks.ok
    ? found({ kind: 'page', ...common(entry, secondsOfPage(blocks.value)), blocks: blocks.value })
    : blocks;
}

type Parts = { readonly zh: readonly Written[]; readonly en: readonly Written[] | undefined };

function partsOf({ text, file }: Entry<'page'>, { texts }: CourseFacts): Found<Parts> {
  if (text) return found({ zh: readPageText(text.zh), en: text.en === undefined ? undefined : readPageText(text.en) });
  if (!file) return trouble('text-empty', 'a page has a text or names the file it is in');
  const zh = texts.get(file.zh) ?? nobodyLooked(file.zh);
  if (!zh.ok) return zh;
  if (file.en === undefined) return found({ zh: readPageText(zh.value), en: undefined });
  const en = texts.get(file.en) ?? nobodyLooked(file.en);
  return en.ok ? found({ zh: readPageText(zh.value), en: readPageText(en.value) }) : en;
}

function makeQuestions(entry: Entry<'questions'>, { bank: read }: CourseFacts): Found<Lesson> {
  // What is wrong with the bank is said once, of the course.
  if (!read.ok) return read;
  const items = entry.items ? named(entry.items, read.value) : ofTopic(entry, read.value);
  if (!items.ok) return items;
  if (new Set(items.value).size < items.value.length) return trouble('items-twice', 'an item is named twice');
  return found({ kind: 'questions', ...common(entry, secondsOfQuestions(items.value.length)), items: items.value });
}

type BankFact = Extract<CourseFacts['bank'], { ok: true }>['value'];

function named(wanted: readonly (number | string)[], { bank, rejected }: BankFact): Found<readonly ItemId[]> {
  if (rejected > 0 && wanted.some((one) => typeof one === 'number'))
    return trouble('items-unknown', `${rejected} rows of the bank are rejected: nobody knows which one a number means`);
  const items = wanted.map((one) =>
    typeof one === 'number' ? bank.items[one - 1] : bank.items.find(({ id }) => id === one),
  );
  const missing = wanted.filter((_, at) => !items[at]);
  if (missing.length > 0)
    return trouble('items-unknown', `of ${bank.items.length} items none is ${missing.join(', ')}`);
  return found(items.flatMap((item) => (item ? [item.id] : [])));
}

function ofTopic({ topic, count }: Entry<'questions'>, { bank }: BankFact): Found<readonly ItemId[]> {
  if (topic === undefined) return trouble('items-unknown', 'questions are named by items or by a topic');
  const there = bank.items.filter((item) => item.topic === topic || item.topic.startsWith(`${topic}/`));
  const wanted = count ?? there.length;
  if (there.length === 0 || there.length < wanted)
    return trouble('items-unknown', `${there.length} items of ${topic}, ${Math.max(wanted, 1)} are asked for`);
  if (wanted > 100)
    return trouble('items-unknown', `${wanted} items of ${topic}; a lesson asks 100 at most: say count`);
  return found(there.slice(0, wanted).map(({ id }) => id));
}
