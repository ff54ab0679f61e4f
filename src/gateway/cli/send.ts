import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readInstructions } from '../../iso20022/instruction.js';
import { createMessageReader } from '../../iso20022/reader.js';
import { child, children, text } from '../../iso20022/tree.js';
import { isoTime } from '../../kernel/clock.js';
import { bicKey } from '../../kernel/ids.js';
import { calendar } from '../config.js';
import { KeyFileError, readKeyFile } from '../identity/key-file.js';
import { createSignedFetch, type SignedFetch } from '../identity/signed-fetch.js';
import { type CommandContext, command, defaultBaseUrl, UsageError } from './command.js';
import { xmlFiles } from './xml-files.js';

const USAGE = `Usage: otkel send [--json] [--wait SECONDS] [--key FILE] [--url URL] [FILE|FOLDER ...]

Posts ISO 20022 messages as a bank, waits for the outcome, and prints the pacs.002 and the wallets before and after.
Without a file it sends the bundled example, with a fresh MsgId, UETR and date. Exit code 0 only when every payment was
settled or accepted.

  --json          one JSON object per message instead of text
  --wait SECONDS  longest wait for the final status, default 30
  --key FILE      key that signs; default $OTKEL_KEY, else the key of the message's bank in the data folder
  --url URL       default http://127.0.0.1:$PORT`;

