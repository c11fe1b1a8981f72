import { describe, expect, it } from 'vitest';
import { readStem } from './stem.ts';

const alone = (stem: string) => readStem([stem], 0);
const among = (before: string, stem: string, behind: string) => readStem([before, stem, behind], 1);

describe('a stem on its own', () => {
  it.each([
    ['1、特种设备安全工作', '特种设备安全工作'],
    ['48.、有下列情形之一的', '有下列情形之一的'],
    ['33．闸阀常用作锅炉（    ）。', '闸阀常用作锅炉（ ）。'],
    ['64、自备发电机', '自备发电机'],
    ['93,电梯安全管理人员', '电梯安全管理人员'],
    ['130：海因里希法则', '海因里希法则'],
    ['299..驾驶车辆时', '驾驶车辆时'],
    ['17・从事特种设备作业', '从事特种设备作业'],
    ['7）（  ）属于', '（ ）属于'],
    ['100. 2009年10月27日中午', '2009年10月27日中午'],
    ['58.2014年10月29日14时许', '2014年10月29日14时许'],
    ['36V是安全电压', '36V是安全电压'],
    ['2009年10月27日', '2009年10月27日'],
    ['1.5MPa以上的锅炉', '1.5MPa以上的锅炉'],
    ['1,000人以上', '1,000人以上'],
    ['2、3级风时', '2、3级风时'],
    ['24小时内报告', '24小时内报告'],
    ['1211灭火器是干粉灭火器', '1211灭火器是干粉灭火器'],
    ['  冶金、爆\n破、修路\t ', '冶金、爆破、修路'],
    ['ＧＢ１５７６标准（　　）', 'ＧＢ１５７６标准（ ）'],
  ])('%s', (typed, stem) => expect(alone(typed)).toMatchObject({ ok: true, value: stem }));

  it.each([
    ['', 'stem-missing'],
    ['12、', 'stem-missing'],
    ['250.A.1个月      B.3个月        C.6个月', 'stem-missing'],
    ['20.下图为一台（    ）容器。', 'picture-needed'],
  ])('%s is refused: %s', (typed, reason) => expect(alone(typed)).toEqual({ ok: false, reason }));
});

describe('a stem among its neighbours', () => {
  it.each([
    ['24．炉渣', '25烟煤又称长焰煤。', '26．链条', '烟煤又称长焰煤。'],
    ['66.一', '67.1MΩ=（ ）Ω', '68.KV', '1MΩ=（ ）Ω'],
    ['163.甲', '164.35KV外电线路', '165.乙', '35KV外电线路'],
    ['83、甲', '84、600兆瓦', '85、乙', '600兆瓦'],
    ['575 甲', '576 湿法焊接', '577 乙', '湿法焊接'],
    ['171.甲', 'i72.液压油泵', '173.乙', '液压油泵'],
    ['53.甲', '54.54、在三相四线制', '55.乙', '在三相四线制'],
    ['170，甲', "171，'关于各种气体", '172，乙', '关于各种气体'],
    ['34、甲', '36V是安全电压', '35、乙', '36V是安全电压'],
    ['35、甲', '36V是安全电压', '37、乙', '36V是安全电压'],
    ['23、甲', '24小时内报告', '24、乙', '24小时内报告'],
    ['4、甲', '1.5MPa以上', '5、乙', '1.5MPa以上'],
    ['2.甲。', '使用者', '3.乙', '使用者'],
  ])('%s | %s | %s', (before, typed, behind, stem) =>
    expect(among(before, typed, behind)).toMatchObject({ ok: true, value: stem }),
  );

  it('refuses both halves of a sentence torn over two rows', () => {
    const stems = ['189.温度低，选用凝点低的牌号；', '反之，则选用凝点较高的牌号。（）', '190.下一题'];
    expect(stems.map((_, at) => readStem(stems, at).ok)).toEqual([false, false, true]);
  });

  it('keeps a question without a number between two whole ones', () => {
    const stems = ['1.甲（ ）。', '乙（ ）。', '2.丙（ ）。'];
    expect(stems.every((_, at) => readStem(stems, at).ok)).toBe(true);
  });
});
