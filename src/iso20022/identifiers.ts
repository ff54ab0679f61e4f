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

/** Remainder modulo 97 of digits and letters (A = 10 … Z = 35), ISO/IEC 7064 MOD 97-10. */
function mod97(characters: string): number {
  let rest = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** True when the check digits of an IBAN hold (ISO 13616) and its country exists. */
export const isIban = (iban: string): boolean =>
  /^[A-Z]{2}\d{2}[A-Za-z0-9]{1,30}$/.test(iban) &&
  isCountry(iban.slice(0, 2)) &&
  mod97(iban.slice(4) + iban.slice(0, 4)) === 1;

/** True when the check digits of an LEI hold (ISO 17442). */
export const isLei = (lei: string): boolean => /^[A-Z0-9]{18}\d{2}$/.test(lei) && mod97(lei) === 1;

/** True when the country inside a BIC exists (ISO 9362, characters 5 and 6). Its shape is the XSD's business. */
export const bicCountryExists = (bic: string): boolean => isCountry(bic.slice(4, 6));
