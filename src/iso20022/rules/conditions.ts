import { ALWAYS, CREDIT_TRANSFER, perInstruction, type Rule } from './rule.js';

/** How a transaction names an event that it waits for, and marks. Whether there are such is asked elsewhere. */
export const CONDITION_RULES: readonly Rule[] = [
  {
    id: 'condition.form',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/InstrForNxtAgt/InstrInf',
    demands: 'an instruction with the code word EVENT, DBTRMARK or CDTRMARK is in its form, alone, and there once',
    severity: ALWAYS,
    code: 'CONDITION_INVALID',
    source: 'corridor: docs/conditional-payments.md',
    check: perInstruction(({ conditionFault }) =>
      conditionFault === null
        ? null
        : { at: `InstrForNxtAgt[${conditionFault.at}]/InstrInf`, message: conditionFault.message },
    ),
  },
];
