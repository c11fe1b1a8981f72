import { describe, expect, it } from 'vitest';
import { readOptionCell, readOptionColumns } from './options.ts';

const texts = (cell: string) => {
  const read = readOptionCell(cell);
  return read.ok ? read.value.texts : read.reason;
};

describe('one cell as the notation has it', () => {
  it.each([
    ['**A.正确**B.错误', ['正确', '错误']],
    ['A.正确**B.错误', ['正确', '错误']],
    ['A.正确##B.错误##C.无关##\r\n', ['正确', '错误', '无关']],
    ['**A:正确**B:不正确', ['正确', '不正确']],
    ['**A：通行**B：禁止', ['通行', '禁止']],
    ['**Ａ.法律**Ｂ.法规**Ｃ.规章', ['法律', '法规', '规章']],
    ['**A．3%**B．4%**C．5%', ['3%', '4%', '5%']],
    ['**A二氧化碳灭火器**B泡剂灭火器 **C粉剂灭火器', ['二氧化碳灭火器', '泡剂灭火器', '粉剂灭火器']],
    ['**A)长度**B)宽度', ['长度', '宽度']],
    ['（A）长度\n（B）宽度', ['长度', '宽度']],
    ['A、刚度\nB、挠性\n\nC、强度', ['刚度', '挠性', '强度']],
    ['A、刚度\n和强度\nB、挠性', ['刚度和强度', '挠性']],
    ['**红色**黄色**绿色', ['红色', '黄色', '绿色']],
    ['**CO2**O2**H2', ['CO2', 'O2', 'H2']],
    ['红色\n黄色', ['红色', '黄色']],
    ['红色|黄色|绿色', ['红色', '黄色', '绿色']],
    ['**A、A、B级**B、A、B、C级**C、A、B、C、D级', ['A、B级', 'A、B、C级', 'A、B、C、D级']],
    ['  **A.违章驾车  **B.疏忽大意  **c.车况不良', ['违章驾车', '疏忽大意', '车况不良']],
    ['****A、修理证**B、司机证', ['修理证', '司机证']],
    ['**A、高音喇叭**B、B. 警灯', ['高音喇叭', '警灯']],
    ['**A.L1、N、L2、PE**B.PE、N、L1、L2', ['L1、N、L2、PE', 'PE、N、L1、L2']],
  ])('%s', (cell, options) => {
    expect(texts(cell)).toEqual(options);
    expect(readOptionCell(cell)).toMatchObject({ ok: true });
  });
});

describe('one cell that needs a repair no reader would argue with', () => {
  it.each([
    ['A．±50mmB．±75mmC．±100mm', ['±50mm', '±75mm', '±100mm']],
    ['**A.重量限制器B.行程限位器C.联锁开关D.回转限制器', ['重量限制器', '行程限位器', '联锁开关', '回转限制器']],
    ['**A、所起的作用**B、不可自动关闭 C,自动泄压**D、介质', ['所起的作用', '不可自动关闭', '自动泄压', '介质']],
    ['**A、甲方案**B、乙方案C、丙方案', ['甲方案', '乙方案', '丙方案']],
    ['**A化学品仓库B棉织品仓库**C各类仓库', ['化学品仓库', '棉织品仓库', '各类仓库']],
    ['**A.气候*B.轮胎气压**C.工作', ['气候', '轮胎气压', '工作']],
    ['**A.30m**A**B.50m**A**C.100m**A', ['30mA', '50mA', '100mA']],
    ['**A.GB**A类**B.GC**B类', ['GBA类', 'GCB类']],
    ['**A**CO   **B**CO2  **CH2   **DH2O', ['CO', 'CO2', 'H2', 'H2O']],
    ['**A氮气（N2）**B氧气（O2)**C二氧化碳（**CO2)', ['氮气（N2）', '氧气（O2)', '二氧化碳（CO2)']],
    ['**A.甲法**B.乙法**C.**A、**B两种方法一起使用', ['甲法', '乙法', 'A、B两种方法一起使用']],
    ['.超车 **B.让车 **C.停车', ['超车', '让车', '停车']],
    ['4.抗爆性好**B.燃烧性**C.价格便宜', ['抗爆性好', '燃烧性', '价格便宜']],
    ['**A.12**B.3**6C.50** D.24', ['12', '36', '50', '24']],
    ['**A.减速器**B.差速器**D.转向器**C.变速器', ['减速器', '差速器', '变速器', '转向器']],
    ['**C电磁场**A电伤**B电击', ['电伤', '电击', '电磁场']],
  ])('%s', (cell, options) => {
    expect(texts(cell)).toEqual(options);
    expect(readOptionCell(cell)).toMatchObject({ ok: true, repaired: true });
  });
});

