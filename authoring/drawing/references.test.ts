import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesLettersOfOptions, refersToOthers } from './references.ts';

const list = (words: string): readonly string[] => words.split('|');

/** One of some words that are parted by bars. */
const among = (words: string) => fc.constantFrom(...list(words));

const letters = fc
  .tuple(
    fc.subarray([...'ABCD'], { minLength: 2 }),
    among('|/|、|，|；|和|与|或|及|~|～|至|到|-|&|+| |以及|或者|和选项'),
  )
  .map(([some, by]) => some.join(by));
const dressed = fc
  .tuple(letters, among('|都对|项|均可|正确|对|错|选项|两项|都不对|缺一不可|一起使用'))
  .map(([text, behind]) => text + behind);
const one = fc
  .tuple(
    among(
      '仅L|只有L|只选L|L项|L正确|L对|L错|选项L|同L|与L相同|除L以外|除L外|非L|不含L|(L)|L.|L选项|only L|Option L|same as L|L is right|not L|everything except L',
    ),
    fc.constantFrom(...'ABCD'),
  )
  .map(([template, letter]) => template.replace('L', letter));
/** As people write Latin letters: half width, full width, small, in circles. */
const written = (text: string): fc.Arbitrary<string> => {
  const each = (shift: (code: number) => number) =>
    text.replace(/(?<![A-Za-z])[A-D]+(?![a-z])/g, (run) =>
      [...run].map((letter) => String.fromCodePoint(shift(letter.charCodeAt(0)))).join(''),
    );
  return fc.constantFrom(
    text,
    text.replace(/(?<![A-Za-z])[A-D]+(?![a-z])/g, (run) => run.toLowerCase()),
    each((code) => code + 0xfee0),
    each((code) => code + 0x2475),
  );
};

