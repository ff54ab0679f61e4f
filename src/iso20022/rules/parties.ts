import { isCountry, isIban, isLei } from '../identifiers.js';
import { perIdentifier, type Rule } from './rule.js';

/** Check digits and countries anywhere in the group header and the transactions. */
export const PARTY_RULES: readonly Rule[] = [
  {
    id: 'account.iban',
    xpath: '//IBAN',
    demands: 'the country of an IBAN exists and its check digits hold',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'AC01',
    source: 'ISO 13616-1',
    check: perIdentifier(['IBAN'], (iban) => !isIban(iban), 'the IBAN is not valid'),
  },
  {
    id: 'party.lei',
    xpath: '//LEI',
    demands: 'the check digits of an LEI hold',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'ISO 17442',
    check: perIdentifier(['LEI'], (lei) => !isLei(lei), 'the LEI is not valid'),
  },
  {
    id: 'party.country',
    xpath: '//Ctry | //CtryOfRes | //CtryOfBirth',
    demands: 'a country code exists',
    severity: 'error',
    code: 'RULE_BROKEN',
    iso: 'BE09',
    source: 'ISO 3166-1 alpha-2',
    check: perIdentifier(
      ['Ctry', 'CtryOfRes', 'CtryOfBirth'],
      (code) => !isCountry(code),
      'the country does not exist',
    ),
  },
];
