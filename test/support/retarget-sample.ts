/** What a real pacs.008 must say to belong to the demo corridor. Everything that is not named here stays as it is. */
export interface SampleChanges {
  readonly msgId: string;
  /** Of the first transaction; the last two digits count up in a batch. */
  readonly uetr: string;
  readonly instructingAgent: string;
  readonly instructedAgent: string;
  readonly debtorAgent: string;
  readonly creditorAgent: string;
  readonly debtorAccount: string;
  readonly creditorAccount: string;
  readonly currency: string;
  /** `YYYY-MM-DD`; days of settlement, creation and expiry. */
  readonly date: string;
  /** Settlement and instructed amounts above this are replaced by it; a decimal. */
  readonly amountMax: string;
}

const PREFIX = '((?:[A-Za-z_][\\w.-]*:)?)';

/**
 * A real pacs.008 as it would be sent in the demo corridor: agents, accounts, currency, dates, MsgId, UETR, intermediary
 * agents and amounts above a limit are replaced in the text; prefixes, envelope, comments, white space and every other
 * element stay byte for byte.
 */
export function retargetSample(xml: string, changes: SampleChanges): string {
  let out = xml;
  out = values(out, 'MsgId', () => changes.msgId);
  out = values(out, 'BizMsgIdr', () => changes.msgId);
  let transaction = 0;
  out = values(out, 'UETR', () => countedUetr(changes.uetr, transaction++));
  out = blocks(out, 'InstgAgt', (block, prefix) => agentBlock(block, prefix, changes.instructingAgent));
  out = blocks(out, 'InstdAgt', (block, prefix) => agentBlock(block, prefix, changes.instructedAgent));
  out = blocks(out, 'DbtrAgt', (block, prefix) => agentBlock(block, prefix, changes.debtorAgent));
  out = blocks(out, 'CdtrAgt', (block, prefix) => agentBlock(block, prefix, changes.creditorAgent));
  out = blocks(out, 'Fr', (block) => values(block, 'BICFI', () => changes.instructingAgent));
  out = blocks(out, 'To', (block) => values(block, 'BICFI', () => changes.instructedAgent));
  for (const n of [1, 2, 3]) {
    out = blocks(out, `IntrmyAgt${n}`, (block, prefix) => agentBlock(block, prefix, changes.instructedAgent));
  }
  out = account(out, 'DbtrAcct', 'DbtrAgt', 'before', changes.debtorAccount);
  out = account(out, 'CdtrAcct', 'Cdtr', 'after', changes.creditorAccount);
  out = out.replace(/(\sCcy\s*=\s*["'])[A-Z]{3}(["'])/g, `$1${changes.currency}$2`);
  out = values(out, 'IntrBkSttlmDt', () => changes.date);
  for (const name of ['CreDtTm', 'CreDt', 'XpryDtTm']) {
    out = values(out, name, (value) => value.replace(/\d{4}-\d\d-\d\d/, changes.date));
  }
  for (const name of ['IntrBkSttlmAmt', 'InstdAmt', 'TtlIntrBkSttlmAmt']) {
    out = values(out, name, (value) => (Number(value) > Number(changes.amountMax) ? changes.amountMax : value));
  }
  return out;
}

/** Replaces the text of every element called `name`, whatever its prefix and attributes. */
function values(xml: string, name: string, change: (value: string) => string): string {
  const pattern = new RegExp(`(<${PREFIX}${name}(?:\\s[^<>]*)?>)([^<]*)(</\\2${name}\\s*>)`, 'g');
  return xml.replace(pattern, (_, open: string, __, value: string, close: string) => open + change(value) + close);
}

/** Replaces the inside of every element called `name` that holds no element of the same name. */
function blocks(xml: string, name: string, change: (inside: string, prefix: string) => string): string {
  const pattern = new RegExp(`(<${PREFIX}${name}>)([\\s\\S]*?)(</\\2${name}\\s*>)`, 'g');
  return xml.replace(
    pattern,
    (_, open: string, prefix: string, inside: string, close: string) => open + change(inside, prefix) + close,
  );
}

const agentBlock = (_: string, prefix: string, bic: string): string =>
  `<${prefix}FinInstnId><${prefix}BICFI>${bic}</${prefix}BICFI></${prefix}FinInstnId>`;

/** The account called `name`; where there is none, one is put beside `neighbour`. */
function account(xml: string, name: string, neighbour: string, side: 'before' | 'after', id: string): string {
  const inside = (prefix: string) => {
    const chosen = /^[A-Z]{2}\d\d/.test(id)
      ? `<${prefix}IBAN>${id}</${prefix}IBAN>`
      : `<${prefix}Othr><${prefix}Id>${id}</${prefix}Id></${prefix}Othr>`;
    return `<${prefix}Id>${chosen}</${prefix}Id>`;
  };
  if (new RegExp(`<${PREFIX}${name}>`).test(xml)) return blocks(xml, name, (_, prefix) => inside(prefix));
  const whole = (prefix: string) => `<${prefix}${name}>${inside(prefix)}</${prefix}${name}>`;
  const tag = side === 'before' ? `<${PREFIX}${neighbour}>` : `</${PREFIX}${neighbour}\\s*>`;
  return xml.replace(new RegExp(tag, 'g'), (found: string, prefix: string) =>
    side === 'before' ? whole(prefix) + found : found + whole(prefix),
  );
}

const countedUetr = (uetr: string, position: number): string =>
  position === 0
    ? uetr
    : uetr.slice(0, -2) + ((Number.parseInt(uetr.slice(-2), 16) + position) % 256).toString(16).padStart(2, '0');
