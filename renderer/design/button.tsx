import type { ReactNode, RefObject } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Icon, type IconName } from './icons.tsx';

/** One filled button a screen: what is usually done next. `danger` is never that one. */
export type Look = 'primary' | 'secondary' | 'quiet' | 'danger' | 'staff';

export type ButtonProps = {
  readonly look?: Look;
  /** Name of what it does, for whoever drives the page. */
  readonly action?: string | undefined;
  readonly icon?: IconName | undefined;
  readonly small?: boolean;
  readonly disabled?: boolean | undefined;
  /** Whether it is on, of what can be on or off. */
  readonly pressed?: boolean;
  /** What it is called where it shows only a sign. */
  readonly label?: string;
  readonly className?: string;
  readonly submits?: boolean;
  readonly onPress?: (() => unknown) | undefined;
  readonly buttonRef?: RefObject<HTMLButtonElement | null> | undefined;
  readonly children?: ReactNode;
  /** Other marks for whoever drives the page. */
  readonly marks?: Readonly<Record<`data-${string}`, string | number>>;
};

export function Button(props: ButtonProps) {
  const { look = 'secondary', action, icon, small = false, disabled = false, pressed, label, children } = props;
  const { className = '', submits = false, onPress, buttonRef, marks = {} } = props;
  return (
    <AriaButton
      className={`button ${look}${small ? ' small' : ''} ${className}`}
      type={submits ? 'submit' : 'button'}
      isDisabled={disabled}
      {...(onPress ? { onPress: () => void onPress() } : {})}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(label ? { 'aria-label': label } : {})}
      {...(buttonRef ? { ref: buttonRef } : {})}
      {...marks}
      data-action={action}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span className="button-words">{children}</span>}
    </AriaButton>
  );
}
