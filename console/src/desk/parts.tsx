/** Small parts of the pages of the FX desk. */
import Big from 'big.js';
import { useRef } from 'preact/hooks';
import { amount } from '../i18n/index.js';
import type { Change } from '../live.js';

const SHOWN_DIGITS = 7;

/** A rate with the digits that people read; whole for whoever points at it. */
export const Price = ({ rate }: { rate: string | null }) =>
  rate === null ? (
    <span class="muted">–</span>
  ) : (
    <span class="amount" title={rate}>
      {amount(new Big(rate).prec(SHOWN_DIGITS).toFixed())}
    </span>
  );

/** Whatever the desk shows may have changed. */
export const touchesDesk = ({ topic }: Change): boolean =>
  topic === 'fx' || topic === 'desk' || topic === 'everything' || topic === 'heartbeat';

/** The same, and what payments change. */
export const touchesTrade = (change: Change): boolean => change.topic === 'payments' || touchesDesk(change);

/** A UUIDv4, also where the page is not served over TLS. */
function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Ids of requests: the same content has the same one until it is done, should the answer to it have been lost. */
export function useRequestIds() {
  const ids = useRef(new Map<string, string>());
  return {
    of(content: unknown): string {
      const key = JSON.stringify(content);
      const id = ids.current.get(key) ?? newUuid();
      ids.current.set(key, id);
      return id;
    },
    done: () => ids.current.clear(),
  };
}

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What is wrong with it, once somebody should be told. */
  readonly fault: string | null;
  readonly onInput: (value: string) => void;
  readonly size?: number;
  readonly maxLength?: number;
  readonly isDecimal?: boolean;
}

/** A field of text with what is wrong in it under it. */
export const Field = ({ id, label, value, fault, onInput, size = 12, maxLength = 40, isDecimal }: FieldProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    <input
      id={id}
      value={value}
      size={size}
      maxLength={maxLength}
      inputMode={isDecimal ? 'decimal' : 'text'}
      autoComplete="off"
      spellcheck={false}
      aria-invalid={fault !== null}
      aria-describedby={`fault-${id}`}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
    <span id={`fault-${id}`} class="fault" role="alert">
      {fault}
    </span>
  </div>
);

export interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

export const Choice = ({ id, label, value, options, onChange }: ChoiceProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {options.map(([one, text]) => (
        <option value={one} key={one}>
          {text}
        </option>
      ))}
    </select>
  </div>
);

/** A number as people type it, with a point and no spaces. */
export const decimal = (text: string): string => text.replaceAll(/[\s\u00a0\u202f']/g, '').replace(',', '.');
