import { describe, expect, it } from 'vitest';
import { FormItem } from '../../contract/words/form.ts';
import { meaningOf } from './exam-keys.ts';

const itemOf = (kind: 'single' | 'multiple' | 'numeric' | 'order' | 'match', options: readonly string[]) =>
  FormItem.parse({
    itemId: 'it_1',
    kind,
    stem: { zh: '题' },
    options: options.map((id) => ({ id: `op_${id}`, text: { zh: id } })),
    marks: 1,
  });
const chosen = (...ids: readonly string[]) => ({ chosen: ids.map((id) => `op_${id}`) as never });

describe('a key during an exam', () => {
  const single = itemOf('single', ['a', 'b', 'c', 'd']);
  const multiple = itemOf('multiple', ['a', 'b', 'c']);

  it('chooses one option by its letter, in place of another', () => {
    expect(meaningOf('b', single, chosen('a'))).toEqual({ kind: 'answer', given: chosen('b') });
    expect(meaningOf('D', single, chosen())).toEqual({ kind: 'answer', given: chosen('d') });
  });

  it('puts an option to the others where several may be chosen, and takes it back', () => {
    expect(meaningOf('c', multiple, chosen('a'))).toEqual({ kind: 'answer', given: chosen('a', 'c') });
    expect(meaningOf('a', multiple, chosen('a', 'c'))).toEqual({ kind: 'answer', given: chosen('c') });
  });

  it('turns the page', () => {
    expect(meaningOf('ArrowRight', single, chosen())).toEqual({ kind: 'go', by: 1 });
    expect(meaningOf('ArrowLeft', single, chosen())).toEqual({ kind: 'go', by: -1 });
  });

  it.each(['e', 'z', 'ArrowUp', 'Enter', ' ', 'ab'])('%s means nothing', (key) => {
    expect(meaningOf(key, single, chosen('a'))).toBeUndefined();
  });

  it('types into a number and chooses nothing there', () => {
    expect(meaningOf('a', itemOf('order', ['a', 'b']), chosen())).toBeUndefined();
    expect(meaningOf('a', itemOf('match', ['a', 'b']), chosen())).toBeUndefined();
    expect(meaningOf('a', itemOf('numeric', []), { chosen: [], typed: '36' })).toBeUndefined();
  });
});
