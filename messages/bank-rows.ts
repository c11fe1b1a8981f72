import type { Words } from '../contract/words/readiness.ts';

/** What is wrong with a row of a bank and what to do about it, for the clerk who has the workbook open. */
export const bankRowWords = {
  'kind-missing': {
    zh: '没有写题型。请填写：单选题、多选题或判断题。',
    en: 'The kind of question is missing: single choice, multiple choice, or true or false.',
  },
  'kind-unknown': {
    zh: '题型不支持。只收单选题、多选题、判断题、数字题、填空题和排序题。',
    en: 'This kind of question is not supported: only choices, true or false, numbers, words and orders.',
  },
  'stem-missing': {
    zh: '没有题干，或选项写进了题干列。请补写。',
    en: 'There is no question, or its options stand in its place.',
  },
  'stem-torn': {
    zh: '一道题被拆成了两行。请合并。',
    en: 'One question stands in two rows. Join them.',
  },
  'picture-needed': {
    zh: '题目要看图，图却不在这一行。请把图放进这一行的题干单元格，或改写成文字题。',
    en: 'The question needs a picture, and there is none in its row.',
  },
  'picture-unclear': {
    zh: '图压着几道题或在解析一类的列里，分不清属于谁；或被别的东西盖住、加了效果、是组合或图形，看不准内容。请把处理好的一张图放进所属的单元格。',
    en: 'The picture lies over several questions, or is covered, changed, or drawn of several parts. Put one finished picture into one cell.',
  },
  'picture-unreadable': {
    zh: '图打不开、太大，或格式不支持。请换成 PNG 或 JPEG。',
    en: 'The picture cannot be opened, or is too large. Use PNG or JPEG.',
  },
  'formula-unreadable': {
    zh: '公式显示不出来。请改正这个公式。',
    en: 'The formula cannot be shown. Correct it.',
  },
  'construct-unread': {
    zh: '题目里有本系统读不了的部分，考生可能要用到它。请改写：',
    en: 'The question has a part that cannot be read here and a candidate may need. Write it otherwise:',
  },
  'cell-error': {
    zh: '单元格显示错误（如 #REF!），或公式没有算出结果。请在 Excel 里改正后保存。',
    en: 'The cell shows an error, such as #REF!, or a formula without its value. Correct it in Excel and save.',
  },
  'table-unreadable': {
    zh: '表格有合并的单元格、套着表格，或有一行比表头长，分不清哪个值属于哪一列。请拆开，或换成图。',
    en: 'The table has merged cells or rows that are too long. Take it apart.',
  },
  'cell-rewritten': {
    zh: 'Excel 把内容改成了日期，或单元格的格式让它显示成别的、什么也不显示。请把单元格设为文本后重新输入。',
    en: 'Excel has made a date of it, or its format shows something else, or nothing. Format the cell as text and type it again.',
  },
  'passage-missing': {
    zh: '题目问的是案例或材料，而这一行的“材料”是空的。请在每道题的行里都写上材料，或把材料的单元格合并到各行。',
    en: 'It asks about a case or a text, and there is none in this row. Write it into the row of each question, or merge its cell over them.',
  },
  'premises-missing': {
    zh: '匹配题缺少左边各项。请在“左列”里每行写一项，选项写右边各项，答案写 1-C；2-A；3-B。',
    en: 'What options are put beside is missing. Write it into the column 左列, one in a line; the answer as 1-C；2-A；3-B.',
  },
  'premises-unclear': {
    zh: '匹配题左边各项分不清，或有两项相同。请每行写一项。',
    en: 'What options are put beside cannot be told apart, or two are the same. Write one in a line.',
  },
  'options-missing': {
    zh: '没有选项，或只有一个选项。请补写。',
    en: 'There are no options, or only one.',
  },
  'options-unclear': {
    zh: '分不清选项从哪里到哪里，或字母重复、缺失。请用 A、B、C、D 依次标出。',
    en: 'It is unclear where options begin and end. Mark them A, B, C, D.',
  },
  'options-count': {
    zh: '选项个数不对：判断题 2 个，其他 2 到 12 个。',
    en: 'The number of options is wrong: two for true or false, two to twelve else.',
  },
  'options-same': {
    zh: '有两个选项相同。请改正其中一个。',
    en: 'Two options are the same.',
  },
  'key-missing': {
    zh: '没有答案。请补写。',
    en: 'There is no answer.',
  },
  'key-unreadable': {
    zh: '看不懂答案。选择题、排序题写选项字母，判断题写正确或错误，填空题每空一个答案，用“；”分开，匹配题写 1-C；2-A；3-B。',
    en: 'The answer cannot be read. Write letters of options; 正确 or 错误; or an answer for each gap, parted by “；”; or pairs such as 1-C；2-A；3-B.',
  },
  'key-outside-options': {
    zh: '答案的字母不在选项里。请核对答案和选项。',
    en: 'The answer names an option that is not there.',
  },
  'key-count': {
    zh: '答案个数不对：单选题、判断题一个，排序题含全部选项，匹配题左边每项一个。请核对题型和答案。',
    en: 'The number of answers is wrong: one for a single choice or a statement, all options for an order, one for each on the left for pairs.',
  },
  'key-too-free': {
    zh: '填空题的答案太长，或写了“或、等、均可、略”之类，机器无法判分。请写成要填的字；同一空的几种写法用 | 隔开。',
    en: 'No program can mark this answer. Write the very words that go into the gap, and part those that count alike by |.',
  },
  'key-ordered': {
    zh: '题目问顺序，答案的字母有先后，题型却不是排序题。要排序就把题型写成“排序题”；否则请改写成普通选择题。',
    en: 'The question asks for an order, and its kind does not. Call its kind 排序题 (ordering), or ask it as a usual choice.',
  },
  'key-contradicted': {
    zh: '同一道题出现了不同的答案。请核对后只留正确的。',
    en: 'The same question has different answers. Keep the right one.',
  },
  'item-refused': {
    zh: '内容不符合要求（例如超过 12 个选项）。请改写。',
    en: 'It has too many options, or something else that is not allowed.',
  },
} satisfies Readonly<Record<string, Words>>;
