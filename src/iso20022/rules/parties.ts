import { isCountry, isIban, isLei } from '../identifiers.js';
import { child, text, texts } from '../tree.js';
import { organisationBic } from './places.js';
import {
  ALWAYS,
  CREDIT_TRANSFER,
  EVERY_MESSAGE,
  errorIn,
  type Fault,
  perTransaction,
  type Rule,
  type ValueCheck,
} from './rule.js';

const PARTY = /^PartyIdentification\d+$/;
const ADDRESS = /^PostalAddress\d+$/;
const ADDRESS_LINES_MAX = 2;

/** Check digits and countries, anywhere in the message. */
const IDENTIFIER_RULES: readonly Rule[] = [
  {
    id: 'account.iban',
    appliesTo: EVERY_MESSAGE,
    xpath: '//IBAN',
    demands: 'the country of an IBAN exists, its length is the registered one and its check digits hold',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'AC01',
    source: 'ISO 13616-1; the registry of ISO 13616-2',
    check: valid(/^IBAN2007Identifier$/, isIban, 'the IBAN is not valid'),
  },
  {
    id: 'party.lei',
    appliesTo: EVERY_MESSAGE,
    xpath: '//LEI',
    demands: 'the check digits of an LEI hold',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'CH16',
    source: 'ISO 17442',
    check: valid(/^LEIIdentifier$/, isLei, 'the LEI is not valid'),
  },
  {
    id: 'party.country',
    appliesTo: EVERY_MESSAGE,
    xpath: '//Ctry | //CtryOfRes | //CtryOfBirth',
    demands: 'a country code exists',
    severity: ALWAYS,
    code: 'RULE_BROKEN',
    iso: 'BE09',
    source: 'ISO 3166-1 alpha-2',
    check: valid(/^CountryCode$/, isCountry, 'the country does not exist'),
  },
];

/** How parties are named. */
const NAME_RULES: readonly Rule[] = [
  {
    id: 'party.bic-alone',
    appliesTo: EVERY_MESSAGE,
    xpath: '//OrgId[AnyBIC]',
    demands: 'a party with a BIC has no name and no address beside it',
    severity: errorIn('cbpr-plus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'CH17',
    source: 'CBPR+: with AnyBIC no name and address',
    check: {
      on: 'element',
      types: PARTY,
      check: (party) => {
        if (organisationBic(child(party, 'Id', 'OrgId')) === null) return null;
        const extra = ['Nm', 'PstlAdr'].find((name) => party[name] !== undefined);
        return extra === undefined ? null : { at: extra, message: `${extra} stands beside the BIC` };
      },
    },
  },
  {
    id: 'party.name',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/Dbtr/Nm | //CdtTrfTxInf/Cdtr/Nm',
    demands: 'debtor and creditor without a BIC have a name',
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'BE21',
    source: 'CBPR+: without AnyBIC the name',
    check: perTransaction((tx) => {
      const nameless = ['Dbtr', 'Cdtr'].find((name) => {
        const party = child(tx, name);
        return text(party, 'Nm') === undefined && organisationBic(child(party, 'Id', 'OrgId')) === null;
      });
      if (nameless === undefined) return null;
      const iso = nameless === 'Dbtr' ? 'BE08' : 'BE22';
      return { at: nameless, message: `${nameless} has neither name nor BIC`, iso };
    }),
  },
  {
    id: 'party.accounts',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/DbtrAcct | //CdtTrfTxInf/CdtrAcct',
    demands: 'the accounts of debtor and creditor are given',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'AC01',
    source: 'Nexus: DbtrAcct and CdtrAcct are mandatory',
    check: perTransaction((tx) => {
      const missing = ['DbtrAcct', 'CdtrAcct'].find((name) => !child(tx, name));
      if (missing === undefined) return null;
      return { at: missing, message: `${missing} is not given`, iso: missing === 'DbtrAcct' ? 'AC02' : 'AC03' };
    }),
  },
  {
    id: 'party.contact-not-used',
    appliesTo: EVERY_MESSAGE,
    xpath: '//CtctDtls',
    demands: 'contact details are not given',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'BE18',
    source: 'Nexus: contact details are not used',
    check: {
      on: 'element',
      types: PARTY,
      check: ({ CtctDtls }) =>
        CtctDtls === undefined ? null : { at: 'CtctDtls', message: 'contact details are not used' },
    },
  },
];

/** How addresses are written. */
const ADDRESS_RULES: readonly Rule[] = [
  {
    id: 'address.town-and-country',
    appliesTo: EVERY_MESSAGE,
    xpath: '//PstlAdr',
    demands: 'an address names its town (TwnNm) and country (Ctry) as elements: structured or hybrid',
    severity: { base: 'warning', 'cbpr-plus': 'error', nexus: 'error', 'hvps-plus': 'error' },
    code: 'RULE_BROKEN',
    iso: 'RR12',
    source: 'CBPR+ and HVPS+ from November 2026, Nexus: TwnNm and Ctry are mandatory',
    check: {
      on: 'element',
      types: ADDRESS,
      check: (address, owner) => {
        const missing = ['TwnNm', 'Ctry'].find((name) => address[name] === undefined);
        return missing === undefined ? null : ownedFault(owner, missing, `the address has no ${missing}`);
      },
    },
  },
  {
    id: 'address.lines',
    appliesTo: EVERY_MESSAGE,
    xpath: '//PstlAdr/AdrLine',
    demands: `an address has at most ${ADDRESS_LINES_MAX} lines (AdrLine) beside its elements`,
    severity: errorIn('cbpr-plus', 'nexus', 'hvps-plus'),
    code: 'RULE_BROKEN',
    iso: 'RR12',
    source: 'CBPR+, HVPS+ and Nexus: hybrid address, at most 2 AdrLine',
    check: {
      on: 'element',
      types: ADDRESS,
      check: (address, owner) => {
        const count = address.AdrLine === undefined ? 0 : texts(address, 'AdrLine').length;
        return count <= ADDRESS_LINES_MAX ? null : ownedFault(owner, 'AdrLine', `the address has ${count} lines`);
      },
    },
  },
  {
    id: 'address.given',
    appliesTo: CREDIT_TRANSFER,
    xpath: '//CdtTrfTxInf/Dbtr/PstlAdr | //CdtTrfTxInf/Cdtr/PstlAdr',
    demands: 'debtor and creditor have an address',
    severity: errorIn('nexus'),
    code: 'RULE_BROKEN',
    iso: 'RR12',
    source: 'Nexus: TwnNm and Ctry are mandatory for debtor and creditor',
    check: perTransaction((tx) => {
      const missing = ['Dbtr', 'Cdtr'].find((name) => !child(tx, name, 'PstlAdr'));
      return missing === undefined ? null : ownedFault(missing, `${missing}/PstlAdr`, `${missing} has no address`);
    }),
  },
];

/** Parties, their accounts and addresses. */
export const PARTY_RULES: readonly Rule[] = [...IDENTIFIER_RULES, ...NAME_RULES, ...ADDRESS_RULES];

function valid(types: RegExp, isValid: (value: string) => boolean, message: string): ValueCheck {
  return { on: 'value', types, check: (value) => (isValid(value) ? null : message) };
}

/** The finer reason for the address of the debtor or the creditor. */
const ADDRESS_REASONS: Readonly<Record<string, string>> = { Dbtr: 'BE07', Cdtr: 'BE04' };

const ownedFault = (owner: string, at: string, message: string): Fault => ({
  at,
  message,
  iso: ADDRESS_REASONS[owner] ?? 'RR12',
});
