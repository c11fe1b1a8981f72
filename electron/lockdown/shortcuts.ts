/** A key as Electron reports it before the page sees it. */
export type KeyPress = {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
};

const MODIFIERS = new Set(['Control', 'Shift', 'AltGraph', 'CapsLock', 'NumLock']);
const BLOCKED = /^(F\d{1,2}|PrintScreen|ContextMenu|Alt|Meta|Help|Power|(Browser|Launch|Media|Audio|Zoom).*)$/;

/**
 * Whether a key is kept from the page and from Chromium. What an exam needs is short, so all that is not typing is
 * blocked: function keys, and everything with Ctrl, Alt or the system key. Typing stays: third-level characters
 * (AltGr reports Ctrl+Alt), and Ctrl+Space, which switches the input method.
 *
 * The operating system sees Win, Alt+Tab and Ctrl+Alt+Del before this program does; its own kiosk mode holds those.
 */
export function isBlocked({ key, control, alt, meta }: KeyPress): boolean {
  if (MODIFIERS.has(key)) return false;
  if (BLOCKED.test(key) || meta) return true;
  if (control && alt) return key.length !== 1 || /[a-z0-9]/i.test(key);
  return alt || (control && key !== ' ');
}
