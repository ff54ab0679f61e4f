/** External code sets, a code and its definition a line. Written by tools/import-codes.mjs. */
export const REPORTING_CODES = {
  ExternalBalanceType1Code: `CLAV Closing balance of amount of money that is at the disposal of the account owner on the date specified
CLBD Balance of the account at the end of the pre-agreed account reporting period. It is the sum of the opening booked balance at the beginning of the period and all entries booked to the account during the pre-agreed account reporting period
FWAV Forward available balance of money that is at the disposal of the account owner on the date specified
INFO Balance for informational purposes
ITAV Available balance calculated in the course of the account servicer's business day, at the time specified, and subject to further changes during the business day. The interim balance is calculated on the basis of booked credit and debit items during the calculation time/period specified
ITBD Balance calculated in the course of the account servicer's business day, at the time specified, and subject to further changes during the business day. The interim balance is calculated on the basis of booked credit and debit items during the calculation time/period specified
OPAV Opening balance of amount of money that is at the disposal of the account owner on the date specified
OPBD Book balance of the account at the beginning of the account reporting period. It always equals the closing book balance from the previous report
PRCD Balance of the account at the previously closed account reporting period. The opening booked balance for the new period has to be equal to this balance. Usage: the previously booked closing balance should equal (inclusive date) the booked closing balance of the date it references and equal the actual booked opening balance of the current date
XPCD Balance, composed of booked entries and pending items known at the time of calculation, which projects the end of day balance if everything is booked on the account and no other entry is posted`,
  ExternalBalanceSubType1Code: `ADJT Balance to be held in the settlement account in order to comply with the average reserve due, in the event that the bank's balance is equal to the reserve due during the remaining days of the maintenance period
BCUR Balance representing the amount in the domestic or base accounting currency
BLCK Balance representing the regulatory reserve that a financial institution must have with the account servicing institution, eg, the minimum credit balance a financial institution is to keep with its Central Bank for mandatory reserve purposes. In some countries, a blocked balance is known as a 'reserve' balance
BLKD Balance representing funds that cannot be touched by the account owner
DLOD Balance representing the intra day overdraft granted by the Central Bank to financial institutions participating in a RTGS system. This balance may vary over time and shall be offset at the end of the day
EAST Balance representing the potential loan a Central Bank would make in cash if the collateral is pledged, eg, securities available and eligible as collateral with the Central Bank
FCOL Balance representing the forecast of the cash-equivalent resulting from evaluation of existing holdings at CSD that are qualified to serve as collateral
FCOU Balance representing the cash equivalent resulting from evaluation of existing holdings at CSD that are qualified to serve as collateral and have been used as collateral
FORC Balance representing the total of all balance types representing the forecast of transactions to settle, blocked items, custody transactions and corporate actions cash disbursements
FUND Balance representing the net amount to be funded resulting from the difference between the total of all transactions with a cash impact and the existing cash coverage
INTM Balance representing an intermediate amount such as the opening or closing balance incrementally carried forward from one page to the next in a multi-page statement or report
LCUR Balance representing the amount in the local market currency for which the asset is held
LRLD Balance of a specific limit value, eg, a bilateral balance is calculated in relation to a given bilateral limit
NOTE Balance representing the amount that a financial institution has set aside for a specific reason and which is therefore not available. In the context of CSDs, reservation of liquidity made to meet settlement obligations
PDNG Balance of securities pending delivery, such as orders to sell securities have been executed but settlement of the open transactions has not been confirmed
PIPO Balance representing the fictive amount of automated direct debits or payment based on standing arrangements between the CSD and the user. Usage: Pay-Ins and Pay-Outs can be different based on individual payment instructions or available funds
PRAV Average of the daily balances on the account used to fulfil the reserve requirements calculated from the beginning of the maintenance period
RESV Balance representing the regulatory reserve that a financial institution must have with the account servicing institution, eg, the minimum credit balance a financial institution is to keep with its Central Bank for mandatory reserve purposes
SCOL Balance representing the forecast of the cash-equivalent resulting from evaluation of the net incoming balance of securities qualified to serve as collateral for which settlement instructions are held at
SCOU Balance representing the cash-equivalent resulting from evaluation of incoming securities, qualified to serve as collateral and actually used as collateral, which have been settled during the settlement process
THRE Balance representing the amount that will be destined for investment. Difference between available balance and threshold for investment limit`,
  ExternalEntryStatus1Code: `BOOK Booked means that the transfer of money has been completed between account servicer and account owner. Usage: Status Booked does not necessarily imply finality of money as this depends on other factors such as the payment system used, the completion of the end-to-end transaction and the terms agreed between account servicer and owner. Status Booked is the only status that can be reversed
FUTR Entry is on the books of the account servicer and value will be applied to the account owner at a future date and time
INFO Entry is only provided for information, and no booking on the account owner's account in the account servicer's ledger has been performed
PDNG Booking on the account owner's account in the account servicer's ledger has not been completed. Usage: this can be used for expected items, or for items for which some conditions still need to be fulfilled before they can be booked. If booking takes place, the entry will be included with status Booked in subsequent account report or statement. Status Pending cannot be reversed`,
  ExternalReportingSource1Code: `ACCT Statement or Report is based on accounting data
ARPF An account reconciliation system that provides full reconciliation that usually addresses checks
ARPP An account reconciliation system that provides partial reconciliation that usually addresses checks
CTDB A sub-application that reports presentment totals
CUST Statement or Report is based on custody data
DEPT Cash or deposit accounting system
DPCS Deposit system that reports what has been collected from various financial institutions
LKBX Processing system that captures and reports check data in a lockbox environment
RCPT A system that reports consolidated remittance information obtained from various , i.e., ACH, wires, lockbox, etc
MIBO Transaction submitted directly from PMI (Payment Market Infrastructure back-office system)
PFRE Transactions submitted directly from participant / PSO (Payment System Operator) applications`,
  ExternalTechnicalInputChannel1Code: `FAXI Technical Input Channel is fax or facsimile
PAPR Technical Input Channel is paper
TAPE Technical Input Channel is tape
WEBI Technical Input Channel is internet`,
  ExternalFinancialInstrumentIdentificationType1Code: `BELC National securities identification number for BE issued by the National Numbering Association SIX Telekurs Belgium
BLOM Ticker-like code assigned by Bloomberg to identify financial instruments
CCCD National Securities Identification Number issued by the National Numbering Association for a country for which no specific financial instrument identification type code already yet. The first two letters of the code represents the country code (for example, EGDC for Egyptian NSIN). To be used only until the code is added to the ISO ExternalFinancialInstrumentIdentificationType1Code list
CMED Ticker-like code assigned by the Chicago Mercantile Exchange to identify listed-derivatives instruments
COMM National securities identification number for ICSDs issued by the National Numbering Association Clearstream and Euroclear
CTAC Ticker-like code assigned by the Consolidated Tape Association to identify financial instruments
CUSP National securities identification number for US and CA issued by the National Numbering Association Standard & Poor´s - CUSIP Global Services
FIGC A Financial Instrument Global Identifier Composite (FIGC) is a unique, persistent twelve character string that serves to identify financial instruments across asset classes at the composite level, is associated with one or more FIGI venue level ID’s and a single Share Class level ID
FIGG A Financial Instrument Global Identifier Share Class (FIGG) is a unique, persistent twelve character string that serves to identify financial instruments across asset classes at the global share class level, and is associated with one or more Composite level ID’s
FIGI A Financial Instrument Global Identifier (FIGI) is a unique, persistent twelve character string that serves to identify financial instruments across asset classes at the venue level. It is associated with one Composite ID
ISDU URL in Description to identify OTC derivatives instruments
ISDX XML in Description to identify OTC derivatives instruments
LCHD Ticker-like code assigned by LCH to identify listed-derivatives instruments
OCCS Ticker-like code assigned by the Options Clearing Corporation to identify financial instruments
OPRA Ticker-like code assigned by the Options Price Reporting Authority to identify financial instruments
RCMD Ticker-like code assigned by Markit to identify listed-derivatives instruments
RICC Ticker-like code assigned by Thomson Reuters to identify financial instruments
SEDL National securities identification number for GB issued by the National Numbering Association London Stock Exchange
SICC National securities identification number for JP issued by the National Numbering Association 6 Stock Exchanges and JASDEC (Securities Identification Ticker-like code Committee)
TIKR Ticker Code assigned by an exchange to identify financial instruments
VALO National securities identification number for CH and LI issued by the National Numbering Association SIX Telekurs Ltd
WKNR National securities identification number for DE issued by the National Numbering Association WM Datenservice
CCDC National Bond identification number for China issued by CHINA CENTRAL DEPOSITORY & CLEARING CO., Limited
DTID Digital Token Identifier, as defined in ISO 24165`,
  ExternalCorporateActionEventType1Code: `ACTV Trading in the security has commenced or security has been re-activated after a suspension in trading
ATTI Combination of different security types to create a unit. Units are usually comprised of warrants and bonds or warrants and equities. Securities may be combined at the request of the security holder or based on market convention
BRUP Legal status of a company unable to pay creditors. Bankruptcy usually involves a formal court ruling. Securities may become valueless
DFLT Failure by the company to perform obligations defined as default events under the bond agreement and that have not been remedied
BONU Bonus or capitalisation issue. Security holders receive additional assets free of payment from the issuer, in proportion to their holding
EXRI Call or exercise on nil paid securities or intermediate securities resulting from an intermediate securities distribution (RHDI). This code is used for the second event, when an intermediate securities' issue (rights/coupons) is composed of two events, the first event being the distribution of intermediate securities
CAPD Corporate event pays shareholders an amount in cash issued from the capital account. There is no reduction to the face value of a single share (or the share has no par value). The number of circulating shares remains unchanged
CAPG Event is the distribution of profits resulting from the sale of securities. Shareholders of mutual funds, unit trusts, or SICAVs are recipients of capital gains distributions and are often reinvested in additional shares of the fund
CAPI Increase of the current principal of a debt instrument without increasing the nominal value. It normally arises from the incorporation of due but unpaid interest into the principal. This is commonly done by increasing the pool factor value, for example, capitalisation, and negative amortisation
DRCA Distribution to shareholders of cash resulting from the selling of non-eligible securities, for example, in the frame of a depositary receipt program
DVCA Distribution of cash to shareholders, in proportion to their equity holding. Ordinary dividends are recurring and regular. Shareholder must take cash and may be offered a choice of currency
CHAN Information regarding a change further described in the corporate action details
COOP Company option may be granted by the company, allowing the holder to take up shares at some future date(s) at a pre arranged price in the company. A company may not grant options which enable the holder to take up unissued shares at a time which is five or more years from the date of the grant. Option holders are not members of a company. They are contingent creditors of a company and hence may, in some instances, be entitled to vote on and be bound by a scheme of arrangement between the creditors and the company. As many options have multiple exercise periods a company option will either lapse or carry on to the next expiry date
CLSA Situation where interested parties seek restitution for financial loss. The security holder may be offered the opportunity to join a class action proceeding and would need to respond with an instruction
CONS Procedure that aims to obtain consent of holder to a proposal by the issuer or a third party without convening a meeting. For example, consent to change the terms of a bond
CONV Conversion of securities (generally convertible bonds or preferred shares) into another form of securities (usually common shares) at a pre-stated price/ratio
CREV Occurrence of credit derivative for which the issuer of one or several underlying securities is unable to fulfill its financial obligations (as defined in terms and conditions)
DECR Reduction of face value of a single share or the value of fund assets. The number of circulating shares/units remains unchanged. This event may include a cash payout to holders
DETI Separation of components that comprise a security, for example, usually units comprised of warrants and bond or warrants and equity. Units may be broken up at the request of the security holder or based on market convention
DSCL Requirement for holders or beneficial owners to disclose their name, location and holdings of any issue to the issuer
DVOP Distribution of a dividend to shareholders with a choice of benefit to receive. Shareholders may choose to receive shares or cash. To be distinguished from DRIP as the company creates new share capital in exchange for the dividend rather than investing the dividend in the market
DRIP Dividend payment where holders can keep cash or have the cash reinvested in the market by the issuer into additional shares in the issuing company. To be distinguished from DVOP as the company invests the dividend in the market rather than creating new share capital in exchange for the dividend
DRAW Securities are redeemed in part before the scheduled final maturity date. It is done without any pool factor reduction. The redemption is reflected in a debit of the face amount (FAMT). Drawing is distinct from partial call since drawn bonds are chosen by lottery. Therefore, not every holder is affected in the same way
DTCH Action by a party wishing to acquire a security. Holders of the security are invited to make an offer to sell, within a specific price range. The acquiring party will buy from the holder with lowest offer
EXOF Exchange of holdings for other securities and/or cash. The exchange can be either mandatory or voluntary involving the exchange of outstanding securities for different securities and/or cash. For example "exchange offer", "capital reorganisation" or "funds separation"
REDM Redemption of an entire issue outstanding of securities, for example, bonds, preferred equity, funds, by the issuer or its agent, for example, asset manager, at final maturity
MCAL Redemption of an entire issue outstanding of securities, for example, bonds, preferred equity, funds, by the issuer or its agent, for example, asset manager, before final maturity
INCR Increase in the face value of a single security. The number of circulating securities remains unchanged
PPMT Instalment towards the purchase of equity capital, subject to an agreement between an issuer and a purchaser
INTR Interest payment distributed to holders of an interest bearing asset
RHDI Distribution of intermediate securities that gives the holder the right to take part in a future event
LIQU Distribution of cash, assets or both. Debt may be paid in order of priority based on preferred claims to assets specified by the security
EXTM As stipulated in the security's Terms and Conditions, the issuer or the holder may prolong the maturity date of a security. After extension, the security details may differ from the original issue. An issuer initiated extension may be subject to holder's approval
MRGR Exchange of outstanding securities, initiated by the issuer which may include options, as the result of two or more companies combining assets, that is, an external, third party company. Cash payments may accompany share exchange
NOOF Offers that are not supervised or regulated by an official entity and being offered by a party, for example a broker, usually at a discount price, for example broker offer, mini-tender, mini odd lot offer or third party offer
CERT Non-US beneficial owner certification requirement for exchange of temporary to permanent notes
ODLT Sale or purchase of odd-lots to/from the issuing company, initiated either by the holder of the security or through an offer made by the issuer
OTHR Other event, use only when no other event type applies, for example, a new event type
PARI Occurs when securities with different characteristics, for example, shares with different entitlements to dividend or voting rights, become identical in all respects, for example, pari-passu or assimilation. May be scheduled in advance, for example, shares resulting from a bonus may become fungible after a pre-set period of time, or may result from outside events, for example, merger, reorganisation, issue of supplementary tranches
PCAL Securities are redeemed in part before their scheduled final maturity date. It is done without any pool factor reduction. The redemption is reflected in a debit of the face amount (FAMT)
PRED Securities are redeemed in part before their scheduled final maturity date. The redemption is reflected in a pool factor reduction. No movement of securities occurs
PINK Interest payment, in any kind except cash, distributed to holders of an interest bearing asset
PLAC Changes in the state of incorporation for US companies and changes in the place of incorporation for foreign companies. Where shares need to be registered following the incorporation change, the holder(s) may have to elect the registrar
PDEF Also called partial defeasance. Issuer has money set aside to redeem a portion of an issue and the indenture states that the securities could be called earlier than the stated maturity
PRIO Form of open or public offer where, due to a limited amount of securities available, priority is given to existing shareholders
BPUT Early redemption of a security at the election of the holder subject to the terms and condition of the issue with no reduction in nominal value
REDO Event by which the unit (currency and/or nominal) of a security is restated, for example, nominal/par value of security in a national currency is restated in another currency
REMK Purchase and sale of remarketed preferred equities/bonds through the negotiation of interest rate between the issuers and the holders
BIDS Repurchase offer / issuer bid / reverse rights. Offer to existing holders by the issuing company to repurchase its own securities. The objective of the offer is to reduce the number of outstanding securities
SPLR Decrease in a company's number of outstanding equities without any change in the shareholder's equity or the aggregate market value at the time of the split. Equity price and nominal value are increased accordingly
RHTS Offer to holders of a security to subscribe for additional securities via the distribution of an intermediate security. Both processes are included in the same event
DVSC Dividend or interest paid in the form of scrip
SHPR Corporate event pays shareholders an amount in cash issued from the shares premium reserve. It is similar to a dividend but with different tax implications
SMAL Modification of the smallest negotiable unit of shares in order to obtain a new negotiable unit
SOFF Distribution of securities issued by another company. The distributed securities may either be of a newly created or of an existing company. For example, spin-off, demerger, unbundling, divestment
DVSE Dividend paid to shareholders in the form of equities of the issuing corporation
SPLF Increase in a corporation's number of outstanding equities without any change in the shareholder's equity or the aggregate market value at the time of the split. Equity price and nominal value are reduced accordingly
TREC Event related to tax reclaim activities
TEND Offer made to holders by a third party, requesting them to sell (tender) or exchange their securities
DLST Security is no longer able to comply with the listing requirements of a stock exchange and is removed from official board quotation
SUSP Trading in the security has been suspended
EXWA Option offered to holders to buy (call warrant) or to sell (put warrant) a specific amount of stock, cash, or commodity, at a predetermined price, during a predetermined period of time (which usually corresponds to the life of the issue)
WTRC Certification process for withholding tax reduction or exemption based on the tax status of the holder
WRTH Booking out of valueless securities
ACCU Funds related event in which the income (for example accumulation units) that accrues during an accounting period is retained within the fund instead of being paid away to investors. The retained income is nonetheless deemed to have been distributed to investors for tax purposes
INFO Information provided by the issuer having no accounting/financial impact on the holder
TNDP Taxable component on non-distributed proceeds, for example, Australian deemed income or US 871m income regulation`,
} as const;
