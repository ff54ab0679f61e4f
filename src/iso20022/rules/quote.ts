import { isUuidV4 } from '../../kernel/ids.js';
import { ALWAYS, CREDIT_TRANSFER, perInstruction, type Rule } from './rule.js';

/** How a transaction names its FX quote. Whether that quote exists is asked elsewhere. */
export const QUOTE_RULES: readonly Rule[] = [
  {
    id: 'quote.one',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/AgrdRate/QtId | //CdtTrfTxInf/RmtInf/Strd/AddtlRmtInf',
    demands: 'a transaction names at most one quote',
    severity: ALWAYS,
    code: 'QUOTE_MISMATCH',
    source: 'corridor: one firm quote a payment',
    check: perInstruction(({ quoteIds }) =>
      quoteIds.length > 1 ? { at: 'RmtInf/Strd', message: 'several quotes are named' } : null,
    ),
  },
  {
    id: 'quote.uuid',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/RmtInf/Strd/AddtlRmtInf',
    demands: 'a quote named as /QUOTE/ is a version 4 UUID',
    severity: ALWAYS,
    code: 'QUOTE_UNKNOWN',
    source: 'corridor: quote ids are UUIDv4Identifier',
    check: perInstruction(({ quoteIds }) =>
      quoteIds.some((id) => !isUuidV4(id)) ? { at: 'RmtInf/Strd', message: 'the quote id is not a UUID' } : null,
    ),
  },
  {
    id: 'quote.unit-currency',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/AgrdRate/UnitCcy',
    demands: 'the unit currency of the agreed rate is the currency of the source leg',
    severity: ALWAYS,
    needs: 'sourceCurrency',
    code: 'QUOTE_MISMATCH',
    source: 'corridor: a rate is target units per one source unit',
    check: perInstruction(({ agreedRate }, { context }) => {
      const unit = agreedRate?.unitCurrency ?? null;
      return unit !== null && unit !== context.sourceCurrency
        ? { at: 'AgrdRate/UnitCcy', message: `the rate is stated per unit of ${unit}, not ${context.sourceCurrency}` }
        : null;
    }),
  },
  {
    id: 'quote.quoted-currency',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/AgrdRate/QtdCcy',
    demands: 'the quoted currency of the agreed rate is not the currency of the source leg',
    severity: ALWAYS,
    needs: 'sourceCurrency',
    code: 'QUOTE_MISMATCH',
    source: 'corridor: a rate is target units per one source unit',
    check: perInstruction(({ agreedRate }, { context }) =>
      agreedRate !== null && agreedRate.quotedCurrency === context.sourceCurrency
        ? { at: 'AgrdRate/QtdCcy', message: 'the agreed rate quotes the source currency itself' }
        : null,
    ),
  },
];
