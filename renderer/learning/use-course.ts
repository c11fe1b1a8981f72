import { useEffect, useState } from 'react';
import type { Course } from '../../contract/words/course.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import { usePage } from '../context.ts';

export type CourseHere = { readonly course: Course; readonly here: ReadonlySet<Sha256> };

const RETRY_MS = 1_000;

/**
 * What is studied, asked for until it is here.
 * @param missing how many lessons wait for a file: when one has come, it is asked for again
 */
export function useCourse(active: boolean, missing: number): CourseHere | undefined {
  const { station } = usePage();
  const [course, setCourse] = useState<CourseHere>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file that has come makes another answer
  useEffect(() => {
    if (!active) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const load = (): void => {
      station.call('course', {}).then(
        (found) => over || setCourse({ course: found.course, here: new Set(found.here) }),
        () => {
          if (!over) timer = setTimeout(load, RETRY_MS);
        },
      );
    };
    load();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [station, active, missing]);
  return course;
}