describe('one cell that cannot be known', () => {
  it.each([
    ['', 'options-missing'],
    ['**A.正确', 'options-missing'],
    ['移动焊机时,应整体搬运', 'options-missing'],
    ['**A.登记**C.整改**D.上报', 'options-unclear'],
    ['**A.高速运转 怠速运转 **C.立即熄火', 'options-unclear'],
    ['**A.3m**B.30**C.m**C.2m**D.5m', 'options-unclear'],
    ['**A.**B**B.5**C.8**D.10', 'options-unclear'],
    ['**A、证书**B、**C、资格证', 'options-unclear'],
    ['**A-17℃ 8-15**C **C-16℃**D-14℃', 'options-unclear'],
    ['**A铺满**B绑扎**C间隙小于15**Cm**D探头板', 'options-unclear'],
    ['**A、甲**B、受压元件挖补与焊补C防腐处理', 'options-unclear'],
    ['红色****绿色', 'options-unclear'],
    ['**A型**B型**C型', 'options-same'],
    ['**A.甲**B.乙**D', 'options-unclear'],
    ['**A.滤网堵塞**B.维生素C、钙片', 'options-unclear'],
    ['**A.滤网堵塞**B.粘度太高**C.粘度太高。', 'options-same'],
  ])('%s: %s', (cell, reason) => expect(texts(cell)).toBe(reason));

  it('leaves in doubt only the letters of a label typed twice', () => {
    const read = readOptionCell('**A硬度**B韧度**B耐腐蚀性');
    expect(read.ok && [...read.value.doubtful].sort()).toEqual([1, 2]);
  });
});

describe('a column for each option', () => {
  it('skips blank columns and keeps the letters', () => {
    const read = readOptionColumns(
      new Map([
        [0, '禁止'],
        [1, 'B. 警告'],
        [2, ' '],
        [3, '通行'],
      ]),
    );
    expect(read.ok && read.value.texts).toEqual(['禁止', '警告', '通行']);
    expect(read.ok && read.value.places.get(3)).toBe(2);
  });

  it.each(['(A)(B)(C)', '（A）（B）', 'A、B', 'A，C', 'B/C', '【A】【B】'])(
    'takes %s for what it says: other options',
    (text) => {
      const cells = new Map(['甲', '乙', '丙', text].map((cell, at) => [at, cell]));
      expect(readOptionColumns(cells)).toMatchObject({ ok: true, value: { texts: ['甲', '乙', '丙', text] } });
    },
  );

  it.each(['(D)(A)', 'B.C', '(A)甲', 'A、A', '（A）'])(
    'and refuses %s: a label, or nothing that can be told',
    (text) => {
      const cells = new Map(['甲', '乙', '丙', text].map((cell, at) => [at === 3 ? 2.5 : at, cell]));
      expect(readOptionColumns(cells).ok).toBe(false);
    },
  );

  it('refuses a label that contradicts its column', () => {
    const cells = new Map([
      [0, 'B.禁止'],
      [1, 'A.警告'],
    ]);
    expect(readOptionColumns(cells)).toEqual({ ok: false, reason: 'options-unclear' });
  });
});
