import { useId, useState } from 'react';

type FileFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** As an input takes it: types, or ends of names. */
  readonly accept: string;
  readonly many?: boolean;
  /** Opens the camera of a phone. */
  readonly camera?: boolean;
  readonly disabled?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
};

/** A file is chosen, or dropped onto it. */
export function FileField(props: FileFieldProps) {
  const { name, label, hint, accept, many = false, camera = false, disabled = false, onFiles } = props;
  const hintId = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      className={over ? 'field file over' : 'field file'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) onFiles([...event.dataTransfer.files]);
      }}
    >
      <span className="label">{label}</span>
      <input
        {...{ type: 'file', name, accept, disabled, multiple: many }}
        {...(camera ? { capture: 'user' as const } : {})}
        {...(hint ? { 'aria-describedby': hintId } : {})}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file, mended, can be chosen again.
          event.target.value = '';
        }}
      />
      {hint && (
        <small id={hintId} className="muted">
          {hint}
        </small>
      )}
    </label>
  );
}
