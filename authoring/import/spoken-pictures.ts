import { isWordsAlone, parseContent } from '../../contract/content/parse.ts';
import { tidy } from './cells.ts';
import { writesFileAddress } from './linked-files.ts';

/** Where a sentence, or a part of one, begins. */
const BEGINS = '(?:^|[，。,.；;：:！？（(])\\s*(?:请|请先|请仔细)?';
/** Drawings in general are none that a question shows: 制图, 地图, 试图. */
const NOT_IN_A_WORD = '(?<![意企试力版绘制地面截视贪路流框天])';
/** What is drawn on drawings in general: 施工图中, 装配图中. */
const NOT_A_PLAN = '(?<![工计配件气筑构位剖置蓝])';
const WHICH = '(?:一?[段张幅个组]|这[段张幅个组]|下面|下列|以下|上面|所给|给出|给定|此|该|本题)?的?';
const SEEN = '(?:图片|图像|图形|照片|漫画|插图|附图|示意图|电路图|接线图|曲线图)';
const HEARD = '(?:录音|音频|视频|录像|动画|短片|影片|语音|对话)';
const ENGLISH_PICTURE = '(?:pictures?|figures?|images?|diagrams?|photos?|illustrations?|drawings?)';
/** One that is shown, and no drawings in general. */
const ONE_PICTURE = '(?:picture|figure|image|diagram|photo|photograph|illustration|sketch|graphic|graph|chart)';
/** As a place says where it is. */
const LYING = '[左右上下前后][侧边方面]?的?';
/** What a picture is called by: 图1-2, 图甲, 图(a). */
const NAMED = '(?:\\d{1,2}(?:[-.–]\\d{1,2})?|[一二三四五六七八九十甲乙丙A-Da-d①-⑨]|[（(][\\da-dA-D][）)])';
const PICTURES = '图(?![纸书样册则谱解例利案标])|照片|漫画';
/** Around words that stand alone. */
const [ALONE, TO_THE_END] = ['^[\\s\\p{P}]*', '[\\s\\p{P}]*$'];

/** How a question speaks of a picture, a recording or a film that it shows. */
const SPOKEN: readonly RegExp[] = [
  /(?<![以天之])下图(?![纸书样册则谱])|[下上左右附]图(为|是|中|所示|属于|表示|[的里内哪]|[，,、：:（(])|(如|见)[下上左右附]?图(所示|中|[\d一二三四五六七八九十甲乙AB]|[）)，,。、：:；;]|$)|图示|看图[，,。：:、选回判]|下列图[片形中]|图片(中|里|所示)|^(请)?(听|收听)(一?段|下面|以下)?(录音|音频)|^(请)?(观看|看)(一?段|下面|以下)?(视频|录像)/,
  new RegExp(`${NOT_IN_A_WORD}图\\s?(?:\\d{1,2}|[一二三四五六七八九十甲乙A-Da-d])\\s?(?:中|所示|表示|[)）]|为|是|的)`),
  new RegExp(`${NOT_IN_A_WORD}${NOT_A_PLAN}图中(?:所示|标志|标识|信号|符号|手势|箭头|所标|标注|的?[A-D甲乙①-⑨\\d])`),
  /(此|该|这[张幅个])图(片|像|形)?(?![纸书样册则谱])|[如见]附图|附图(所示|中|为|是)/,
  new RegExp(
    `${BEGINS}(?:仔细)?(?:看|观看|观察|根据|结合|依据|阅读)${WHICH}(?:${SEEN}|${HEARD})(?!资料|记录|监控|设备|系统|存储)`,
  ),
  new RegExp(`${BEGINS}(?:听|收听|播放)${WHICH}${HEARD}(?:，|,|后|中|回答|并|选|$)|${BEGINS}听力材料`),
  /\b(pictures?|figures?|images?|diagrams?|photos?|illustrations?|drawings?)\s+(below|above|shown|opposite)\b|\b(following|attached)\s+(picture|figure|image|diagram|photo|illustration|drawing)\b|\b(shown|seen|pictured|illustrated)\s+(in|on)\s+the\s+(picture|figure|image|diagram|photo|illustration|drawing)\b/i,
  new RegExp(`\\b(?:see|look at|refer to|study|examine) (?:the )?${ENGLISH_PICTURE}\\b`, 'i'),
  new RegExp(`\\b(?:in|on|from) (?:the|this) ${ENGLISH_PICTURE}\\b|\\b(?:figure|fig\\.) ?\\d`, 'i'),
  /\b(the|this) (sign|symbol|signal|graph|chart) (below|shown|pictured)\b|\bfollowing (graph|chart|sign|symbol)\b/i,
  /\b(watch|view) (the|this) (video|film|clip)\b|\blisten to (the|this) (recording|audio|clip|dialogue?|conversation|passage)\b/i,
  /\b(following|attached) (video|audio|recording|clip|film)\b|\b(video|audio|recording|clip) (below|above)\b/i,
];

