/**
 * Options as people write them: what speaks of others, and what only looks like it, each parted by bars, among four options. Of whichever is
 * missed or kept in vain, this is where it is added.
 */
export type Spoken = { readonly by: string; readonly kept: string; readonly free: string };

export const OPTIONS: readonly Spoken[] = [
  {
    by: 'letters',
    kept: 'ABC|A/B/C|A～C|A至C|A—C|A到D|从A到D|仅A|仅仅是A|A对B错|A错B对|除A以外|除A、B外|A除外|BC|B C|A＋B|A加B|A∪B|A>B|A、B、C三项|AB均对|ABCD全选|A但不是B|A而非B|A与B相同|同A|同B项|见选项A|A所述|选A和B|（A）（C）|[A][C]|【A】和【B】|“A”和“B”|A项和B项|答案A|A B都行|a+b|a、b|A以上|A以下都是|A、B皆错|既有A又有B|不是A就是B|A和其他|A、B等|首选A|先A后B|A→B|AB二者|A+B+C组合|A是B的|含A|非A|排除A|不选A|碳C|仅A类|A和B类|*Ａ和Ｂ|（A.B.C）全包含|А和В|Α、Β|🅐',
    free: 'A级|B类火灾|维生素C|DNA和RNA|CO和CO2|5 A以上|10A|A4纸|25℃|TN-C|PVC都含氯|B1级|C30混凝土|H|X和Y',
  },
  {
    by: 'letters in English',
    kept: 'A and B|A & B|A, B, and C|A or B|Only A|A only|Just A|A alone|A but not B|Not A|A not B|Both A and B|Neither A nor B|All except A|All but A|Everything but A|A through C|A thru C|a, b and c|(a) and (b)|(a), (c)|a) and b)|Answers A and B|Option B|Options A/B|Same as A|See A|As in A|A plus B|A with B|Statement A|A is true, B is false|A and C only|B, C and D are correct|Any of A, B or C|Combination of A and B|A is correct but B is not|A as well as B|A along with C|All of A, B, and C|All of A–C|A or both',
    free: 'A harness is worn|be careful|a helmet|It must be fed|Class A fire is of solids',
  },
  {
    by: 'numbers',
    kept: '1和2|1、2|1,2,3|(1)(2)|（1）（3）|1)和2)|第1项|第1项和第2项|第一和第三|第一、第三|第1、2项|第1至第3|1至3|1~3|1到3项|前1项|12|13|124|1.3|2 4|①②|①和③|①③④|仅①|①对②错|①正确②错误|除①外|①～③|134|1+2|1&2|2和4|一二三|一和三|（一）、（三）|一至三|（一）至（三）|一到三项|一对二错|第二|第二个|第二句话|第1个说法|第①项|1号和2号|1#和2#|1是对的|1对2错|1对，2错|1正确，2不正确|1错2对|只有1|只有2对|仅1|仅2|仅1、3|1、2均正确|壹和贰|⒈⒉|❶❷|3个答案',
    free: '1200|十二|1.5|1,200|2:1|30分钟|5～10倍|10-20|仅1人|只有2名|3对轮子|1号机组|一至三年|一至二级|一级|二类',
  },
  {
    by: 'numbers in English',
    kept: '1 and 2|1, 2 and 3|(1) and (3)|Only 1|1 only|1 and 3 only|Neither 1 nor 2|1 to 3|1 through 3|No. 1 and No. 2|#1|#1 and #2|the first|the second|the last|the last one|first and last|second only|only the first|Number 1|Numbers 1 and 3|Statement 1 only|one and two|one, two and three|two only|One and two only|1st and 2nd|2nd option|the 1st and 3rd|The last two|first 2',
    free: 'above 2 m|one hand|one person|NO2|two workers|the second floor|the first aid kit|first aid|only one exit|12 V',
  },
  {
    by: 'Roman numbers',
    kept: 'i、ii|i,ii|i and iii|I、III|I II|I,II,III|仅I|Only I|仅Ⅱ|只有Ⅰ|Ⅰ和Ⅳ|Ⅰ|Ⅱ|I|(i)|(I)(II)|ii and iii|I and II only|(ii) only|both i and ii|III',
    free: 'Ⅰ级|Ⅱ类|IV级|VI|IP54|I beam',
  },
  {
    by: '甲乙丙',
    kept: '甲乙|甲和乙|甲、乙、丙|甲对乙错|甲正确，乙错误|甲正确|乙错误|仅甲|只有乙|甲乙均错|除甲外|甲是对的|乙是错的|甲或乙|甲/乙|甲>乙|甲＝乙|同甲|非丙|甲至丙|甲说得对|甲不对',
    free: '甲醇|乙炔|甲方|乙类仓库|丙烷',
  },
  {
    by: '以上, 上述',
    kept: '以上都对|以上皆非|以上各项|以上任一项|以上之一|以上几项|以上说法|以上单位|全部以上|含以上|无以上|除以上|上述都对|上述三项|上面的都对|上边都对|上列各项|前述措施|如前所述|同上|如上|同左|综上|除上述外|与上相同|与上一项相同|不在上述|以下都不是|下述说法|下列各项|前文所述',
    free: '10米以上|35岁以上|二级以上|以上海为例|县级以上地方人民政府|五万元以上十万元以下|36V及以下|两端|上海',
  },
  {
    by: 'places',
    kept: '前者|后者|前者对后者错|前两项|前三种|前3项|后两项都对|后2项|后几项|中间两项|中间一项|首项|首项和末项|末项|最后一项|倒数第一|倒数第二项|上一项|下一项|上一个|上项|上两项|本项以外|除前项外|头两项|the former|The latter|Previous two|The top two|The bottom two|The middle one|Top two|Bottom one|Upper two|The other two|the first two',
    free: '上一级|下一步|下一班|上一班次|中间接头|中间继电器|末端|首先停电|倒数计时|top speed|bottom of the ladder',
  },
  {
    by: 'what is true of all',
    kept: '都对|都不对|都可以|均可|均不正确|皆是|全对|全错|全选|全不选|全部|全部正确|俱全|两者都是|二者皆可|三者缺一不可|两种方法都可以|两个都行|双方都|四项都是|它们都是|所有|所有的|所有选项|每一项|每个都对|各项都要|无论哪个|不论哪种|哪个都行|哪项都对|谁都不行|缺一不可|兼有|兼顾|并用|同时使用|组合使用|结合使用|有两个正确|多项正确|不只一个',
    free: '安全行灯|完全可靠|安全有效|平均值|首都是北京|均布荷载|全面检查|所有人|同时停电|同时到达|双方协商|兼顾生产|并用绳固定|组合开关|混合气体|多项措施|每一个班组|企业的负责人',
  },
  {
    by: 'what is true of none or of one',
    kept: '没有正确答案|没有一项正确|无|没有|无正确选项|无此项|均无|不存在|一个都不对|没一个对|其中一项|其中之一|任一|任选|任选一项|任意两项|三者之一|至少一项|只有一项正确|不在其中|不在此列|不包括在内|正好相反|与前者相反|反之',
    free: '没有防护栏|无证上岗|无色无味|其中的电流|相反|相反方向|无此必要|环境',
  },
  {
    by: 'the others',
    kept: '其他|其它|其余|其余各项|其他都不对|另一项|另外三项|别的都对|剩下的都是|余下各项|除此以外|除外|那些|这些|这三项|Others|Another|All others|All the others|All other answers|The remaining|The remainder|The rest|Something else|Nothing else|No others|Other than these|Except these|Not among these',
    free: '除尘|外包|除项目部外|other people leave first',
  },
  {
    by: 'what sums up in English',
    kept: 'All of the above|All above|All|All correct|All listed|All the same|All these|All of it|Every one|Each one|Everything listed|Any of these|Any two|Any combination|A combination of these|Some|Several|Several of these|Half of these|Most of these|More than one|Two or more|At least one|Exactly one|Only one is correct|Two are correct|Multiple are correct|None|None of these|None apply|Not any|No one is correct|Neither|Both|Both together|Either way|These|Those|These two|They all|They are all|Them all|Together|Jointly|In combination|Whichever|The opposite|The reverse|Vice versa|The lot|The said|As before|Ditto|Not listed|Not shown|Not here',
    free: 'at least one extinguisher|several minutes|each worker|every shift|some water|these gloves must be worn|all personnel|Wear a helmet|The face shield',
  },
];

