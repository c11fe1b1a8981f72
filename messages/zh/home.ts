/** For whoever learns at home, on a phone or a computer. Chinese. */
export const home = {
  'home.title': '居家学习',
  'home.not-built': '居家学习的页面还没有装好，请告诉单位的管理员。',
  'home.nothing-here': '这里什么都没有。',
  'home.to-start': '回到首页',
} as const;
