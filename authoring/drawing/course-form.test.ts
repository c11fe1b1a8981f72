import { expect, it } from 'vitest';
import { courseItems } from '../../contract/words/course.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { BANK } from '../bank.fixture.ts';
import { COURSE, LEARNING } from '../course.fixture.ts';
import { courseForm } from './index.ts';

const EXAM = { ...LEARNING, course: COURSE };

it('the form of a course is all that it asks, in its order, each for one mark', () => {
  const { items, method, bankId } = courseForm(BANK, EXAM, 'a seed');
  expect(items.map(({ itemId }) => itemId)).toEqual(courseItems(COURSE));
  expect(new Set(items.map(({ marks }) => marks))).toEqual(new Set([1]));
  expect([method, bankId]).toEqual(['course@3', BANK.id]);
  for (const { itemId, options } of items)
    expect(options.toSorted()).toEqual(
      BANK.items
        .find(({ id }) => id === itemId)
        ?.options.map(({ id }) => id)
        .toSorted(),
    );
});

it('the same seed gives the same order of options, and another seed another', () => {
  const orders = (seed: string) => courseForm(BANK, EXAM, seed).items.map(({ options }) => options);
  expect(orders('one')).toEqual(orders('one'));
  expect(['two', 'three', 'four'].map(orders)).not.toEqual([orders('one'), orders('one'), orders('one')]);
});

it('an item that the bank does not have is none of the course', () => {
  const other = { ...BANK, items: BANK.items.slice(0, 3) };
  expect(reasonOf(() => courseForm(other, EXAM, 'a seed'))).toBe('item-unknown');
});