/** Stems, premises and explanations, and whether they call options by their letters or places. */
export const BESIDE: readonly Spoken[] = [
  {
    by: 'letters',
    kept: '故选B|答案：C。|应选ABD|A项错误|选项B说得不全|C正确|A、B说的是同一件事|选A|BD选项正确|B不属于|D是错误的|A属于违章|排除A|A说法错误|“A”不对|故本题选A|答案选C|本题答案为D|A不符合题意|BCD错误|ABC都对|ABC均为违章|只有D是|除A外都要停电|排除AB|A√|B×|A：不必停电|A. 不必停电 B. 应当停电|A、停电；A中的说法|错在A|错误的是C|正确的是B|不包括D|D为干扰项|D是干扰项|【A】正确|【答案】B|B也对|C同理|D同样|但D不是|B太绝对|C偷换概念|D以偏概全|A过于绝对|B当选|B不当选|AB正|C就是|故选 ABD',
    free: 'A级防火门|下列选项中正确的是|答案见规程|电流为5 A时|按GB 50016|维生素C和钙|选ABS塑料的原因|TN-C系统|A座电梯|A相接地|A车间|A公司对B公司|A区与B区的距离|A点到B点|DCS系统|PLC的A口|某工人A在B处',
  },
  {
    by: 'letters in English',
    kept: 'Option C is wrong|The answer is C|Answer: C|B is correct|(B) is right|C is wrong because|A and C are correct|choose D|Correct: C|Ans: B|Ans. C|D is not allowed|Eliminate A|rule out D|therefore, C|So B.|It is B|Hence D|A: no power|C applies|D does not apply|(a) is wrong|Statement B|all but D|except C|B would be|Letter B|Not A because',
    free: 'Class A fires|Choose a helmet|select B-type cable|A is a letter|TN-C|A worker falls|A man and a woman|Plan B|A helmet is correct|Phase A and phase B|from A to B',
  },
  {
    by: 'places',
    kept: '第一个选项|前两项正确|第二项错误|最后一项是错的|选项①|选①|第二个正确|第一个错|最后一个选项|前两个选项|选第二个|以上三项都是|The first option|the last answer|The second choice is wrong|the first two are wrong|the latter option',
    free: '依照第二十条第一项规定|第一类危险源|第三个月|甲类厂房|乙炔瓶',
  },
];
