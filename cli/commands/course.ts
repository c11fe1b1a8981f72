import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { openCourseFolder, type ReadCourse, readCourseFolder } from '../../authoring/course-folder/index.ts';
import type { CourseProblem } from '../../authoring/courses/index.ts';
import type { AtHome, Participation, Whom } from '../../contract/people-center/operator-api.ts';
import { courseSeconds } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { type Operator, openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type CheckOptions = Partial<CenterOptions>;
type AssignOptions = CenterOptions & {
  readonly exam: string;
  readonly all?: true;
  readonly numbers?: string;
  readonly audience?: true;
  readonly posts?: readonly string[];
  readonly sectors?: readonly string[];
  readonly categories?: readonly string[];
  readonly end?: true;
};

const FOLDER = 'a folder with a course.yaml, or a zip of one: docs/courses.md';

export function addCourse(program: Command): void {
  const course = program.command('course').description('courses that people study before the camera');
  course
    .command('check')
    .description('read a course and say what is wrong, lesson by lesson; changes nothing')
    .argument('<folder>', FOLDER)
    .option('--center <url>', 'address of the center, where the course asks questions of a bank that it has')
    .option('--token <token>', "the operator's token")
    .option('--json', 'print one JSON document')
    .action((folder: string, options: CheckOptions) => present(options.json, () => check(folder, options)));
  atCenter(
    course,
    'import',
    'put a course with its films and documents into the center, in place of the one with its id',
  )
    .argument('<folder>', FOLDER)
    .action((folder: string, options: CenterOptions) => present(options.json, () => toCenter(folder, options)));
  atCenter(course, 'list', 'courses, and how many of those who are to study them do').action((options: CenterOptions) =>
    present(options.json, () => list(options)),
  );
  atCenter(course, 'assign', 'give a course to people, besides the exam they sit')
    .requiredOption('--exam <id>', 'the course, as `course list` names it')
    .option('--all', 'to everybody on the roster')
    .option('--numbers <file>', 'to whoever has these numbers: a text file with one a line')
    .option('--audience', 'to whom the course says it is for')
    .option('--posts <post...>', 'to whoever has one of these posts')
    .option('--sectors <sector...>', 'to whoever works in one of these sectors')
    .option('--categories <category...>', 'to whoever is of one of these categories of personnel')
    .option('--end', 'take it from them instead; what they have studied stays')
    .action((options: AssignOptions) => present(options.json, () => assign(options)));
}

/** Reads a course out of a folder, and leaves nothing behind that was unpacked for it. */
async function withCourse<T>(
  folder: string,
  operator: Operator | undefined,
  work: (read: ReadCourse) => Promise<T> | T,
): Promise<T> {
  const opened = await openCourseFolder(folder);
  try {
    return await work(await readCourseFolder(opened, operator && ((id) => operator.bank(id))));
  } finally {
    opened.remove();
  }
}

function check(folder: string, { center, token }: CheckOptions): Promise<CommandResult> {
  const operator = center && token ? openOperator(center, token) : undefined;
  return withCourse(folder, operator, ({ made }) => {
    if (made.ok) return { exit: 0, json: { ok: true, exam: made.exam, problems: [] }, text: described(made.exam) };
    const text = made.problems.map(inWords);
    return { exit: 1, json: { ok: false, reason: 'course-unreadable', problems: made.problems }, text };
  });
}

const inWords = ({ lesson, title, reason, detail }: CourseProblem): string =>
  `${lesson === undefined ? 'the course' : `lesson ${lesson} (${title})`}: ${reason}: ${detail}`;

function described({ id, title, course, passMarks }: Exam): readonly string[] {
  const lessons = course?.lessons ?? [];
  const minutes = course ? Math.ceil(courseSeconds(course) / 60) : 0;
  return [
    `${title.zh}: ${lessons.length} lessons, ${minutes} minutes, ${passMarks} right answers to pass, exam ${id}`,
    ...lessons.map(({ kind, title: { zh }, seconds }, at) => `  ${at + 1}\t${kind}\t${seconds} s\t${zh}`),
  ];
}

function toCenter(folder: string, { center, token }: CenterOptions): Promise<CommandResult> {
  const operator = openOperator(center, token);
  return withCourse(folder, operator, async ({ made, bank, pictures, media }) => {
    if (!made.ok || !bank) {
      const problems = made.ok ? [] : made.problems.map(inWords);
      throw new Refusal('course-unreadable', problems.join('; '));
    }
    const { exam } = made;
    const there = new Set((await operator.listMedia()).map(({ hash }) => hash));
    const missing = [...media].filter(([hash]) => !there.has(hash));
    for (const [hash, { path, bytes }] of missing) {
      if (process.stderr.isTTY) process.stderr.write(`${path}: ${bytes} bytes\n`);
      await operator.putMedia(hash, path);
    }
    for (const picture of pictures.values()) await operator.putPicture(picture);
    await operator.putCourse({ exam, bank });
    const sent = `${missing.length} of ${media.size} films and documents sent, the others were there`;
    return {
      exit: 0,
      json: { ok: true, exam: exam.id, course: exam.course.id, bank: bank.id, media: media.size, sent: missing.length },
      text: [...described(exam), sent],
    };
  });
}

async function list({ center, token }: CenterOptions): Promise<CommandResult> {
  const { courses, people } = await openOperator(center, token).listCourses();
  const text = [
    ...courses.map(({ examId, people: of, atHome, title }) =>
      [examId, rates(of), ...(atHome ? [homeOf(atHome)] : []), title.zh].join('\t'),
    ),
    `all courses\t${rates(people)}`,
  ];
  return { exit: 0, json: { ok: true, courses, people }, text };
}

/** 参学率, and how many are through. */
const rates = ({ assigned, begun, completed }: Participation): string =>
  `${begun} of ${assigned} have begun (${percent(begun, assigned)}), ${completed} are through (${percent(completed, assigned)})`;

/** In no rate: nobody has seen who it was. */
const homeOf = ({ begun, completed }: AtHome): string =>
  `at home, not counted: ${begun} have begun, ${completed} are through`;

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`);

async function assign({ center, token, exam, end, ...whom }: AssignOptions): Promise<CommandResult> {
  const operator = openOperator(center, token);
  const examId = ExamId.parse(exam);
  const wish = { examId, whom: await whomOf(operator, examId, whom), ...(end ? { end } : {}) };
  const { changed, assigned, unknown } = await operator.giveCourse(wish);
  const text = [
    `${end ? 'taken from' : 'given to'} ${changed}; ${assigned} have it now`,
    ...unknown.map((number) => `nobody on the roster has the number ${number}`),
  ];
  return { exit: unknown.length > 0 ? 1 : 0, json: { ok: unknown.length === 0, changed, assigned, unknown }, text };
}

type Chosen = Omit<AssignOptions, keyof CenterOptions | 'exam' | 'end'>;

async function whomOf(operator: Operator, examId: ExamId, chosen: Chosen): Promise<Whom> {
  const { all, numbers, audience: own, posts, sectors, categories } = chosen;
  const named = posts ?? sectors ?? categories;
  if ([all, numbers, own, named].filter((one) => one !== undefined).length !== 1)
    throw new Refusal('bad-message', 'to whom? --all, --numbers, --audience, or --posts, --sectors and --categories');
  if (all) return { by: 'all' };
  if (numbers !== undefined) return { by: 'numbers', numbers: numbersIn(numbers) };
  if (named) return { by: 'audience', audience: { posts, sectors, categories } };
  const course = (await operator.listCourses()).courses.find((one) => one.examId === examId);
  if (!course?.audience) throw new Refusal('bad-message', `${examId} does not say whom it is for`);
  return { by: 'audience', audience: course.audience };
}

const numbersIn = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split(/\s+/)
    .filter((number) => number !== '');
