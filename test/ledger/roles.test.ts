/** Every role asks for every operation over HTTP, of its own and of somebody else's, and gets what the table says. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRORS, RefusalError } from '../../src/kernel/errors.js';
import type { Bic, LedgerCode } from '../../src/kernel/ids.js';
import {
  type Access,
  type Allowed,
  LEDGER_ROLES,
  type LedgerCaller,
  type LedgerRole,
  mayOpen,
  OPERATIONS,
  type Operation,
} from '../../src/ledger/domestic/roles.js';
import { createLedgerRouter } from '../../src/ledger/http/router.js';
import { createLedgerReads } from '../../src/ledger/reads.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import type { LedgerCommand, WalletKind } from '../../src/ledger/types.js';
import { bic, codes, IDENTITY, issue, NOTARY, open, openLedger, T0, w } from './support.js';

/** A party and the names of what it has: `X` and `X-2` are its wallets, `X-mark` its mark, and so on. */
interface Party {
  readonly id: string;
  readonly bic: Bic;
}
const STRANGER: Party = { id: 'stranger', bic: bic('ELSEKZ20') };
const ROLE_BICS: Readonly<Record<LedgerRole, Bic>> = {
  ...{ issuer: bic('ISSRKZ20'), bank: bic('BANKKZ20'), treasury: bic('TRSYKZ20'), provider: bic('PROVKZ20') },
  ...{ notary: bic('NOTAKZ20'), oracle: bic('ORACKZ20'), eventProvider: bic('EVNTKZ20'), operator: bic('OPERKZ20') },
};
const partyOf = (role: LedgerRole): Party => ({ id: role, bic: ROLE_BICS[role] });

const EXPIRES_AT = T0 + 86_400_000;
const PROVIDER = 'registry';

/** Everything that an operation may be about, of one party. */
const belongings = ({ id, bic: by }: Party): LedgerCommand[] => [
  open(id, 'settlement', by),
  ...['2', '3', 'blocked'].map((name) => open(`${id}-${name}`, 'customer', by)),
  { kind: 'setWalletStatus', walletId: w(`${id}-blocked`), status: 'blocked' },
  issue(`issue-${id}`, id, 100n),
  {
    ...{ kind: 'registerMark', by, markId: `${id}-mark`, crossBorder: false },
    rule: { by: 'agreement' },
  },
  {
    ...{ kind: 'requestMoney', by, requestId: `${id}-request`, direction: 'issuance', walletId: w(id) },
    ...{ amountMinor: 5n, lifeMs: 1_000 },
  },
  {
    ...{ kind: 'registerAgreement', by, agreementId: `${id}-agreement`, markId: `${id}-mark`, payer: w(id) },
    ...{ payee: w(`${id}-2`), transferMaxMinor: 10n, withdrawalMaxMinor: 10n, expiresAt: EXPIRES_AT },
  },
  {
    ...{ kind: 'registerInvoice', invoiceId: `${id}-invoice`, form: 'invoice', sellerWallet: w(id), contractId: null },
    ...{ buyerWallet: w(`${id}-2`), total: { netMinor: 10n, vatMinor: 1n } },
  },
  {
    kind: 'registerEvent',
    terms: {
      ...{ eventId: `${id}-event`, ownerBic: by, providerIds: [PROVIDER], threshold: 1, debitWallet: w(id) },
      ...{ receivers: [{ walletId: w(`${id}-2`), parts: 10n }], shares: 'amounts', amountMinor: 10n },
      ...{ markId: null, markLevel: null, mode: 'single', expiresAt: EXPIRES_AT },
    },
  },
];

const PROVIDER_REGISTERED: LedgerCommand = {
  ...{ kind: 'registerProvider', by: ROLE_BICS.oracle, providerId: PROVIDER, bic: bic('REGIKZ20'), name: 'Registry' },
  keys: [{ keyId: 'registry-1', suite: 'ed25519', publicKey: NOTARY.publicKey, validFrom: 0, validTo: null }],
};

const TAX = bic('TAXAKZ20');
const VAT: readonly LedgerCommand[] = [
  open('tax', 'treasury', TAX),
  { kind: 'registerMark', by: TAX, markId: 'vat', crossBorder: false, rule: { by: 'vat', taxWallet: w('tax') } },
];

type Call = readonly ['get' | 'post', path: string, body?: Readonly<Record<string, unknown>>];
const MONEY = { amount: '0.01', currency: 'KZT' };
const KIND_OF: Readonly<Partial<Record<string, WalletKind>>> = {
  ...{ issuer: 'issuer', treasury: 'treasury', provider: 'provider' },
};
const status = (walletId: string, to: string): Call => ['post', `/wallets/${walletId}/status`, { status: to }];

