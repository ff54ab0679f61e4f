/** External code sets, a code and its definition a line. Written by tools/import-codes.mjs. */
export const PARTIES_CODES = {
  ExternalAccountIdentification1Code: `AIIN Issuer Identification Number (IIN) - identifies a card issuing institution in an international interchange environment. Issued by ABA (American Bankers Association)
BBAN Basic Bank Account Number (BBAN) - identifier used nationally by financial institutions, ie, in individual countries, generally as part of a National Account Numbering Scheme(s), to uniquely identify the account of a customer
CUID (United States) Clearing House Interbank Payments System (CHIPS) Universal Identification (UID) - identifies entities that own accounts at CHIPS participating financial institutions, through which CHIPS payments are effected. The CHIPS UID is assigned by the New York Clearing House
UPIC Universal Payment Identification Code (UPIC) - identifier used by the New York Clearing House to mask confidential data, such as bank accounts and bank routing numbers. UPIC numbers remain with business customers, regardless of banking relationship changes`,
  ExternalCashAccountType1Code: `CACC Account used to post debits and credits when no specific account has been nominated
CARD Account used for credit card payments
CASH Account used for the payment of cash
CHAR Account used for charges if different from the account for payment
CISH Account used for payment of income if different from the current cash account
COMM Account used for commission if different from the account for payment
CPAC Account used to post settlement debit and credit entries on behalf of a designated Clearing Participant
LLSV Account used for savings with special interest and withdrawal terms
LOAN Account used for loans
MGLD Account used for a marginal lending facility
MOMA Account used for money markets if different from the cash account
NREX Account used for non-resident external
ODFT Account is used for overdrafts
ONDP Account used for overnight deposits
OTHR Account not otherwise specified
SACC Account used to post debit and credit entries, as a result of transactions cleared and settled through a specific clearing and settlement system
SLRY Accounts used for salary payments
SVGS Account used for savings
TAXE Account used for taxes if different from the account for payment
TRAN A transacting account is the most basic type of bank account that you can get. The main difference between transaction and cheque accounts is that you usually do not get a cheque book with your transacting account and neither are you offered an overdraft facility
TRAS Account used for trading if different from the current cash account
VACC Account created virtually to facilitate collection and reconciliation
NFCA Non-Resident Individual / Entity Foreign Current held domestically`,
  ExternalProxyAccountType1Code: `TELE A telephone number in the format specified by the 'The international public telecommunication numbering plan ITU-T E.164
EMAL Internationalised address of an electronic mail box for internet messages
DNAM Internationalised internet domain name
CINC Corporate Identification issued by a national institution or regulator, used as account proxy. (applied for corporate account proxy)
COTX Unique government-issued tax Identification used as account proxy to identify the corporate (for example for government tax) and typically linked to the corporate bank account (applied for corporate account proxy)
COID Identification issued by a national institution or regulator (different from a national scheme like a clearing provider), used as account proxy (applied for corporate or individual account proxy)
CUST Any other customer identification number issued by a corporate, bank or other organization, used as account proxy. (applied for corporate or individual account proxy)
DRLC Unique government-issued Identification used as account proxy to identify the individual (for example for government charges, road taxes and tolls,vaccination charges) and typically linked to the individual's bank account (applied for individual account proxy)
EIDN Government-issued Identification (different from a passport Identification or a national Identification). Used as account proxy to identify the individual (for example for public benefits) and typically linked to the individual's bank account (applied for individual account proxy)
EWAL Market-adopted prepaid instruments like e-Wallets, payments to / from e-wallets from / to bank accounts (applied for corporate or individual account proxy)
PVTX Unique government-issued tax Identification used as account proxy to identify the individual for example for government tax) and typically linked to the individual's bank account (applied for individual account proxy)
LEIC Legal Entity Identifier used as account proxy (applied for corporate account proxy). Use cases: Can be used by corporates as a "government-issued" Identification for registration with payment schemes as a proxy. The proxy may be further used for payments and collections using the underlying instant payment rails for a variety of corporate use cases
MBNO Mobile phone number in the format specified by the “The international public telecommunication numbering plan ITU- T E 164" (applied for corporate or individual account proxy)
NIDN Unique government-issued Identification used as account proxy to identify the individual or corporate for example for public benefits, government subsidies) and typically linked to the individual's / corporate bank account. (applied for corporate or individual account proxy)
CCPT Unique government-issued Identification used as account proxy to identify the individual (for example for government charges, road taxes, vaccination charges) and typically linked to the individual's bank account (applied for individual account proxy)
SHID Account proxy issued by a payment scheme (applied for corporate or individual account proxy). Use cases: Any proxies issued by clearing systems, for example VPA (India), FPS Identifier (Hong Kong), Jompay (Malaysia) CCIN (Canada)
SOSE Unique government-issued Identification used as account proxy to identify the individual (for example for public benefits) and typically linked to the individual's bank account (applied for individual account proxy)
TOKN Electronic Identification used, for example, to mask an account number as a means of data secrecy. (applied for corporate or individual account proxy)
UBIL Subscriber Identification for utilities and services. As opposed to a biller Identification, this identification is used for the subscriber of the service (applied for corporate or individual account proxy)
VIPN Account proxy for receiving insurance claims, pay insurance premium, road tax payments, traffic tickets etc.(applied for corporate or individual account proxy)
BIID Billers of specific utilities could register for a Biller Identification as supported in the clearing scheme, and use this identification for collections (applied for corporate account proxy)`,
  ExternalOrganisationIdentification1Code: `BANK Unique and unambiguous assignment made by a specific bank or similar financial institution to identify a relationship as defined between the bank and its client
CBID A unique identification number assigned by a central bank to identify an organisation
CHID A unique identification number assigned by a clearing house to identify an organisation
CINC A unique identification number assigned by a designated authority to a certificate of incorporation and used to identify an organisation
COID Country authority given organisation identification (e.g., corporate registration number)
CUST Number assigned by an issuer to identify a customer. Number assigned by a party to identify a creditor or debtor relationship
DUNS A unique identification number provided by Dun & Bradstreet to identify an organisation
EMPL Number assigned by a registration authority to an employer
GS1G Global Location Number. A non-significant reference number used to identify legal entities, functional entities, or physical entities according to GS1 numbering scheme rules.The number is used to retrieve detailed information that is linked to it
SREN The SIREN number is a 9 digit code assigned by INSEE, the French National Institute for Statistics and Economic Studies, to identify an organisation in France
SRET The SIRET number is a 14 digit code assigned by INSEE, the French National Institute for Statistics and Economic Studies, to identify an organisation unit in France. It consists of the SIREN number, followed by a five digit classification number, to identify the local geographical unit of that entity
TXID Number assigned by a tax authority to identify an organisation
BDID Identifier of the business domain in which the organisation is active
BOID Other identification of the organisation`,
  ExternalPersonIdentification1Code: `ARNU Number assigned by a social security agency to identify a non-resident person
CCPT Number assigned by an authority to identify the passport number of a person
CUST Number assigned by an issuer to identify a customer
DRLC Number assigned by an authority to identify a driver's license
EMPL Number assigned by a registration authority to an employee
NIDN Number assigned by an authority to identify the national identity number of a person
SOSE Number assigned by an authority to identify the social security number of a person
TELE Number assigned by a telephone or mobile phone operator to identify a person. A person may have multiple phone numbers
TXID Number assigned by a tax authority to identify a person
POID Commercial identification of the person
BANK Unique and unambiguous assignment made by a specific bank or similar financial institution to identify a relationship as defined between the bank and its client`,
} as const;