/** The same in words that say little else, so that where they stand is what tells: at the beginning, in brackets, or alone. */
const SHOWN: readonly RegExp[] = [
  new RegExp(
    `^(?:请?(?:指出|找出|判断))?图[中上里内](?![央心间部华])|^图(?:所示|[为是])|^图${NAMED}(?:所示|中|为|是|表示)`,
  ),
  new RegExp(
    `${ALONE}(?:[如见]?图${NAMED}|[左右上下附题插]图|看图|请看图|图示|(?:${LYING})(?:${PICTURES}))${TO_THE_END}`,
    'u',
  ),
  /[（([【]\s*(?:如|见)?(?:[下上左右附题]图|图片|图略|照片)\s*[）)\]】]|[[【]图\d?[\]】]|(?<![\p{Script=Han}])[（(]图[）)]/u,
  new RegExp(
    `[由从据依](?:下|上|左|右|附)?图(?:${NAMED})?(?:可知|可见|可以|[中上里]|所示)|(?:根据|依据|结合|参照|参看|参见|对照)图${NAMED}`,
  ),
  new RegExp(`(?:下面|下方|上面|上方|上述|左[侧边]|右[侧边])的?(?:[这那一]?[张幅个])?(?:${PICTURES})`),
  /下面这[个种](?:标志|标识|符号|信号|手势)|(?:以下|下面|下列)图(?:[片形标案]|像中)|(?:哪|哪一)[张幅](?:图(?![纸书册])|照片)/,
  /(?:参照|参考|对照|所给|给出的|所示的?)图(?:片|形)|[如见]插图|[如见]题图|^题图|(?<![基样版根文])本图(?:中|所示|为)|[此该]照片|这[张幅](?:照片|漫画|图(?!纸))/,
  /图[片形]?如[下右左上](?![述级游])|[如见]以下图(?![纸书册])|(?:平面|接线|电路|示意|曲线|剖面|题|插)(?<![按照由].{0,4})图所示/,
  /^(?:照片|图片|漫画|插图|截图)(?:中|里|所示|显示|反映|表示)|(?:截图|漫画)(?:所示|如下)/,
  /^(?:视频|录音|音频|动画|影片|录像)[中里](?:的|所|人|工|有|该|主|出现|哪|讲|说|提到)/,
  new RegExp(`${BEGINS}(?:仔细)?(?:看图(?:$|答|填|找|写|分析|说)|观察图(?:$|[中，,。]))|${BEGINS}仔细看图`),
];

/** The same in English. */
const SHOWN_IN_ENGLISH: readonly RegExp[] = [
  /\b(?:pictured|depicted|illustrated) (?:below|above|here|opposite)\b|\bas (?:pictured|depicted|illustrated)\b|\bshown (?:in the )?(?:below|above)? ?(?:picture|photo|image)\b/i,
  /\b(?:the|this) (?:\w+ )?(?:sign|symbol|signal|pictogram|device|equipment|tool|item|hazard|object|valve|label|knot|scene) (?:shown|pictured|depicted)(?=\s*(?:below|above|here|$|[?.,:;]))/i,
  /^(?:what (?:does|do|is)|identify|name) (?:this|the following) (?:sign|symbol|pictogram|hand signal|picture|image)\b|^this (?:sign|symbol|pictogram|hand signal|picture|image|diagram|photo)\b/i,
  new RegExp(
    `\\b(?:according to|use|using|consider|observe|look at|study|inspect|view|examine|see|based on|refer to) (?:the|this) (?:${ONE_PICTURE}|exhibit)\\b(?! (?:of|in|from|by|supplied|provided|on)\\b)`,
    'i',
  ),
  new RegExp(
    `\\b(?:the|this) ${ONE_PICTURE} (?:shows|depicts|illustrates)\\b|\\bin (?:the|this) (?:photograph|sketch)\\b`,
    'i',
  ),
  new RegExp(`\\b${ONE_PICTURE} (?:at|on|to) the (?:right|left|bottom|top)\\b`, 'i'),
  new RegExp(
    `\\b(?:left|right|accompanying|attached|below|above|following)(?:-hand)? ${ONE_PICTURE}\\b(?! (?:of|frame)\\b)`,
    'i',
  ),
  /\bwhich (?:of (?:the|these) )?(?:pictures?|photos?|photographs?|images?|illustrations?)\b/i,
  /^\W*(?:pictures?|images?|photos?|diagrams?|figures?|fig\.?) ?[A-D\d]\W*$|\bfig\.? ?\d|\b[Ff]igures? (?:\(?[A-D1-9]\)|[A-D]\b)|\bExhibit [A-D1-9]\b/i,
  /[([]\s*(?:see |the )?(?:picture|image|photo|diagram|figure)\s*[)\]]|\b(?:see|refer to) exhibit\b/i,
  /^(?:in|after (?:watching|viewing|hearing|listening to)) the (?:video|clip|film|recording|audio)\b|\bafter (?:watching|viewing|listening to) (?:the|this)\b|\blisten and (?:choose|answer|select)\b/i,
];

/** How a question speaks of a table or of what is attached to it. 下表面 is a side of a thing. */
const TABLED: readonly RegExp[] = [
  /[如见](下|附|右|左|上)表(?![面层皮])|(根据|依据|按照?|参照|参见|结合|查|看|从|由)(下|附|右|左)表(?![面层皮])/,
  /(?<![以天之水])下表(?:所示|中|所列|给出|列出|数据|内容|是|为)|附表(?:所示|中|所列)/,
  /[如见]附件(?!的?(要求|规定))|附件\s?\d{0,2}\s?(?:所示|所列|中的?(数据|图|表|材料))/,
  /\b(the )?(table|chart) (below|above)\b|\b(following|attached) (table|document|file|appendix)\b|\bsee (the )?attach(ed|ment)\b/i,
];

const hasTable = (text: string): boolean =>
  !isWordsAlone(text) && parseContent(text).some(({ kind }) => kind === 'table');

/**
 * Whether a stem or an option speaks of a picture, a recording or a film, or gives the address of one, or speaks of a table or something
 * attached, and has no table. A picture may show that.
 */
export function asksForPicture(text: string): boolean {
  const tidied = tidy(text);
  if ([SPOKEN, SHOWN, SHOWN_IN_ENGLISH].some((all) => all.some((pattern) => pattern.test(tidied)))) return true;
  if (writesFileAddress(tidied)) return true;
  return TABLED.some((pattern) => pattern.test(tidied)) && !hasTable(text);
}