const EXAMPLE = new URL('../../../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url);
const EXAMPLE_TIME_ZONE = 'Asia/Almaty';
const WAIT_SECONDS_MAX = 60;

interface Outgoing {
  readonly name: string;
  readonly body: Buffer;
}

interface WalletChange {
  readonly wallet: string;
  readonly before: string | null;
  readonly after: string | null;
}
interface LegChange {
  readonly ledger: string;
  readonly currency: string;
  readonly debit: WalletChange;
  readonly credit: WalletChange;
}
interface PaymentOutcome {
  readonly status: string;
  readonly uetr: string | null;
  readonly reason: string | null;
  readonly legs: readonly LegChange[];
}

/** `otkel send`. */
export const send = command(USAGE, async (context) => {
  const { values, positionals } = parseArgs({
    args: [...context.argv],
    options: {
      json: { type: 'boolean', default: false },
      wait: { type: 'string', default: '30' },
      key: { type: 'string' },
      url: { type: 'string' },
    },
    allowPositionals: true,
  });
  const waitSeconds = Number(values.wait);
  if (!(Number.isInteger(waitSeconds) && waitSeconds >= 0 && waitSeconds <= WAIT_SECONDS_MAX))
    throw new UsageError(`--wait is a whole number of seconds, at most ${WAIT_SECONDS_MAX}`);
  const messages = positionals.length > 0 ? await readAll(positionals) : [await freshExample(context)];
  const clients = await openClients(context, values.url ?? defaultBaseUrl(context.env));
  let allGood = true;
  for (const message of messages) {
    const sent = await sendOne(context, clients, message, { waitSeconds, keyPath: values.key });
    allGood &&= sent.payments.length > 0 && sent.payments.every((payment) => payment.status !== 'RJCT');
    print(context, message.name, sent, values.json);
  }
  return allGood ? 0 : 1;
});

const readAll = async (paths: readonly string[]): Promise<Outgoing[]> =>
  Promise.all((await xmlFiles(paths)).map(async (name) => ({ name, body: await readFile(name) })));

/** The bundled message is a template: identity and dates are made anew so that it can be sent again and again. */
async function freshExample({ clock, random }: CommandContext): Promise<Outgoing> {
  const now = clock.now();
  const uetr = random.uuid();
  const values: Record<string, string> = {
    MsgId: `DEMO-${uetr.slice(0, 8)}`,
    BizMsgIdr: `DEMO-${uetr.slice(0, 8)}`,
    UETR: uetr,
    CreDtTm: isoTime(now),
    CreDt: isoTime(now),
    IntrBkSttlmDt: calendar(EXAMPLE_TIME_ZONE)(now),
  };
  const template = await readFile(EXAMPLE, 'utf8');
  const body = template.replace(
    /<(MsgId|BizMsgIdr|UETR|CreDtTm|CreDt|IntrBkSttlmDt)>[^<]*</g,
    (_all, name: string) => `<${name}>${values[name]}<`,
  );
  return { name: fileURLToPath(EXAMPLE), body: Buffer.from(body) };
}

interface Clients {
  readonly url: string;
  /** Reads balances of any wallet; null where the operator's key isn't at hand. */
  readonly operator: SignedFetch | null;
  readonly keys: string;
}

async function openClients(context: CommandContext, url: string): Promise<Clients> {
  const keys = join(context.env.OTKEL_DATA ?? '.otkel', 'keys');
  const operator = await signedAs(context, url, join(keys, 'operator.json')).catch((error: unknown) => {
    if (error instanceof KeyFileError) return null;
    throw error;
  });
  return { url, operator, keys };
}

async function signedAs(context: CommandContext, baseUrl: string, keyPath: string): Promise<SignedFetch> {
  const { signer } = await readKeyFile(keyPath);
  return createSignedFetch({ baseUrl, signer, clock: context.clock, random: context.random, fetch: context.fetch });
}

interface Sent {
  readonly http: number;
  readonly answer: string;
  readonly payments: readonly PaymentOutcome[];
}

async function sendOne(
  context: CommandContext,
  clients: Clients,
  message: Outgoing,
  options: { readonly waitSeconds: number; readonly keyPath: string | undefined },
): Promise<Sent> {
  const keyPath = options.keyPath ?? context.env.OTKEL_KEY ?? join(clients.keys, `bank-${senderOf(message.body)}.json`);
  const bank = await signedAs(context, clients.url, keyPath);
  const before = await balances(clients.operator);
  const response = await bank('/v1/messages', {
    body: message.body,
    headers: { 'content-type': 'application/xml', accept: 'application/xml', prefer: `wait=${options.waitSeconds}` },
  });
  const answer = Buffer.from(await response.arrayBuffer());
  const statuses = readStatuses(answer);
  const after = await balances(clients.operator);
  const payments = await Promise.all(
    statuses.map(async (status) => ({ ...status, legs: await legsOf(bank, status.uetr, before, after) })),
  );
  return { http: response.status, answer: answer.toString('utf8'), payments };
}

/** The bank that a message speaks for, lower case; the demo's first bank when the message can't be read. */
function senderOf(body: Buffer): string {
  const read = createMessageReader().read(body);
  const first =
    read.ok && read.value.document.messageId.startsWith('pacs.008') ? readInstructions(read.value)[0] : null;
  return bicKey(first?.instructingAgent ?? first?.debtorAgent ?? 'ALTNKZ20').toLowerCase();
}

function readStatuses(answer: Buffer): Omit<PaymentOutcome, 'legs'>[] {
  const read = createMessageReader().read(answer);
  if (!read.ok || !read.value.document.messageId.startsWith('pacs.002')) return [];
  return children(read.value.document.root, 'TxInfAndSts').map((tx) => {
    const reason = children(tx, 'StsRsnInf')[0];
    const code = text(reason, 'Rsn', 'Cd');
    const words = children(tx, 'StsRsnInf').flatMap((info) => info.AddtlInf ?? []);
    return {
      status: text(tx, 'TxSts') ?? 'unknown',
      uetr: text(tx, 'OrgnlUETR') ?? null,
      reason: code ? [code, ...words].join(' ') : null,
    };
  });
}

type Balances = ReadonlyMap<string, string>;
interface WalletList {
  readonly wallets: readonly { readonly walletId: string; readonly available: { readonly amount: string } }[];
}

async function balances(operator: SignedFetch | null): Promise<Balances> {
  const found = new Map<string, string>();
  if (!operator) return found;
  const [ledgers, participants] = await Promise.all([
    json<{ ledgers: { code: string }[] }>(operator, '/v1/ledgers'),
    json<{ participants: { bic: string }[] }>(operator, '/v1/participants'),
  ]);
  const asked = (ledgers?.ledgers ?? []).flatMap(({ code }) =>
    (participants?.participants ?? []).map(({ bic }) => ({ code, bic })),
  );
  await Promise.all(
    asked.map(async ({ code, bic }) => {
      const list = await json<WalletList>(operator, `/v1/ledgers/${code}/wallets?owner=${bic}`);
      for (const wallet of list?.wallets ?? []) found.set(`${code} ${wallet.walletId}`, wallet.available.amount);
    }),
  );
  return found;
}

async function json<T>(client: SignedFetch, path: string): Promise<T | null> {
  const response = await client(path, { headers: { accept: 'application/json' } });
  return response.ok ? ((await response.json()) as T) : null;
}

interface PaymentLegs {
  readonly legs: readonly { ledger: string; currency: string; debitWallet: string; creditWallet: string }[];
}

async function legsOf(bank: SignedFetch, uetr: string | null, before: Balances, after: Balances): Promise<LegChange[]> {
  const payment = uetr ? await json<PaymentLegs>(bank, `/v1/payments/${uetr}`) : null;
  return (payment?.legs ?? []).map(({ ledger, currency, debitWallet, creditWallet }) => {
    const change = (wallet: string): WalletChange => ({
      wallet,
      before: before.get(`${ledger} ${wallet}`) ?? null,
      after: after.get(`${ledger} ${wallet}`) ?? null,
    });
    return { ledger, currency, debit: change(debitWallet), credit: change(creditWallet) };
  });
}

function print(context: CommandContext, name: string, sent: Sent, asJson: boolean): void {
  const [only] = sent.payments;
  if (asJson) {
    const summary = sent.payments.length === 1 ? only : { status: statusOfAll(sent), uetr: null, legs: [] };
    const all = sent.payments.length > 1 ? { payments: sent.payments } : {};
    context.stdout(`${JSON.stringify({ file: name, http: sent.http, ...summary, ...all, answer: sent.answer })}\n`);
    return;
  }
  context.stdout(`${name}\nHTTP ${sent.http}\n${sent.answer}\n`);
  for (const { status, uetr, reason, legs } of sent.payments) {
    context.stdout(`\n${status} ${uetr ?? ''}${reason ? ` ${reason}` : ''}\n`);
    for (const leg of legs) {
      context.stdout(`  ${leg.ledger} ${leg.currency}\n`);
      for (const [side, wallet] of [['debit ', leg.debit] as const, ['credit', leg.credit] as const])
        context.stdout(`    ${side} ${wallet.wallet.padEnd(24)} ${wallet.before ?? '?'} -> ${wallet.after ?? '?'}\n`);
    }
  }
}

function statusOfAll({ answer, payments }: Sent): string {
  const read = createMessageReader().read(Buffer.from(answer));
  const group = read.ok ? children(read.value.document.root, 'OrgnlGrpInfAndSts')[0] : undefined;
  return (group && text(child({ group }, 'group'), 'GrpSts')) ?? (payments.length === 0 ? 'RJCT' : 'PART');
}
