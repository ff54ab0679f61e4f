import type { Bic, LedgerCode, WalletId } from '../../kernel/ids.js';
import { createSigner } from '../../kernel/suites.js';
import { type EventTerms, type SignedStatement, type Statement, statementBytes } from '../../ledger/domestic/event.js';
import type { LedgerIdentity } from '../../ledger/model.js';
import type { LedgerCommand } from '../../ledger/types.js';
import {
  ARRIVALS,
  type Deed,
  type EventDeed,
  PROVIDER,
  PROVIDER_COUNT,
  ROUTE,
  type StatementDeed,
  TREASURY,
} from './deeds.js';
import { BANK_BIC, CURRENCY, customerWallet, providerWallet } from './orders.js';

/** The domestic side of a simulated ledger: its treasury, its mark, its event providers, and deeds as commands. */

export const TREASURY_BIC = 'TRSYKZ20' as Bic;
const ORACLE_BIC = 'ORCLKZ20' as Bic;
export const MARK = 'road';
export const TREASURY_FUNDS = 400_000n;

export const identityOf = (code: LedgerCode): LedgerIdentity => ({ code, currency: CURRENCY[code]! });
export const treasuryWallet = (code: LedgerCode): WalletId => `${code.toLowerCase()}-treasury` as WalletId;
export const walletOf = (code: LedgerCode, person: number): WalletId =>
  person === TREASURY
    ? treasuryWallet(code)
    : person === PROVIDER
      ? providerWallet(code, 'in')
      : customerWallet(code, person);

const KEYS = Array.from({ length: PROVIDER_COUNT }, (_, provider) =>
  createSigner(`registry-${provider}`, 'ed25519', new Uint8Array(32).fill(provider + 1)),
);
const NOBODYS_KEY = createSigner('registry-0', 'ed25519', new Uint8Array(32).fill(99));
export const PROVIDERS = KEYS.map(({ keyId: providerId, suite, publicKey }) => ({ providerId, suite, publicKey }));

/** What a ledger's oracle registers, and what its treasury marks and hands out, before anything else. */
export function domesticSetUp(code: LedgerCode): LedgerCommand[] {
  const levels = ROUTE.map((people) => people.map((person) => walletOf(code, person)));
  const spend = (from: number, to: number, markLevel: number, amountMinor: bigint): LedgerCommand => ({
    kind: 'spend',
    reference: `set-up-${from}-${to}`,
    markId: MARK,
    markLevel,
    amountMinor,
    debitWallet: walletOf(code, from),
    creditWallet: walletOf(code, to),
  });
  return [
    {
      kind: 'registerMark',
      by: TREASURY_BIC,
      markId: MARK,
      rule: { by: 'addresses', levels },
      crossBorder: true,
      arrivals: ARRIVALS.map(([person, markLevel]) => ({ walletId: walletOf(code, person), markLevel })),
    },
    ...KEYS.map(
      ({ keyId, suite, publicKey }): LedgerCommand => ({
        kind: 'registerProvider',
        by: ORACLE_BIC,
        providerId: keyId,
        bic: BANK_BIC,
        name: keyId,
        keys: [{ keyId, suite, publicKey, validFrom: 0, validTo: null }],
      }),
    ),
    {
      kind: 'mark',
      by: TREASURY_BIC,
      reference: 'set-up',
      walletId: treasuryWallet(code),
      markId: MARK,
      amountMinor: TREASURY_FUNDS / 2n,
    },
    spend(TREASURY, 0, 0, 40_000n),
    spend(TREASURY, 1, 0, 20_000n),
    spend(0, 2, 1, 15_000n),
    spend(1, 3, 1, 10_000n),
  ];
}

export const eventIdOf = (deed: { readonly id: number }): string => `event-${deed.id}`;
const referenceOf = ({ ledger, id }: Deed): string => `${ledger}-${id}`;

