import { describe, expect, it } from 'vitest';
import { readYaml, YAML_MOST } from './read-yaml.ts';

const LAUGHS = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map(laugh)].join('\n');
function laugh(name: string, at: number): string {
  return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[at]}`).join(',')}]`;
}

describe('a document of YAML', () => {
  it('says what is written, aliases too, and JSON says the same', () => {
    expect(readYaml('a: &one [1, x]\nb: *one\n')).toEqual({ a: [1, 'x'], b: [1, 'x'] });
    expect(readYaml('{"a": [1, "x"]}')).toEqual({ a: [1, 'x'] });
    expect(readYaml('pin: 048291', { asWritten: true })).toEqual({ pin: '048291' });
  });

  it.each([
    ['aliases of aliases, which stand for a billion words', LAUGHS],
    ['an alias that names what it stands in', 'a: &a [*a]'],
    ['one more alias than is asked for', `a: &a 1\nb: [${'*a,'.repeat(YAML_MOST.aliases + 1)}]`],
    ['a nest without end', '['.repeat(50_000)],
    ['a nest that does end', '['.repeat(40) + ']'.repeat(40)],
    ['more keys than anybody writes', Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n')],
    ['more than fits', ' '.repeat(YAML_MOST.letters + 1)],
    ['brackets that close nothing', '}'.repeat(YAML_MOST.tokens + 1)],
  ])('is refused with %s', (_, text) => {
    expect(() => readYaml(text)).toThrow(Error);
  });

  it('is read where a list is as long as lists get', () => {
    const terminals = Array.from(
      { length: 500 },
      (_, at) => `  - { name: T${at}, enrolmentCode: ABCD-EFGH-JKMN, seat: 1-${at} }`,
    );
    const said = readYaml(`room: R\nterminals:\n${terminals.join('\n')}`, { asWritten: true });
    expect(said).toMatchObject({ terminals: { length: 500 } });
  });
});