/** How each operation is asked for, about what this party has. A new operation doesn't compile without its call. */
const CALLS: Readonly<Record<Operation, (of: Party, role: string) => Call>> = {
  openWallet: ({ id, bic: ownerBic }, role) => [
    ...(['post', '/wallets'] as const),
    { walletId: `${id}-new`, kind: KIND_OF[role] ?? 'customer', ownerBic },
  ],
  registerAccount: ({ id, bic: agentBic }) => ['post', '/accounts', { agentBic, accountId: 'KZ01', walletId: id }],
  blockWallet: ({ id }) => status(`${id}-3`, 'blocked'),
  unblockWallet: ({ id }) => status(`${id}-blocked`, 'open'),
  closeWallet: ({ id }) => status(id, 'closed'),
  readWallet: ({ id }) => ['get', `/wallets/${id}/balance`],
  listWallets: ({ bic: owner }) => ['get', `/wallets?owner=${owner}`],
  requestIssuance: ({ id }) => ['post', '/issuance', { walletId: id, ...MONEY }],
  requestRedemption: ({ id }) => ['post', '/redemption', { walletId: id, ...MONEY }],
  approveRequest: ({ id }) => ['post', `/requests/${id}-request/approval`, {}],
  refuseRequest: ({ id }) => ['post', `/requests/${id}-request/refusal`, { reason: 'no' }],
  readRequest: ({ id }) => ['get', `/requests/${id}-request`],
  convert: ({ id }) => [
    ...(['post', '/conversions'] as const),
    { direction: 'toDigital', bankWallet: id, clientWallet: `${id}-2`, nonCashEntry: 'books-1', ...MONEY },
  ],
  transfer: ({ id }) => ['post', '/transfers', { debitWallet: id, creditWallet: `${id}-2`, ...MONEY }],
  registerMark: () => ['post', '/marks', {}],
  mark: ({ id }) => ['post', `/marks/${id}-mark/mark`, { walletId: id, ...MONEY }],
  unmark: ({ id }) => ['post', `/marks/${id}-mark/unmark`, { walletId: id, markLevel: 0, ...MONEY }],
  spend: ({ id }) => [
    ...(['post', '/spends'] as const),
    { debitWallet: id, creditWallet: `${id}-2`, markId: `${id}-mark`, markLevel: 0, ...MONEY },
  ],
  readMark: ({ id }) => ['get', `/marks/${id}-mark/report`],
  registerAgreement: ({ id }) => ['post', '/agreements', { markId: `${id}-mark` }],
  spendUnderAgreement: ({ id }) => [
    ...(['post', '/spends'] as const),
    {
      ...{ debitWallet: id, creditWallet: `${id}-2`, markId: `${id}-mark`, markLevel: 0, ...MONEY },
      agreementId: `${id}-agreement`,
    },
  ],
  withdrawUnderAgreement: ({ id }) => ['post', `/agreements/${id}-agreement/withdrawals`, MONEY],
  readAgreement: ({ id }) => ['get', `/agreements/${id}-agreement`],
  registerAttribute: ({ id }) => ['post', '/attributes', { walletId: id, name: 'region', value: 'Almaty' }],
  readAttribute: ({ id }) => ['get', `/attributes?walletId=${id}&name=region`],
  registerInvoice: ({ id }) => ['post', '/invoices', { sellerWallet: id }],
  correctInvoice: ({ id }) => ['post', `/invoices/${id}-invoice/corrections`, {}],
  cancelInvoice: ({ id }) => ['post', `/invoices/${id}-invoice/cancellation`, {}],
  payInvoice: ({ id }) => ['post', `/invoices/${id}-invoice/payments`, MONEY],
  refundInvoice: ({ id }) => ['post', `/invoices/${id}-invoice/refunds`, MONEY],
  readInvoice: ({ id }) => ['get', `/invoices/${id}-invoice`],
  registerProvider: () => ['post', '/providers', {}],
  readProvider: () => ['get', `/providers/${PROVIDER}`],
  registerEvent: ({ id }) => ['post', '/events', { debitWallet: id }],
  placeHold: ({ id }) => ['post', `/events/${id}-event/hold`, {}],
  submitStatement: ({ id }) => ['post', `/events/${id}-event/statements`, {}],
  readEvent: ({ id }) => ['get', `/events/${id}-event`],
  readSupply: () => ['get', '/supply'],
  readBlock: () => ['get', '/blocks/latest'],
  readTransaction: ({ id }) => ['get', `/transactions/{issue-${id}}`],
  readToken: ({ id }) => ['get', `/tokens/{issue-${id}}00000000/tree`],
};

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** A ledger where the party and a stranger have one of everything, asked by whom the header says. */
async function application(party: Party): Promise<(caller: LedgerCaller, call: Call) => Promise<string>> {
  const store = createMemoryStore();
  const ledger = await openLedger(store);
  const commands = [PROVIDER_REGISTERED, ...VAT, ...belongings(party), ...belongings(STRANGER)];
  for (const command of commands)
    expect([command.kind, ...(await codes(ledger, [command]))]).toEqual([command.kind, 'ok']);
  const issued = new Map<string, string>();
  for (let at = 1n; at <= (await store.head()).sequence; at += 1n)
    for (const { kind, reference, transactionId } of await store.blockTransactions(at))
      if (kind === 'issue') issued.set(`{${reference}}`, Buffer.from(transactionId).toString('hex'));
  const app = express();
  app.use(express.json());
  const callerOf = (req: express.Request): LedgerCaller => JSON.parse(req.get('caller') ?? '');
  app.use(createLedgerRouter({ ledger, reads: createLedgerReads(store), callerOf }));
  const problem: ErrorRequestHandler = (error, _req, res, next) => {
    if (!(error instanceof RefusalError)) return next(error);
    res.status(ERRORS[error.refusal.code].http).json({ code: error.refusal.code });
  };
  app.use(problem);
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  let key = 0;
  return async (caller, [method, template, body]) => {
    const path = template.replace(/\{.+\}/, (name) => issued.get(name)!);
    const asked = request(server)
      [method](path)
      .set('caller', JSON.stringify(caller))
      .set('Idempotency-Key', `k${++key}`);
    const { status: http, body: answer } = await (body ? asked.send(body) : asked);
    expect(http, `${method} ${path}`).not.toBe(500);
    // A path that nobody serves would look like one that everybody may ask.
    expect([http, answer.code === undefined && http === 404], `${method} ${path} is served`).toEqual([http, false]);
    return http === 403 ? 'FORBIDDEN' : 'may';
  };
}

