import { describe, expect, it } from 'vitest';
import { importBank } from './import-bank.ts';

const read = (text: string) => importBank(Buffer.from(text), 'a.gift');
const one = async (text: string) => {
  const { items, report } = await read(text);
  const [item] = items;
  return { item, refused: report.rejected[0], leftOut: report.leftOut[0]?.constructs ?? [], report };
};

describe('a number in GIFT', () => {
  it.each([
    ['{#36}', 36, 0],
    ['{#36:0.5}', 36, 0.5],
    ['{#\n\t=36:0.5#好\n}', 36, 0.5],
    ['{#19.5..23.5}', 21.5, 2],
    ['{#0.5..0.7}', 0.6, 0.1],
    ['{#-2.542..-2.541}', -2.5415, 0.0005],
    ['{#=3:2}', 3, 2],
    ['{#.5:0.1}', 0.5, 0.1],
    ['{#-1}', -1, 0],
    ['{#1e3:1e-05}', 1000, 0.000_01],
    ['{#3.141592653589793:0.001}', Math.PI, 0.001],
    ['{#1822:5 # 好}', 1822, 5],
    ['{# = %100%9:0 }', 9, 0],
    ['{#3\\:2}', 3, 2],
    ['{#1..1}', 1, 0],
  ])('%j is read', async (block, value, tolerance) => {
    const { item } = await one(`多少？${block}`);
    expect([item?.kind, item?.number]).toEqual(['numeric', { value, tolerance }]);
  });

  it.each([
    ['{#}', 'key-missing', undefined],
    ['{#x}', 'key-unreadable', undefined],
    ['{#1,5}', 'key-unreadable', undefined],
    ['{#5..1}', 'key-unreadable', undefined],
    ['{#1..2..3}', 'key-unreadable', undefined],
    ['{#3:-1}', 'key-unreadable', undefined],
    ['{#3:}', 'key-unreadable', undefined],
    ['{#*}', 'key-unreadable', undefined],
    ['{#３６：0.5}', 'key-unreadable', undefined],
    ['{#0.00000000001}', 'key-unreadable', undefined],
    ['{#=%50%3:1}', 'key-missing', undefined],
    ['{#=3 =4}', 'construct-unread', '{#=} ×2'],
    ['{#3 =4}', 'construct-unread', '{#=} ×2'],
    ['{#3 ~4}', 'construct-unread', '{# ~}'],
    // The narrower half comes first, and takes a part of what is right away.
    ['{#=%50%36:1 =36:5}', 'construct-unread', '{#=} after another'],
    ['{#=%0%* =36:5}', 'construct-unread', '{#=} after another'],
  ])('%s is refused', async (block, reason, construct) => {
    const { refused } = await one(`多少？${block}`);
    expect([refused?.reason, refused?.construct]).toEqual([reason, construct]);
  });

  it('that is worth a part, and what is said of it, is told of', async () => {
    const { item, leftOut } = await one('多少？{#\n=1822:0 # 全对\n=%50%1822:2 # 半对\n~#错}');
    expect(item?.number).toEqual({ value: 1822, tolerance: 0 });
    expect(leftOut).toEqual(['feedback', 'answer weight']);
  });
});

