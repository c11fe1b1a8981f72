import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Building2,
  Check,
  ChevronLeft,
  ChevronRight,
  CircleAlert,
  Clock,
  Delete,
  Flag,
  Globe,
  GraduationCap,
  Hand,
  IdCard,
  Info,
  Keyboard,
  LogOut,
  type LucideIcon,
  Printer,
  QrCode,
  ShieldCheck,
  Square,
  UserRound,
  Volume2,
  X,
  ZoomIn,
} from 'lucide-react';

/** The one set of signs. Each stands beside a word or has one for whoever cannot see it; none says anything alone. */
const ICONS = {
  alert: CircleAlert,
  back: ArrowLeft,
  building: Building2,
  card: IdCard,
  check: Check,
  clock: Clock,
  cross: X,
  down: ArrowDown,
  enlarge: ZoomIn,
  erase: Delete,
  flag: Flag,
  forward: ArrowRight,
  hand: Hand,
  info: Info,
  keys: Keyboard,
  language: Globe,
  leave: LogOut,
  learn: GraduationCap,
  next: ChevronRight,
  person: UserRound,
  previous: ChevronLeft,
  print: Printer,
  qr: QrCode,
  shield: ShieldCheck,
  speak: Volume2,
  stop: Square,
  up: ArrowUp,
} as const satisfies Readonly<Record<string, LucideIcon>>;
export type IconName = keyof typeof ICONS;
export const ICON_NAMES = Object.keys(ICONS) as readonly IconName[];

const TURNS: readonly IconName[] = ['back', 'forward', 'next', 'previous', 'leave'];

export function Icon({ name }: { readonly name: IconName }) {
  const Shape = ICONS[name];
  return <Shape className={TURNS.includes(name) ? 'icon turns' : 'icon'} aria-hidden="true" strokeWidth={2.25} />;
}