const operations = Object.keys(OPERATIONS) as Operation[];
const may = (role: LedgerRole, operation: Operation, isOwn: boolean): string => {
  const allowed: Allowed = OPERATIONS[operation];
  if (allowed === 'everybody') return 'may';
  const access = allowed[role];
  return access === 'any' || (access === 'own' && isOwn) ? 'may' : 'FORBIDDEN';
};

describe.each(LEDGER_ROLES)('the role %s', (role) => {
  const own = partyOf(role);
  const caller: LedgerCaller = { bic: own.bic, role, ledger: null, keyId: `${role}-1` };
  let ask: Awaited<ReturnType<typeof application>>;
  beforeAll(async () => {
    ask = await application(own);
  });

  it.each(operations)('%s', async (operation) => {
    const elsewhere = { ...caller, ledger: 'CN' as LedgerCode };
    const home = { ...caller, ledger: IDENTITY.code };
    const foreign = OPERATIONS[operation] === 'everybody' ? 'may' : 'FORBIDDEN';
    expect({
      elsewhere: await ask(elsewhere, CALLS[operation](own, role)),
      ofStranger: await ask(home, CALLS[operation](STRANGER, role)),
      ofItself: await ask(home, CALLS[operation](own, role)),
    }).toEqual({
      elsewhere: foreign,
      ofStranger: may(role, operation, false),
      ofItself: may(role, operation, true),
    });
  });
});

describe('a role that the platform does not know', () => {
  it.each(['desk', 'gateway', 'toString'])('%s may what everybody may', async (role) => {
    const own = partyOf('bank');
    const ask = await application(own);
    for (const operation of operations) {
      const answer = await ask({ bic: own.bic, role, ledger: null, keyId: 'k' }, CALLS[operation](own, role));
      expect([operation, answer]).toEqual([operation, OPERATIONS[operation] === 'everybody' ? 'may' : 'FORBIDDEN']);
    }
  });
});

describe('the kind of a wallet', () => {
  const kinds: readonly WalletKind[] = [
    'customer',
    'settlement',
    'provider',
    'treasury',
    'issuer',
    'suspense',
    'residue',
    'fee',
  ];
  it.each([
    ['issuer', ['issuer', 'suspense', 'residue']],
    ['bank', ['customer', 'settlement']],
    ['treasury', ['treasury']],
    ['provider', ['provider']],
    ['operator', kinds],
    ['oracle', []],
    ['notary', []],
    ['eventProvider', []],
  ] as const)('%s opens %j', (role, opened) => {
    expect(kinds.filter((kind) => mayOpen(role, kind))).toEqual(opened);
  });

  it('a bank opens no wallet of the treasury, not even its own', async () => {
    const own = partyOf('bank');
    const ask = await application(own);
    const caller = { bic: own.bic, role: 'bank', ledger: null, keyId: 'k' };
    expect(await ask(caller, ['post', '/wallets', { walletId: 'x', kind: 'treasury', ownerBic: own.bic }])).toBe(
      'FORBIDDEN',
    );
  });
});

describe('docs/ledger.md', () => {
  const written = readFileSync(new URL('../../docs/ledger.md', import.meta.url), 'utf8');
  it.each(operations)('has the row of %s', (operation) => {
    const allowed: Allowed = OPERATIONS[operation];
    const cell = (access: Access): string =>
      allowed === 'everybody' ? allowed : LEDGER_ROLES.filter((role) => allowed[role] === access).join(', ');
    const row = ['', `\`${operation}\``, cell('own'), cell('any'), ''].map((text) => (text ? ` ${text} ` : ' '));
    expect(written.split('\n').filter((line) => line.startsWith(`| \`${operation}\``))).toEqual([row.join('|').trim()]);
  });
});