describe('choices in GIFT', () => {
  it.each([
    ['{~%70%甲 ~%30%乙 ~丙}', ['answer weight']],
    ['{~%50%甲 =乙 ~丙}', ['answer weight']],
    ['{~%50%甲 ~%50%乙 ~%-100%丙 ~丁}', ['answer weight']],
    ['{~%50%甲 ~%50%乙 ~%-100%丙 ~%-100%丁}', []],
    ['{~%33.33333%甲 ~%33.33333%乙 ~%33.33334%丙 ~丁}', []],
    ['{~%33,3%甲 ~%33,3%乙 ~丁}', ['answer weight']],
    ['{=甲 ~乙#不对 ~丙}', ['feedback']],
    ['{=甲# ~乙}', []],
    ['{=%100%甲 ~乙}', []],
    ['{T#说明#}', ['feedback']],
    ['{T}', []],
  ])('%s leaves out %j', async (block, leftOut) => {
    const { refused, leftOut: told } = await one(`哪个？${block}`);
    expect([refused, told]).toEqual([undefined, leftOut]);
  });

  it.each([
    ['说明', 'kind-unknown', 'description'],
    ['写一段{}', 'kind-unknown', 'essay'],
    ['谁{=甲 =%50%乙}', 'construct-unread', '=%50%'],
    ['谁{=甲*}', 'construct-unread', '*'],
    ['什么{=H<sub>2</sub>O}', 'construct-unread', '<sub>'],
    ['什么{=甲&amp;乙}', 'construct-unread', '&amp;'],
    ['值为$\\frac\\{1\\}\\{2\\}$的{=甲 ~乙}', 'construct-unread', '\\frac{1}{2}$的'],
    ['哪个{=\\begin\\{cases\\}a ~乙}', 'construct-unread', '\\begin{cases}a'],
    ['划横线的字{=[html]<u>甲</u>方 ~乙}', 'construct-unread', 'underline'],
    ['带下划线的字{=[html]<span style\\="border-bottom\\:1px solid">甲</span>方 ~乙}', 'construct-unread', 'underline'],
    ['谁{甲}', 'kind-unknown', 'short answer'],
    ['连{=a -> b =c}', 'construct-unread', 'c'],
    ['连{=a -> b =c -> d#好}', 'construct-unread', 'c -> d#好'],
    ['连{=a -> b =c -> <b>d</b>}', 'construct-unread', '<b>'],
    ['连{=a -> b =c -> b}', 'options-missing', undefined],
    ['连{=a -> b =c -> }', 'key-missing', undefined],
    ['一{=甲 ~乙}二{=丙 ~丁}', 'kind-unknown', 'several {}'],
    ['一{=甲 ~乙', 'construct-unread', '{ without }'],
    ['一{=甲 ~乙}}', 'construct-unread', '{ without }'],
    ['哪个？{乱 ~甲 =乙}', 'construct-unread', '乱'],
    ['哪个？{=%50%甲 ~乙}', 'construct-unread', '=%50%'],
    ['哪些？{~%100%甲 ~%100%乙 ~丙}', 'construct-unread', '~%100%'],
    ['哪个？{=甲 =乙 ~丙}', 'key-count', undefined],
    ['哪个？{~甲 ~乙}', 'key-missing', undefined],
  ])('%s is refused', async (text, reason, construct) => {
    const { refused } = await one(text);
    expect([refused?.reason, refused?.construct]).toEqual([reason, construct]);
  });

  it('say a formula between its marks, and are no path', async () => {
    for (const stem of ['值为$$\\frac\\{1\\}\\{2\\}$$的', '文件 C\\:\\text 是', '五折是 $5 的'])
      expect((await one(`${stem}{=甲 ~乙}`)).refused).toBeUndefined();
  });

  it('have their marks escaped, and the format of the question', async () => {
    const { item } = await one(
      '::名\\:一::[html]<b>哪个</b>\\: \\~ \\= \\# \\{\\} \\\\ 对？{=<b>甲</b> ~[plain]<b>乙</b>}',
    );
    expect(item?.stem.zh).toBe('哪个: ~ = # {} \\ 对？');
    expect(item?.options.map(({ text }) => text?.zh)).toEqual(['甲', '<b>乙</b>']);
    const plain = await one('[plain]<b>哪个？{=<b>甲</b> ~乙####<i>因为</i>}');
    expect(plain.item?.options.map(({ text }) => text?.zh)).toEqual(['<b>甲</b>', '乙']);
    expect(plain.item?.explanation?.zh).toBe('<i>因为</i>');
  });
});

