import { describe, expect, it } from 'vitest';
import { importBank } from './import-bank.ts';

const HEAD = '题型,题目,答案\n';
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const readRow = async (stem: string, key: string, kind = '填空题') => {
  const { items, report } = await importBank(Buffer.from(`${HEAD}${kind},${quoted(stem)},${quoted(key)}\n`), 'a.csv');
  return { item: items[0], reason: report.rejected[0]?.reason, repairs: report.repairs };
};
const keysOf = async (stem: string, key: string) =>
  (await readRow(stem, key)).item?.gaps?.map(({ accepted }) => accepted.join('|'));

describe('a row of 填空题', () => {
  it.each([
    ['安全生产方针是（ ）。', '安全第一', ['安全第一']],
    ['什么是我国的安全生产方针？', '安全第一。', ['安全第一']],
    ['先（ ）后（  ）。', '断电；验电', ['断电', '验电']],
    ['先____后____。', '断电、验电', ['断电', '验电']],
    ['先____后____。', '断电，验电；', ['断电', '验电']],
    ['先【】后【 】。', '断电 验电', ['断电', '验电']],
    ['先( )后(__)。', '①断电②验电', ['断电', '验电']],
    ['先（ ）后（ ）。', '（1）断电；（2）验电', ['断电', '验电']],
    ['先（ ）后（ ）。', '1.断电 2.验电', ['断电', '验电']],
    ['先（ ）后（ ）。', '1、断电；2、验电', ['断电', '验电']],
    ['先（ ）后（ ）。', '1）断电，2）验电。', ['断电', '验电']],
    ['从（ ）到（ ）。', '1.5、2.5', ['1.5', '2.5']],
    ['从（ ）到（ ）。', '1、2', ['1', '2']],
    ['函数是（ ）。', 'f(x)', ['f(x)']],
    ['先（ ）后（ ）。', '断电|切断电源；验电', ['断电|切断电源', '验电']],
    ['先（ ）。', '答案：断电｜切断电源', ['断电|切断电源']],
    ['安全电压是（ ）。', '36V', ['36V']],
    ['时速不超过（ ）。', '5km/h', ['5km/h']],
    ['半径是（ ）米。', '1.5', ['1.5']],
  ])('%s with %s has these keys', async (stem, key, gaps) => expect(await keysOf(stem, key)).toEqual(gaps));

  it.each([
    ['先（ ）后（ ）。', '断电', 'key-unreadable'],
    ['先（ ）。', '断电、验电', 'key-unreadable'],
    ['先（ ）。', '断电；验电', 'key-unreadable'],
    ['先（ ）后（ ）。', '断电、验电；上锁', 'key-unreadable'],
    ['先（ ）后（ ）。', '断电；', 'key-unreadable'],
    ['先（ ）后（ ）。', '①断电③验电', 'key-unreadable'],
    ['先（ ）。', '停电/断电', 'key-unreadable'],
    ['先（ ）。', '停电或断电', 'key-too-free'],
    ['先（ ）。', '略', 'key-too-free'],
    ['先（ ）。', '1.断电 2.验电', 'key-unreadable'],
    ['先（ ）后（ ）。', '断电；验电（顺序不限）', 'key-too-free'],
    ['先（ ）。', '断电（切断电源）', 'key-too-free'],
    ['有毒的是（ ）。', '一氧化碳（CO）', 'key-too-free'],
    ['系（ ）。', '（安全）带', 'key-too-free'],
    ['电压（ ）。', '36±0.5', 'key-too-free'],
    ['怎样灭火？', '先切断电源，再用干粉灭火器对准火焰根部喷射直到熄灭然后看守现场', 'key-too-free'],
    ['怎样灭火？', '先切断电源再用干粉灭火器对准火焰根部喷射直到熄灭并且看守现场不少于三十分钟', 'key-too-free'],
    ['先（ ）。', '', 'key-missing'],
  ])('%s with %s is refused: %s', async (stem, key, reason) => expect((await readRow(stem, key)).reason).toBe(reason));

  it('with options beside it is refused', async () => {
    const csv = '题型,题目,选项A,选项B,答案\n填空题,先（ ）。,断电,验电,A\n';
    expect((await importBank(Buffer.from(csv), 'a.csv')).report.rejected.map(({ reason }) => reason)).toEqual([
      'options-unclear',
    ]);
  });

  it('does not show its key in the bracket of the stem', async () => {
    const { item, repairs } = await readRow('方针是（安全第一）。', '安全第一');
    expect(item?.stem.zh).toBe('方针是（ ）。');
    expect(repairs[0]?.repairs).toEqual([{ part: 'stem', from: '方针是（安全第一）。', to: '方针是（ ）。' }]);
  });

  it('is one item with one id whatever its key, and another where it has more gaps', async () => {
    const id = async (stem: string, key: string) => (await readRow(stem, key)).item?.id;
    expect(await id('先（ ）。', '断电')).toBe(await id('先（ ）。', '验电'));
    expect((await readRow('方针', '安全第一', '简答题')).item?.kind).toBe('text');
  });
});

describe('a row of 排序题', () => {
  const order = async (key: string) => {
    const csv = `题型,题目,选项A,选项B,选项C,选项D,答案\n排序题,检修的步骤：,挂牌,验电,停电,接地,${key}\n`;
    const { items, report } = await importBank(Buffer.from(csv), 'a.csv');
    const [item] = items;
    const texts = item?.key.map((id) => item.options.find((option) => option.id === id)?.text?.zh);
    return texts ?? report.rejected[0]?.reason;
  };
  it.each(['CBDA', 'C-B-D-A', 'C→B→D→A', 'C、B、D、A', ' c b d a ', '答案：CBDA'])(
    'with %s has this order',
    async (key) => expect(await order(key)).toEqual(['停电', '验电', '接地', '挂牌']),
  );
  it.each([
    ['CBD', 'key-count'],
    ['CBDD', 'key-unreadable'],
    ['CBDE', 'key-outside-options'],
    ['停电、验电', 'key-unreadable'],
    ['', 'key-missing'],
  ])('with %s is refused: %s', async (key, reason) => expect(await order(key)).toBe(reason));
});
