/** What the routes of the FX desk answer, as far as its pages show it. */

interface Money {
  readonly amount: string;
  readonly currency: string;
}

export interface CurrentRate {
  readonly pair: string;
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  readonly rate: string;
  readonly provider: string;
  readonly setAt: string;
}

export interface Tier {
  readonly amountFrom: string;
  readonly banks: readonly string[];
  readonly bid: string | null;
  readonly ask: string | null;
  readonly spreadBps: string | null;
}

export interface Card {
  readonly provider: string;
  readonly unitCurrency: string;
  readonly quotedCurrency: string;
  readonly mid: string | null;
  readonly vehicle: string | null;
  readonly amountMax: string | null;
  readonly tiers: readonly Tier[];
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** A card as a request sets it: it stands from then on. */
export type NewCard = Omit<Card, 'validFrom'>;

export interface StoredCard extends Card {
  readonly sequence: string;
  readonly asOf: string;
  readonly setAt: string;
  readonly setBy: string;
  readonly approvedBy: string | null;
}

export interface RateHistory {
  readonly rates: readonly StoredCard[];
  readonly next: string | null;
}

/** What a provider asks for one direction. */
export interface ProviderRate {
  readonly provider: string;
  readonly rate: string | null;
  readonly reason: string | null;
  readonly cards: readonly StoredCard[];
}

export type ProposalStatus = 'proposed' | 'approved' | 'refused' | 'expired';

/** What one officer proposes and another decides, whatever it is about. */
export interface Proposed {
  readonly proposalId: string;
  readonly status: ProposalStatus;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly dueAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}
export interface RateProposal extends Proposed {
  readonly rates: readonly Card[];
}

export const HALT_SCOPES = ['pair', 'provider', 'corridor'] as const;
export type HaltScope = (typeof HALT_SCOPES)[number];
export interface Halt {
  readonly haltId: string;
  readonly scope: HaltScope;
  readonly name: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: string;
  readonly liftedBy: readonly string[];
  readonly stands: boolean;
  readonly liftsNeeded: number;
  readonly awaited: readonly string[];
}

export const QUOTE_STATES = ['open', 'used', 'lapsed'] as const;
export type QuoteState = (typeof QUOTE_STATES)[number];
export interface ListedQuote {
  readonly quoteId: string;
  readonly status: QuoteState;
  readonly bank: string;
  readonly provider: string;
  readonly source: Money;
  readonly target: Money;
  /** What of the source amount is charged. */
  readonly charge: Money | null;
  readonly rate: string;
  readonly fixedSide: 'source' | 'target';
  readonly onwardQuoteId: string | null;
  readonly issuedAt: string;
  readonly validUntil: string;
  readonly usedAt: string | null;
  readonly uetr: string | null;
  readonly paymentStatus: 'ACTC' | 'PDNG' | 'ACSC' | 'ACCC' | 'RJCT' | null;
}
export interface QuotePage {
  readonly quotes: readonly ListedQuote[];
  readonly next: string | null;
}

/** A quote's record of best execution. */
export interface Offers {
  readonly won: {
    readonly providers: readonly string[];
    readonly sourceCurrency: string;
    readonly targetCurrency: string;
    readonly sourceAmount: string;
    readonly targetAmount: string;
    readonly rate: string;
  };
  readonly lost: readonly {
    readonly providers: readonly string[];
    readonly reason: string;
    readonly detail: string | null;
    readonly rate: string | null;
    readonly sourceAmount: string | null;
    readonly targetAmount: string | null;
  }[];
}

export interface PositionResult {
  readonly against: string;
  readonly position: string;
  readonly averageRate: string | null;
  readonly middleRate: string | null;
  readonly middleAsOf: string | null;
  readonly realised: string;
  readonly unrealised: string | null;
}
export interface Position {
  readonly provider: string;
  readonly currency: string;
  readonly wallets: readonly {
    readonly ledger: string;
    readonly walletId: string;
    readonly available: string | null;
    readonly held: string | null;
    readonly reserved: string;
  }[];
  readonly position: string;
  readonly residue: string;
  readonly tradeCount: number;
  readonly results: readonly PositionResult[];
  readonly lowWater: { readonly amount: string; readonly setBy: string; readonly setAt: string } | null;
  readonly isLow: boolean | null;
}
export interface Trade {
  readonly sequence: string;
  readonly quoteId: string;
  readonly uetr: string | null;
  readonly bookedAt: string;
  readonly got: Money;
  readonly gave: Money;
  readonly residue: Money;
  readonly equalsQuote: boolean;
}
export interface TradePage {
  readonly trades: readonly Trade[];
  readonly next: string | null;
}

interface WalletMoney extends Money {
  readonly ledger: string;
  readonly walletId: string;
}
export interface QueuedPayment extends Money {
  readonly uetr: string;
  readonly sender: string;
  readonly msgId: string;
  readonly priority: string;
  readonly source: string;
  readonly destination: string;
  readonly since: string;
  readonly until: string;
  readonly run: {
    readonly place: number;
    readonly providers: readonly string[];
    readonly isFunded: boolean;
    readonly takes: readonly WalletMoney[];
    readonly brings: readonly WalletMoney[];
    readonly after: readonly WalletMoney[];
  } | null;
  readonly lacks: readonly WalletMoney[];
}
export interface LiquidityQueue {
  readonly payments: readonly QueuedPayment[];
  readonly liquidity: readonly {
    readonly ledger: string;
    readonly walletId: string;
    readonly currency: string;
    readonly available: string;
    readonly gross: string;
    readonly used: string;
  }[];
}

export const LIMIT_SCOPES = ['bank', 'provider'] as const;
export type LimitScope = (typeof LIMIT_SCOPES)[number];
/** What a limit bounds: an amount of a currency or a count, and of whom. */
export const LIMIT_MEASURES = {
  openQuotes: { isAmount: false, scopes: ['bank', 'provider'] },
  paymentAmount: { isAmount: true, scopes: ['bank', 'provider'] },
  dayAmount: { isAmount: true, scopes: ['bank', 'provider'] },
  netPosition: { isAmount: true, scopes: ['provider'] },
  lapsedQuotes: { isAmount: false, scopes: ['bank'] },
  abortedPayments: { isAmount: false, scopes: ['bank'] },
} as const satisfies Record<string, { isAmount: boolean; scopes: readonly LimitScope[] }>;
export type LimitMeasure = keyof typeof LIMIT_MEASURES;

export interface Limit {
  readonly scope: LimitScope;
  /** Null: for each that has no limit of its own. */
  readonly bic: string | null;
  readonly measure: LimitMeasure;
  readonly currency: string | null;
  readonly most: string;
}
/** With null: there is to be no limit. */
export interface LimitChange extends Omit<Limit, 'most'> {
  readonly most: string | null;
}
export interface UsedLimit extends Limit {
  readonly used: string | null;
  readonly setAt: string;
  readonly setBy: string;
  readonly approvedBy: string;
}
export interface LimitProposal extends Proposed {
  readonly limits: readonly LimitChange[];
}
export interface Reserve {
  readonly provider: string;
  readonly ledger: string;
  readonly walletId: string;
  readonly currency: string;
  readonly reserved: string;
  readonly free: string | null;
}
export interface Conduct {
  readonly bank: string;
  readonly day: string;
  readonly lapsedQuotes: number;
  readonly abortedPayments: number;
}
