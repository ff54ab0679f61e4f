import type { XmlElement } from '../types.js';

/** Where a leg is settled. */
export interface SettlementPlace {
  /** The clearing system: a code of at most three characters or a proprietary name. */
  readonly clearingSystem?: string | null;
  /** Where the leg is settled on an account instead: `INDA` at the instructed agent, `INGA` at the instructing one. */
  readonly settlementAccount?: { readonly method: 'INDA' | 'INGA'; readonly id: string } | null;
}

const CLEARING_CODE_LENGTH = 3;

/** `SttlmInf`, alike in every version of pacs.004, pacs.008 and pacs.009. */
export function settlementInstruction({ clearingSystem, settlementAccount }: SettlementPlace): XmlElement {
  if (settlementAccount)
    return { SttlmMtd: settlementAccount.method, SttlmAcct: { Id: { Othr: { Id: settlementAccount.id } } } };
  if (!clearingSystem) return { SttlmMtd: 'CLRG' };
  const isCode = clearingSystem.length <= CLEARING_CODE_LENGTH;
  return { SttlmMtd: 'CLRG', ClrSys: isCode ? { Cd: clearingSystem } : { Prtry: clearingSystem } };
}
