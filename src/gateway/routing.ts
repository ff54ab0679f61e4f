import { senderIsInstructingAgent } from '../iso20022/rules/agents.js';
import type { RuleProfile } from '../iso20022/rules/rule.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type LedgerCode } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { CorridorConfig } from './config.js';

/** What routing needs of a participant. */
export interface RoutedParticipant {
  readonly bic: Bic;
  readonly ledger: LedgerCode;
  /** `customer`: accounts must be registered; `agent`: the agent's own settlement wallet stands in for them. */
  readonly profile: 'customer' | 'agent';
  /** Usage rules that what it sends must satisfy. */
  readonly rules: RuleProfile;
}

export interface RouteRequest {
  readonly sender: Bic;
  readonly instructingAgent: Bic | null;
  readonly debtorAgent: Bic | null;
  readonly creditorAgent: Bic | null;
  readonly debtorAccount: string | null;
  readonly creditorAccount: string | null;
}

/** Where the money of a payment is looked for: an account in an agent's register, else the agent's own wallet. */
export interface WalletQuestion {
  readonly ledger: LedgerCode;
  readonly agent: Bic;
  readonly account: string | null;
  /** The agent's settlement wallet may stand in for an unregistered account. */
  readonly settlementWalletAllowed: boolean;
}

export interface Route {
  readonly corridor: CorridorConfig;
  readonly debit: WalletQuestion;
  readonly credit: WalletQuestion;
}

/**
 * Decides who pays whom through which corridor (architecture: whose money, whose agents). Refuses with
 * SENDER_NOT_INSTRUCTING_AGENT, AGENT_UNKNOWN, CREDITOR_AGENT_UNKNOWN, DEBIT_NOT_OWNED or PAIR_NOT_TRADED.
 */
export function routePayment(
  request: RouteRequest,
  participant: (bic: Bic) => RoutedParticipant | undefined,
  corridors: readonly CorridorConfig[],
): Result<Route, Refusal> {
  const same = (a: Bic, b: Bic) => bicKey(a) === bicKey(b);
  if (!senderIsInstructingAgent(request, request.sender)) return err(refusal('SENDER_NOT_INSTRUCTING_AGENT'));
  const sender = participant(request.sender);
  if (!sender) return err(refusal('AGENT_UNKNOWN', 'the sender has no wallets on a ledger'));
  if (!request.debtorAgent) return err(refusal('AGENT_UNKNOWN', 'the debtor agent has no BIC'));
  const isDebtorAgent = same(request.debtorAgent, request.sender);
  if (!isDebtorAgent && sender.profile === 'customer') return err(refusal('DEBIT_NOT_OWNED'));
  const creditorAgent = request.creditorAgent ? participant(request.creditorAgent) : undefined;
  if (!creditorAgent) return err(refusal('CREDITOR_AGENT_UNKNOWN'));
  const corridor = corridors.find((c) => c.source === sender.ledger && c.destination === creditorAgent.ledger);
  if (!corridor) return err(refusal('PAIR_NOT_TRADED', `no corridor from ${sender.ledger} to ${creditorAgent.ledger}`));
  return ok({
    corridor,
    debit: {
      ledger: sender.ledger,
      agent: sender.bic,
      account: isDebtorAgent ? request.debtorAccount : null,
      settlementWalletAllowed: sender.profile === 'agent',
    },
    credit: {
      ledger: creditorAgent.ledger,
      agent: creditorAgent.bic,
      account: request.creditorAccount,
      settlementWalletAllowed: creditorAgent.profile === 'agent',
    },
  });
}
