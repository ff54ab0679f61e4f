/** Check digits and country codes: what the XSD leaves unchecked in identifiers. */

// ISO 3166-1 alpha-2, officially assigned; XK is user-assigned but used for Kosovo by ISO 9362 and ISO 13616.
const COUNTRIES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
    'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO ' +
    'JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR ' +
    'MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO ' +
    'RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV ' +
    'TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

/** True for an ISO 3166-1 alpha-2 country (and XK). */
export const isCountry = (code: string): boolean => COUNTRIES.has(code);

/** Remainder modulo 97 of digits and letters (A = 10 … Z = 35, either case), ISO/IEC 7064 MOD 97-10. */
function mod97(characters: string, rest = 0): number {
  let remainder = rest;
  for (let i = 0; i < characters.length; i += 1) {
    const code = characters.charCodeAt(i);
    if (code <= 57) remainder = (remainder * 10 + code - 48) % 97;
    else remainder = (remainder * 100 + (code | 32) - 87) % 97;
  }
  return remainder;
}

// Length of an IBAN by country, the registry of ISO 13616-2.
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const IBAN = /^[A-Z]{2}\d{2}[A-Za-z0-9]{1,30}$/;

/**
 * True when the check digits of an IBAN hold (ISO 13616-1), its country exists and, where the country has registered
 * its IBAN, the length is that one.
 */
export function isIban(iban: string): boolean {
  if (!IBAN.test(iban)) return false;
  const country = iban.slice(0, 2);
  const length = IBAN_LENGTHS.get(country) ?? iban.length;
  return length === iban.length && isCountry(country) && mod97(iban.slice(0, 4), mod97(iban.slice(4))) === 1;
}

const CREDITOR_REFERENCE = /^RF\d{2}[A-Za-z0-9]{1,21}$/;

/** True when the check digits of a creditor reference hold (ISO 11649, `RF` + 2 digits + 1 to 21 characters). */
export const isCreditorReference = (reference: string): boolean =>
  CREDITOR_REFERENCE.test(reference) && mod97(reference.slice(0, 4), mod97(reference.slice(4))) === 1;

/** True when the check digits of an LEI hold (ISO 17442). */
export const isLei = (lei: string): boolean => /^[A-Z0-9]{18}\d{2}$/.test(lei) && mod97(lei) === 1;

/** True when the country inside a BIC exists (ISO 9362, characters 5 and 6). Its shape is the XSD's business. */
export const bicCountryExists = (bic: string): boolean => isCountry(bic.slice(4, 6));

/** True for a BIC of test and training: character 8 is 0 (ISO 9362). */
export const isTestBic = (bic: string): boolean => bic.charAt(7) === '0';
