import { ICON_NAMES, Icon } from '../design/icons.tsx';

const COLOURS = [
  ...['ground', 'paper', 'sunk', 'ink', 'ink-soft', 'line', 'edge', 'brand', 'brand-strong', 'brand-soft'],
  ...['good', 'good-soft', 'warn', 'warn-soft', 'bad', 'bad-soft', 'info', 'info-soft', 'night', 'focus'],
];
const SIZES = ['s', 'm', 'l', 'xl', 'xxl'];
const LOOKS = ['primary', 'secondary', 'quiet', 'danger', 'staff'];

/** What screens are made of, and a way to each screen. */
export function Parts({ screens }: { readonly screens: readonly string[] }) {
  return (
    <main className="staff-screen gallery">
      <h1>考站界面 · Gallery</h1>
      <section>
        <h2>Screens</h2>
        <ul className="row">
          {screens.map((screen) => (
            <li key={screen}>
              <a href={`?screen=${screen}`}>{screen}</a>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Colours</h2>
        <ul className="choices">
          {COLOURS.map((name) => (
            <li key={name} style={{ background: `var(--${name})`, padding: '1rem', border: '1px solid var(--edge)' }}>
              <span style={{ background: 'var(--paper)' }}>{name}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Letters</h2>
        {SIZES.map((size) => (
          <p key={size} style={{ fontSize: `var(--size-${size})` }}>
            {size} 安全第一，预防为主 Safety first 0123456789
          </p>
        ))}
      </section>
      <section>
        <h2>Buttons</h2>
        {[false, true].map((disabled) => (
          <p key={String(disabled)} className="row">
            {LOOKS.map((look) => (
              <button key={look} type="button" className={`button ${look}`} disabled={disabled}>
                {look}
              </button>
            ))}
          </p>
        ))}
      </section>
      <section>
        <h2>Signs</h2>
        <ul className="row">
          {ICON_NAMES.map((name) => (
            <li key={name}>
              <Icon name={name} /> {name}
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}
