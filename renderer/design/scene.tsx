import type { ReactNode } from 'react';
import { Main } from './main.tsx';

type SceneProps = {
  /** Name of the screen, for whoever drives the page. */
  readonly screen: string;
  /** What it is about, large. Where there is none, what is said takes all the room. */
  readonly picture?: ReactNode;
  readonly className?: string;
  readonly receipt?: string;
  readonly children: ReactNode;
};

/** A screen of a candidate: a picture and what is said beside it, or above it where the screen stands upright. */
export function Scene({ screen, picture, className = '', receipt, children }: SceneProps) {
  return (
    <Main
      screen={screen}
      className={`scene${picture ? '' : ' alone'} ${className}`}
      {...(receipt === undefined ? {} : { receipt })}
    >
      {picture && <div className="scene-picture">{picture}</div>}
      <div className="scene-told">{children}</div>
    </Main>
  );
}