describe('an option that may speak of others', () => {
  it('does so by their letters, however these are joined, dressed and written', () =>
    fc.assert(
      fc.property(fc.oneof(dressed, one).chain(written), (text) => {
        expect(refersToOthers(text, 4), text).toBe(true);
      }),
      { numRuns: 2_000 },
    ));

  it('does so by numbers of a list', () =>
    fc.assert(
      fc.property(
        fc.subarray([1, 2, 3, 4], { minLength: 2 }),
        fc.constantFrom('和', '、', '与', '及', '或', ',', '，', '；', '和第', ' and ', ' & '),
        fc.constantFrom('', '项', '都对', '条', '正确'),
        (some, by, behind) => {
          expect(refersToOthers(some.join(by) + behind, 4)).toBe(true);
          expect(refersToOthers(`第${some.join(by)}项`, 4)).toBe(true);
          expect(refersToOthers(some.map((n) => '①②③④'.charAt(n - 1)).join('') + behind, 4)).toBe(true);
          expect(refersToOthers(some.map((n) => `（${n}）`).join('') + behind, 4)).toBe(true);
        },
      ),
    ));

  it.each([
    ...list(
      '以上都对|以上都是|上述三项都是|以上各项|以上说法均正确|以上情况均是|以上五项|以上任一项|以上|以上皆非|以下都不是',
    ),
    ...list(
      '上述情况可能都有|前述措施|上面全是|上列各项|下述说法|前面三个|后面两个|此外的|另外两项|除此以外|以上单位|以上部是',
    ),
    ...list('前者|后者|两者均可|二者都不是|三者兼有|后两项都对|前三项|前两种|后三个|前二者|末一项|前两'),
    ...list('第一项和第二项|第1项和第2项|第一、二项|第二种说法|第3条|①和②|Ⅰ、Ⅱ|Ⅱ和Ⅲ|㈠㈡|1～3|1-3都对|第1至3项|1/2'),
    ...list('甲和乙|甲、乙|甲乙|仅甲|只有乙|非丙|甲至丙'),
    ...list('全选|全对|全错|全部|全部正确|全是|全都不是|所有|所有选项|所有说法都对|各项都要|每项'),
    ...list('都对|都是|都不对|都可以|都要|均可|均不正确|皆是|皆可|皆非|三种形态都有|都没有|两个都行|缺一不可'),
    ...list('没有正确答案|没有对的|无|没有|无正确选项|没有一项正确|均无|不存在|任选一项|任一种|三者之一'),
    ...list('其他|其它|其余|其它选项|其余三项|其他都不是|另一项|剩下两个|同上|如上|同前|不选'),
    ...list('All of the above|all of above|none of these|None of the above.|both A and B|A & B|only A'),
    ...list('Either|Neither|neither A nor B'),
    ...list('the first two|the last option|Options A and C|all three|the former|the latter|both|All'),
    ...list('None|Others|Any of them|a and b'),
    ...list('The statements above|The two|any of these|No correct answer|Same as above'),
    ...list('two of the above|first and third|A to C|A, B and C'),
    ...list('A对B错|AB选项A|*Ａ和Ｂ|（A.B.C）全包含|A.、B.、C.|仅A类|A和B类|ACB|BCD|A→B→C|A|AC均可|碳C'),
    ...list(
      '一和二|一、二|二三|(一)(二)|（一）和（三）|1）2）|134|1.2.3|说法一和说法二|方法1和方法2|上两项|甲对乙错|甲正确，乙错误',
    ),
    ...list('i和ii|I、II|ii and iii|I and II only|I only|(i) and (ii)|(ii) only|III|#1 and #2|ditto|А和В|Α、Β'),
    ...list('都包含|均为正确|没有一个|一个也没有|一项也不对|没一个对|反之|综上所述|其中两项|其中任一|俱全'),
    ...list('甲说得对|第（1）项|1项和2项|选1|这三项|所有这些|只有一项正确|与前相同|1 only|all 3|Not listed|No one|🅐'),
  ])('%s', (text) => expect(refersToOthers(text, 4)).toBe(true));

  it.each([
    ...list('A级|B类火灾|维生素C|DNA和RNA|CO和CO2|5 A以上|10A|A4纸|25℃|TN-C|PVC都含氯|B1级|C30混凝土|H|X和Y'),
    ...list('10米以上|35岁以上|二级以上|以上海为例|县级以上地方人民政府|五万元以上十万元以下|36V及以下|两端|上海'),
    ...list('安全行灯|完全可靠|安全有效|平均值|首都是北京|环境|没有防护栏|无证上岗|无色无味|均布荷载|全面检查'),
    ...list('5～10倍|10-20|1.5|1,200|2:1|30分钟|甲醇|乙炔|Ⅰ级|Ⅱ类|一般事故|先停电，后验电'),
    ...list('1200|132|十二|一级|二类|IV级|措施一致|下一步|上一级|其中的电流|IP54|VI'),
    ...list('A harness is worn|be careful|a helmet|above 2 m|Wear a helmet|It must be fed'),
    ...list('Class A fire is of solids|The face shield|one hand'),
  ])('%s speaks of none', (text) => expect(refersToOthers(text, 4)).toBe(false));
});

describe('a stem or an explanation', () => {
  it.each([
    '故选B',
    '答案：C。',
    '应选ABD',
    'A项错误',
    '选项B说得不全',
    'C正确',
    'A、B说的是同一件事',
    '选A',
    'Option C is wrong',
    'BD选项正确',
    ...list(
      'B不属于|D是错误的|A属于违章|排除A|A说法错误|“A”不对|第一个选项|前两项正确|第二项错误|最后一项是错的|选项①',
    ),
    ...list('The answer is C|Answer: C|B is correct|(B) is right|C is wrong because|A and C are correct|choose D'),
  ])('%s names options by letters', (text) => expect(namesLettersOfOptions(text)).toBe(true));

  it.each([
    'A级防火门',
    '下列选项中正确的是',
    '答案见规程',
    '电流为5 A时',
    '按GB 50016',
    'Class A fires',
    '维生素C和钙',
    '选ABS塑料的原因',
    ...list('依照第二十条第一项规定|Choose a helmet|select B-type cable|A is a letter|TN-C属于保护系统'),
  ])('%s names none', (text) => expect(namesLettersOfOptions(text)).toBe(false));
});