/** What is registered for an event. `startsAt` is the clocks' start, milliseconds since 1970. */
export function termsOfDeed(deed: Deed & EventDeed, startsAt: number): EventTerms {
  const { ledger, level } = deed;
  return {
    eventId: eventIdOf(deed),
    ownerBic: BANK_BIC,
    providerIds: PROVIDERS.map(({ providerId }) => providerId),
    threshold: deed.threshold,
    debitWallet: walletOf(ledger, deed.from),
    shares: 'parts',
    mode: deed.mode,
    receivers: deed.to.map((person, i) => ({ walletId: walletOf(ledger, person), parts: BigInt(i + 1) })),
    amountMinor: deed.amountMinor,
    markId: level === null ? null : MARK,
    markLevel: level,
    expiresAt: Math.floor(startsAt + deed.at + deed.expiresAfterMs),
  };
}

/** A deed as the commands that are submitted one after the other; none where its event is not of the plan. */
export function commandsOf(deed: Deed, terms: (event: number) => EventTerms | undefined): readonly LedgerCommand[] {
  const by = TREASURY_BIC;
  switch (deed.kind) {
    case 'mark': {
      const walletId = treasuryWallet(deed.ledger);
      const reference = referenceOf(deed);
      return [{ kind: 'mark', by, reference, walletId, markId: MARK, amountMinor: deed.amountMinor }];
    }
    case 'merge': {
      const walletId = walletOf(deed.ledger, deed.of);
      return [{ kind: 'consolidate', walletId, mark: { markId: MARK, markLevel: deed.level }, inputCountMax: 4 }];
    }
    case 'unmark': {
      const { ledger, of, level: markLevel, amountMinor } = deed;
      const walletId = walletOf(ledger, of);
      return [{ kind: 'unmark', by, reference: referenceOf(deed), walletId, markId: MARK, markLevel, amountMinor }];
    }
    case 'spend': {
      const { ledger, from, to, level: markLevel, amountMinor } = deed;
      const parties = { debitWallet: walletOf(ledger, from), creditWallet: walletOf(ledger, to) };
      return [{ kind: 'spend', reference: referenceOf(deed), ...parties, markId: MARK, markLevel, amountMinor }];
    }
    case 'event': {
      const registered = terms(deed.id);
      if (!registered) return [];
      return [
        { kind: 'registerEvent', terms: registered },
        { kind: 'holdForEvent', terms: registered },
      ];
    }
    case 'statement': {
      const shown = terms(deed.shownFor);
      const statement = shown && signedFor(deed, terms);
      return statement ? [{ kind: 'stateEvent', terms: shown, statement }] : [];
    }
  }
}

const saidIn = (deed: StatementDeed): Statement => ({
  providerId: PROVIDERS[deed.provider]!.providerId,
  sequence: deed.sequence,
  kind: deed.said,
  amountMinor: deed.amountMinor,
  reason: deed.said === 'refused' ? 'not so' : null,
});

/** The statement as its provider signs it, for the event that it is of and the ledger of that. */
function signedFor(deed: StatementDeed, terms: (event: number) => EventTerms | undefined): SignedStatement | null {
  const own = terms(deed.of);
  return own ? signStatement(identityOf(deed.signedOn), own, saidIn(deed), deed.forged) : null;
}

/** The bytes of everything that providers sign in a plan, as `latin1` text. */
export const signedBytes = (deeds: readonly Deed[], terms: (event: number) => EventTerms | undefined): Set<string> =>
  new Set(
    deeds.flatMap((deed) => {
      const own = deed.kind === 'statement' && !deed.forged ? terms(deed.of) : undefined;
      if (deed.kind !== 'statement' || !own) return [];
      return [statementBytes(identityOf(deed.signedOn), own, saidIn(deed)).toString('latin1')];
    }),
  );

/** The statement with its provider's signature, or with nobody's. */
export function signStatement(
  ledger: LedgerIdentity,
  terms: EventTerms,
  { providerId, sequence, kind, amountMinor, reason }: Statement,
  isForged = false,
): SignedStatement {
  const statement = { providerId, sequence, kind, amountMinor, reason };
  const key = KEYS.find(({ keyId }) => keyId === providerId)!;
  const signature = (isForged ? NOBODYS_KEY : key).sign(statementBytes(ledger, terms, statement));
  return { ...statement, keyId: key.keyId, signature };
}
