import { useCallback, useState } from 'react';
import { bankEndpoints } from '../../contract/platform/banks.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { zipOf } from './course-zip.ts';
import { type Choice, ChoiceField, Form, TextField } from './fields.tsx';
import { FileField } from './file-field.tsx';
import type { Firm } from './use-firm.ts';

type Props = { readonly firm: Firm; readonly disabled: boolean; readonly onMade: (zip: Blob) => void };
type Lesson = { readonly file: File; readonly title: string; readonly minutes: string };

/** What a file becomes; parts of a stream come with its list, and are no lessons. */
const KINDS = { mp4: 'video', webm: 'video', m3u8: 'video', pdf: 'document', zip: 'scorm' } as const;
const PARTS = ['ts', 'm4s', 'aac'];
const endOf = ({ name }: File): string => name.split('.').at(-1)?.toLowerCase() ?? '';
const kindOf = (file: File) => KINDS[endOf(file) as keyof typeof KINDS];
const ACCEPT = [...Object.keys(KINDS), ...PARTS].map((end) => `.${end}`).join();

/** Puts a course together of films, documents and packages, each a lesson: nobody has to write one down. */
export function CourseFromFiles({ firm, disabled, onMade }: Props) {
  const { t } = usePlatform();
  const banks = useBanks(firm);
  const [title, setTitle] = useState('');
  const [bank, setBank] = useState('');
  const [home, setHome] = useState(false);
  const [questions, setQuestions] = useState('0');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [lessons, setLessons] = useState<readonly Lesson[]>([]);
  const asks = bank || banks[0]?.value || '';
  const choose = (chosen: readonly File[]) => {
    const sorted = chosen.toSorted((a, b) => a.name.localeCompare(b.name, 'zh', { numeric: true }));
    setFiles(sorted);
    const shown = sorted.filter(kindOf);
    setLessons(shown.map((file) => ({ file, title: file.name.replace(/\.[^.]+$/, ''), minutes: '10' })));
    setTitle((before) => before || (shown[0]?.name.replace(/\.[^.]+$/, '') ?? ''));
  };
  const change = (at: number, more: Partial<Lesson>) =>
    setLessons(lessons.map((lesson, nth) => (nth === at ? { ...lesson, ...more } : lesson)));
  const make = async () => {
    const items = Array.from({ length: Number(questions) }, (_, at) => at + 1);
    const asked = items.length > 0 ? [{ kind: 'questions', title: t('courses.asks'), items }] : [];
    const course = {
      ...{ title: title.trim(), bank: asks, ...(home ? { home: 'allowed' } : {}) },
      lessons: [...lessons.map(asLesson), ...asked],
    };
    // What is JSON is YAML.
    const said = { name: 'course.yaml', bytes: new Blob([JSON.stringify(course)]) };
    onMade(await zipOf([said, ...files.map((file) => ({ name: file.name, bytes: file }))]));
  };
  return (
    <Form onSend={make}>
      <FileField
        name="lessons"
        label={t('courses.files')}
        hint={t('courses.files-hint')}
        accept={ACCEPT}
        many
        disabled={disabled}
        onFiles={choose}
      />
      {lessons.length > 0 && (
        <>
          <div className="fields">
            <TextField name="course-title" label={t('courses.name')} value={title} onChange={setTitle} required />
            <ChoiceField
              name="course-bank"
              label={t('courses.bank')}
              hint={banks.length === 0 ? t('courses.no-bank') : undefined}
              value={asks}
              onChange={setBank}
              choices={banks}
              required
            />
            <TextField
              name="course-questions"
              type="number"
              min={0}
              label={t('courses.how-many')}
              value={questions}
              onChange={setQuestions}
            />
            <label className="check">
              <input type="checkbox" name="at-home" checked={home} onChange={(e) => setHome(e.target.checked)} />
              {t('courses.home')}
            </label>
          </div>
          <ol className="rows boxed">
            {lessons.map((lesson, at) => (
              <li key={lesson.file.name} className="fields">
                <TextField
                  name={`lesson-${at}`}
                  label={t('courses.lesson-title', { file: lesson.file.name })}
                  value={lesson.title}
                  onChange={(text) => change(at, { title: text })}
                  required
                />
                {kindOf(lesson.file) === 'scorm' && (
                  <TextField
                    name={`minutes-${at}`}
                    type="number"
                    min={1}
                    label={t('courses.minutes')}
                    value={lesson.minutes}
                    onChange={(minutes) => change(at, { minutes })}
                    required
                  />
                )}
              </li>
            ))}
          </ol>
          <div>
            <Button submits action="look-course" disabled={disabled || asks === ''}>
              {t('courses.look')}
            </Button>
          </div>
        </>
      )}
    </Form>
  );
}

function asLesson({ file, title, minutes }: Lesson): object {
  const kind = kindOf(file);
  const seconds = kind === 'scorm' ? { seconds: Number(minutes) * 60 } : {};
  return { kind, title: title.trim(), file: file.name, ...seconds };
}

/** Banks of the firm, in the version that counts: a course names one, also where it asks nothing. */
function useBanks(firm: Firm): readonly Choice[] {
  const { ask, locale } = usePlatform();
  const load = useCallback(() => ask(bankEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value } = useLoaded(load);
  const all = (value?.exams ?? []).flatMap(({ title, versions }) =>
    versions.filter(({ current }) => current).map(({ bankId }) => [bankId, title[locale] ?? title.zh] as const),
  );
  return [...new Map(all)].map(([bankId, label]) => ({ value: bankId, label }));
}
