/** Recordings, films, pictures and documents, by how their names end. */
const FILE =
  /\.(mp3|m4a|wav|wma|aac|amr|ogg|oga|flac|mid|mp4|m4v|mov|avi|wmv|mkv|webm|ogv|flv|swf|mpe?g|rmvb?|3gp|m3u8|png|jpe?g|gif|webp|bmp|svg|tiff?|ico|heic|avif|emf|wmf|pdf|docx?|xlsx?|pptx?|wps|et|dps|odt|ods|odp|rtf|csv|txt|zip|rar|7z)$/i;
/** Where films are watched, and where Moodle keeps what lies beside a text. */
const PLACE =
  /(^|[/.])(youtube(-nocookie)?\.com|youtu\.be|vimeo\.com|bilibili\.com|b23\.tv|youku\.com|v\.qq\.com|ixigua\.com)(\/|$)|pluginfile\.php\//i;

/** Whether an address leads to something that is looked at or listened to, and not to a page that is read about. */
export function linksToFile(address: string): boolean {
  const trimmed = address.trim();
  if (/^(data|file|blob|cid):/i.test(trimmed) || /@@PLUGINFILE@@/.test(trimmed)) return true;
  const [path = ''] = trimmed.split(/[?#]/);
  return FILE.test(path) || PLACE.test(path);
}

const WRITTEN = /https?:\/\/[^\s<>"'，。；、（）)】]+/gi;

/** Whether a text has the address of such a file in it, written out. */
export const writesFileAddress = (text: string): boolean =>
  (text.match(WRITTEN) ?? []).some((address) => linksToFile(address.replace(/[.,;:!?]+$/, '')));