describe('lines of a GIFT file', () => {
  it('that are blank between braces part nothing, and elsewhere part questions', async () => {
    const { items, report } = await read(
      '哪个？{\n\n=甲\n\n// 注\n~乙\n\n}\n\n另一个？{=丙 ~丁}\n\n没有完{=甲\n\n第三个？{=戊 ~己}',
    );
    expect(items.map(({ stem, source }) => [stem.zh, source?.row])).toEqual([
      ['哪个？', 1],
      ['另一个？', 10],
      ['第三个？', 14],
    ]);
    expect(report.rejected).toMatchObject([{ row: 12, reason: 'construct-unread', construct: '{ without }' }]);
  });

  it.each([
    ['$CATEGORY: $course$/top/安全', '安全'],
    ['$CATEGORY: $course$/安全/用电', '安全/用电'],
    ['$CATEGORY: $module$/top/第 1 章//2 节', '第 1 章／2 节'],
    ['$CATEGORY: $system$', ''],
    ['$CATEGORY: tom/dick/', 'tom/dick'],
  ])('%s says the topic, with or without a blank line', async (line, topic) => {
    for (const gap of ['\n', '\n\n\n']) expect((await one(`${line}${gap}哪个？{=甲 ~乙}`)).item?.topic).toBe(topic);
  });

  it('that are comments are none, but for tags, which are told of', async () => {
    const { item, leftOut } = await one('// [id:1] [tag:用电] [tag:b-c]\n哪个？{=甲\n// =丙\n~乙}');
    expect([item?.options.length, leftOut]).toEqual([2, ['[tag:用电]', '[tag:b-c]']]);
  });
});

it('what is asked of a passage is asked together with it, in its category', async () => {
  const text =
    '某厂发生触电。\n\n根据以上材料，谁负责？{=甲 ~乙}\n\n谁办票？{=甲 ~乙}\n\n$CATEGORY: b\n\n本案例中谁监护？{=甲 ~乙}';
  const { items, report } = await read(text);
  expect(items.map(({ stem, passage }) => [stem.zh, passage?.text.zh])).toEqual([
    ['根据以上材料，谁负责？', '某厂发生触电。'],
    ['谁办票？', undefined],
    ['本案例中谁监护？', undefined],
  ]);
  expect(report.rejected.map(({ row, construct }) => [row, construct])).toEqual([[1, 'description']]);
});

describe('pairs in GIFT', () => {
  it('are read, with what belongs to nothing, and answers that say the same once', async () => {
    const { item, leftOut } = await one(
      '连线{\n=泡沫 -> 油火\n=干粉 -> 电火\n=卤代烷 -> 电火\n= -> 木头\n####看手册\n}',
    );
    const textOf = (id: string) => item?.options.find((option) => option.id === id)?.text?.zh;
    expect(item).toMatchObject({ kind: 'match', stem: { zh: '连线' }, explanation: { zh: '看手册' } });
    expect(item?.premises?.map(({ text }, at) => [text?.zh, textOf(item.key[at] ?? '')])).toEqual([
      ...[
        ['泡沫', '油火'],
        ['干粉', '电火'],
        ['卤代烷', '电火'],
      ],
    ]);
    expect([item?.options.map(({ text }) => text?.zh), item?.fixedOrder, leftOut]).toEqual([
      ['油火', '电火', '木头'],
      undefined,
      [],
    ]);
  });
});

it.each([
  ['哪些？{~%40%甲 ~%40%乙 ~丙}', ['answer weight']],
  ['哪些？{~%50%甲 ~%50%乙 ~丙}', []],
  ['哪些？{~%33.333%甲 ~%33.333%乙 ~%33.333%丙 ~丁}', []],
  ['哪个？{=甲 ~乙}', []],
])('%s tells of weights that come to less than all the marks: %j', async (text, leftOut) => {
  expect((await one(text)).leftOut).toEqual(leftOut);
});
