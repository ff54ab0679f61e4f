/** Complex types of all messages, in the notation of notation.ts. Written by tools/import-catalogue.mjs. */
export const COMPLEX_TYPES = `
AccountIdentification4Choice: IBAN IBAN2007Identifier | Othr GenericAccountIdentification1
AccountInterest3: Tp? InterestType1Choice, Rate* Rate3, FrToDt? DateTimePeriodDetails, Rsn? Max35Text, Tax? TaxCharges2
AccountInterest4: Tp? InterestType1Choice, Rate* Rate4, FrToDt? DateTimePeriod1, Rsn? Max35Text, Tax? TaxCharges2
AccountNotification12: Id Max35Text, NtfctnPgntn? Pagination, ElctrncSeqNb? Number, LglSeqNb? Number, CreDtTm ISODateTime, FrToDt? DateTimePeriodDetails, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount25, RltdAcct? CashAccount24, Intrst* AccountInterest3, TxsSummry? TotalTransactions5, Ntry* ReportEntry8, AddtlNtfctnInf? Max500Text
AccountNotification17: Id Max35Text, NtfctnPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39, RltdAcct? CashAccount38, Intrst* AccountInterest4, TxsSummry? TotalTransactions6, Ntry* ReportEntry10, AddtlNtfctnInf? Max500Text
AccountNotification21: < AccountNotification24; CashAccount43 > 41; ReportEntry15 > 13
AccountNotification22: < AccountNotification24; ReportEntry15 > 14
AccountNotification24: < AccountNotification17; CashAccount39 > 43; CashAccount38 > 40; ReportEntry10 > 15
AccountReport25: Id Max35Text, RptPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39, RltdAcct? CashAccount38, Intrst* AccountInterest4, Bal* CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry10, AddtlRptInf? Max500Text
AccountReport33: < AccountReport25; CashAccount39 > 43; CashAccount38 > 40; ReportEntry10 > 14
AccountReport37: < AccountReport33; ReportEntry14 > 15
AccountSchemeName1Choice: Cd ExternalAccountIdentification1Code | Prtry Max35Text
AccountStatement13: < AccountStatement9; CashAccount39 > 43; CashAccount38 > 40; ReportEntry10 > 14
AccountStatement14: < AccountStatement13; ReportEntry14 > 15
AccountStatement9: Id Max35Text, StmtPgntn? Pagination1, ElctrncSeqNb? Number, RptgSeq? SequenceRange1Choice, LglSeqNb? Number, CreDtTm? ISODateTime, FrToDt? DateTimePeriod1, CpyDplctInd? CopyDuplicate1Code, RptgSrc? ReportingSource1Choice, Acct CashAccount39, RltdAcct? CashAccount38, Intrst* AccountInterest4, Bal+ CashBalance8, TxsSummry? TotalTransactions6, Ntry* ReportEntry10, AddtlStmtInf? Max500Text
ActiveCurrencyAndAmount: = ActiveCurrencyAndAmount_SimpleType @Ccy ActiveCurrencyCode
ActiveOrHistoricCurrencyAnd13DecimalAmount: = ActiveOrHistoricCurrencyAnd13DecimalAmount_SimpleType @Ccy ActiveOrHistoricCurrencyCode
ActiveOrHistoricCurrencyAndAmount: = ActiveOrHistoricCurrencyAndAmount_SimpleType @Ccy ActiveOrHistoricCurrencyCode
ActiveOrHistoricCurrencyAndAmountRange2: Amt ImpliedCurrencyAmountRange1Choice, CdtDbtInd? CreditDebitCode, Ccy ActiveOrHistoricCurrencyCode
AdditionalDateTime1: AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, XpryDtTm? ISODateTime
AddressType3Choice: Cd AddressType2Code | Prtry GenericIdentification30
AmendmentInformationDetails11: < AmendmentInformationDetails13; PartyIdentification135 > 43; BranchAndFinancialInstitutionIdentification6 > 5; CashAccount38 > 24
AmendmentInformationDetails12: < AmendmentInformationDetails11; PartyIdentification43 > 125
AmendmentInformationDetails13: OrgnlMndtId? Max35Text, OrgnlCdtrSchmeId? PartyIdentification135, OrgnlCdtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlCdtrAgtAcct? CashAccount38, OrgnlDbtr? PartyIdentification135, OrgnlDbtrAcct? CashAccount38, OrgnlDbtrAgt? BranchAndFinancialInstitutionIdentification6, OrgnlDbtrAgtAcct? CashAccount38, OrgnlFnlColltnDt? ISODate, OrgnlFrqcy? Frequency36Choice, OrgnlRsn? MandateSetupReason1Choice, OrgnlTrckgDays? Exact2NumericText
AmendmentInformationDetails14: < AmendmentInformationDetails13; CashAccount38 > 40
AmendmentInformationDetails15: < AmendmentInformationDetails13; PartyIdentification135 > 272; BranchAndFinancialInstitutionIdentification6 > 8; CashAccount38 > 40
AmountAndCurrencyExchange3: InstdAmt? AmountAndCurrencyExchangeDetails3, TxAmt? AmountAndCurrencyExchangeDetails3, CntrValAmt? AmountAndCurrencyExchangeDetails3, AnncdPstngAmt? AmountAndCurrencyExchangeDetails3, PrtryAmt* AmountAndCurrencyExchangeDetails4
AmountAndCurrencyExchange4: < AmountAndCurrencyExchange3; AmountAndCurrencyExchangeDetails3 > 5; AmountAndCurrencyExchangeDetails4 > 6
AmountAndCurrencyExchangeDetails3: Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange5
AmountAndCurrencyExchangeDetails4: Tp Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange5
AmountAndCurrencyExchangeDetails5: Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange24
AmountAndCurrencyExchangeDetails6: Tp Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CcyXchg? CurrencyExchange24
AmountAndDirection35: Amt NonNegativeDecimalNumber, CdtDbtInd CreditDebitCode
AmountRangeBoundary1: BdryAmt ImpliedCurrencyAndAmount, Incl YesNoIndicator
AmountType4Choice: InstdAmt ActiveOrHistoricCurrencyAndAmount | EqvtAmt EquivalentAmount2
Authorisation1Choice: Cd Authorisation1Code | Prtry Max128Text
BalanceSubType1Choice: Cd ExternalBalanceSubType1Code | Prtry Max35Text
BalanceType10Choice: Cd ExternalBalanceType1Code | Prtry Max35Text
BalanceType13: CdOrPrtry BalanceType10Choice, SubTp? BalanceSubType1Choice
BankToCustomerAccountReportV08: GrpHdr GroupHeader81, Rpt+ AccountReport25, SplmtryData* SupplementaryData1
BankToCustomerAccountReportV12: GrpHdr GroupHeader116, Rpt+ AccountReport33, SplmtryData* SupplementaryData1
BankToCustomerAccountReportV13: GrpHdr GroupHeader116, Rpt+ AccountReport37, SplmtryData* SupplementaryData1
BankToCustomerDebitCreditNotificationV06: GrpHdr GroupHeader58, Ntfctn+ AccountNotification12, SplmtryData* SupplementaryData1
BankToCustomerDebitCreditNotificationV08: GrpHdr GroupHeader81, Ntfctn+ AccountNotification17, SplmtryData* SupplementaryData1
BankToCustomerDebitCreditNotificationV11: GrpHdr GroupHeader81, Ntfctn+ AccountNotification21, SplmtryData* SupplementaryData1
BankToCustomerDebitCreditNotificationV12: GrpHdr GroupHeader116, Ntfctn+ AccountNotification22, SplmtryData* SupplementaryData1
BankToCustomerDebitCreditNotificationV13: GrpHdr GroupHeader116, Ntfctn+ AccountNotification24, SplmtryData* SupplementaryData1
BankToCustomerStatementV08: GrpHdr GroupHeader81, Stmt+ AccountStatement9, SplmtryData* SupplementaryData1
BankToCustomerStatementV12: GrpHdr GroupHeader116, Stmt+ AccountStatement13, SplmtryData* SupplementaryData1
BankToCustomerStatementV13: GrpHdr GroupHeader116, Stmt+ AccountStatement14, SplmtryData* SupplementaryData1
BankTransactionCodeStructure4: Domn? BankTransactionCodeStructure5, Prtry? ProprietaryBankTransactionCodeStructure1
BankTransactionCodeStructure5: Cd ExternalBankTransactionDomain1Code, Fmly BankTransactionCodeStructure6
BankTransactionCodeStructure6: Cd ExternalBankTransactionFamily1Code, SubFmlyCd ExternalBankTransactionSubFamily1Code
BatchInformation2: MsgId? Max35Text, PmtInfId? Max35Text, NbOfTxs? Max15NumericText, TtlAmt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode
BranchAndFinancialInstitutionIdentification4: FinInstnId FinancialInstitutionIdentification7, BrnchId? BranchData2
BranchAndFinancialInstitutionIdentification5: FinInstnId FinancialInstitutionIdentification8, BrnchId? BranchData2
BranchAndFinancialInstitutionIdentification6: FinInstnId FinancialInstitutionIdentification18, BrnchId? BranchData3
BranchAndFinancialInstitutionIdentification8: FinInstnId FinancialInstitutionIdentification23, BrnchId? BranchData5
BranchData2: Id? Max35Text, Nm? Max140Text, PstlAdr? PostalAddress6
BranchData3: Id? Max35Text, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress24
BranchData5: < BranchData3; PostalAddress24 > 27
BusinessApplicationHeader1: < BusinessApplicationHeader5; Party44Choice > Party9Choice; ISODateTime > ISONormalisedDateTime
BusinessApplicationHeader5: CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope
BusinessApplicationHeader7: < BusinessApplicationHeader5; BizSvc: MktPrctc? ImplementationSpecification1; CreDt: BizPrcgDt? ISODateTime
BusinessApplicationHeader8: < BusinessApplicationHeader7; Party44Choice > Party51Choice
BusinessApplicationHeaderV01: CharSet? UnicodeChartsCode, Fr Party9Choice, To Party9Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, CreDt ISONormalisedDateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope, Rltd? BusinessApplicationHeader1
BusinessApplicationHeaderV02: CharSet? UnicodeChartsCode, Fr Party44Choice, To Party44Choice, BizMsgIdr Max35Text, MsgDefIdr Max35Text, BizSvc? Max35Text, MktPrctc? ImplementationSpecification1, CreDt ISODateTime, BizPrcgDt? ISODateTime, CpyDplct? CopyDuplicate1Code, PssblDplct? YesNoIndicator, Prty? BusinessMessagePriorityCode, Sgntr? SignatureEnvelope, Rltd* BusinessApplicationHeader5
BusinessApplicationHeaderV03: < BusinessApplicationHeaderV02; BusinessApplicationHeader5 > 7
BusinessApplicationHeaderV04: < BusinessApplicationHeaderV02; Party44Choice > Party51Choice; BusinessApplicationHeader5 > 8
CancellationReason33Choice: Cd ExternalCancellationReason1Code | Prtry Max35Text
CancellationStatusReason3Choice: Cd ExternalPaymentCancellationRejection1Code | Prtry Max35Text
CancellationStatusReason4: Orgtr? PartyIdentification135, Rsn? CancellationStatusReason3Choice, AddtlInf* Max105Text
CancellationStatusReason5: Orgtr? PartyIdentification272, Rsn? CancellationStatusReason3Choice, AddtlInf* Max105Text
CardAggregated1: < CardAggregated2; DateOrDateTimePeriod1Choice > DateOrDateTimePeriodChoice
CardAggregated2: AddtlSvc? CardPaymentServiceType2Code, TxCtgy? ExternalCardTransactionCategory1Code, SaleRcncltnId? Max35Text, SeqNbRg? CardSequenceNumberRange1, TxDtRg? DateOrDateTimePeriod1Choice
CardEntry2: < CardEntry4; CardAggregated2 > 1; CashAccount38 > 24
CardEntry4: Card? PaymentCard4, POI? PointOfInteraction1, AggtdNtry? CardAggregated2, PrePdAcct? CashAccount38
CardEntry5: < CardEntry4; CashAccount38 > 40
CardIndividualTransaction2: ICCRltdData? Max1025Text, PmtCntxt? PaymentContext3, AddtlSvc? CardPaymentServiceType2Code, TxCtgy? ExternalCardTransactionCategory1Code, SaleRcncltnId? Max35Text, SaleRefNb? Max35Text, RePresntmntRsn? ExternalRePresentmentReason1Code, SeqNb? Max35Text, TxId? TransactionIdentifier1, Pdct? Product2, VldtnDt? ISODate, VldtnSeqNb? Max35Text
CardSecurityInformation1: CSCMgmt CSCManagement1Code, CSCVal? Min3Max4NumericText
CardSequenceNumberRange1: FrstTx? Max35Text, LastTx? Max35Text
CardTransaction17: Card? PaymentCard4, POI? PointOfInteraction1, Tx? CardTransaction3Choice, PrePdAcct? CashAccount38
CardTransaction18: < CardTransaction17; CashAccount38 > 40
CardTransaction2: Card? PaymentCard4, POI? PointOfInteraction1, Tx? CardTransaction2Choice, PrePdAcct? CashAccount24
CardTransaction2Choice: Aggtd CardAggregated1 | Indv CardIndividualTransaction2
CardTransaction3Choice: Aggtd CardAggregated2 | Indv CardIndividualTransaction2
CardholderAuthentication2: AuthntcnMtd AuthenticationMethod1Code, AuthntcnNtty AuthenticationEntity1Code
Case3: < Case5; Party40Choice > Party12Choice
Case5: Id Max35Text, Cretr Party40Choice, ReopCaseIndctn? YesNoIndicator
Case6: < Case5; Party40Choice > Party50Choice
CaseAssignment3: Id Max35Text, Assgnr Party12Choice, Assgne Party12Choice, CreDtTm ISODateTime
CaseAssignment5: Id Max35Text, Assgnr Party40Choice, Assgne Party40Choice, CreDtTm ISODateTime
CaseAssignment6: Id Max35Text, Assgnr Party50Choice, Assgne Party50Choice, CreDtTm ISODateTime
CashAccount16: < CashAccount24; CashAccountType2Choice > CashAccountType2
CashAccount24: < CashAccount38; -Prxy
CashAccount25: < CashAccount39; PartyIdentification135 > 43; BranchAndFinancialInstitutionIdentification6 > 5; -Prxy
CashAccount38: Id AccountIdentification4Choice, Tp? CashAccountType2Choice, Ccy? ActiveOrHistoricCurrencyCode, Nm? Max70Text, Prxy? ProxyAccountIdentification1
CashAccount39: < CashAccount38; Prxy: Ownr? PartyIdentification135; Ownr: Svcr? BranchAndFinancialInstitutionIdentification6
CashAccount40: < CashAccount38; Id? AccountIdentification4Choice
CashAccount41: < CashAccount39; Id? AccountIdentification4Choice
CashAccount43: < CashAccount40; Prxy: Ownr? PartyIdentification272; Ownr: Svcr? BranchAndFinancialInstitutionIdentification8
CashAccountType2: Cd CashAccountType4Code | Prtry Max35Text
CashAccountType2Choice: Cd ExternalCashAccountType1Code | Prtry Max35Text
CashAvailability1: Dt CashAvailabilityDate1Choice, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode
CashAvailabilityDate1Choice: NbOfDays Max15PlusSignedNumericText | ActlDt ISODate
CashBalance8: Tp BalanceType13, CdtLine* CreditLine3, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Dt DateAndDateTime2Choice, Avlbty* CashAvailability1
CashDeposit1: NoteDnmtn ActiveCurrencyAndAmount, NbOfNotes Max15NumericText, Amt ActiveCurrencyAndAmount
CategoryPurpose1Choice: Cd ExternalCategoryPurpose1Code | Prtry Max35Text
ChargeType3Choice: Cd ExternalChargeType1Code | Prtry GenericIdentification3
Charges12: < Charges13; -AgtAcct
Charges13: < Charges9; AgtAcct: Tp? ChargeType3Choice
Charges14: < Charges16; Agt: AgtAcct? CashAccount40
Charges15: < Charges6; ChargesRecord3 > 8
Charges16: Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification8, Tp? ChargeType3Choice
Charges2: Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification5
Charges4: < Charges6; ChargesRecord3 > 2
Charges6: TtlChrgsAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* ChargesRecord3
Charges7: Amt ActiveOrHistoricCurrencyAndAmount, Agt BranchAndFinancialInstitutionIdentification6
Charges8: < Charges7; Agt: AgtAcct? CashAccount38
Charges9: < Charges8; CashAccount38 > 40
ChargesInformation5: Amt ActiveOrHistoricCurrencyAndAmount, Pty BranchAndFinancialInstitutionIdentification4
ChargesRecord2: < ChargesRecord3; BranchAndFinancialInstitutionIdentification6 > 5
ChargesRecord3: Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, ChrgInclInd? ChargeIncludedIndicator, Tp? ChargeType3Choice, Rate? PercentageRate, Br? ChargeBearerType1Code, Agt? BranchAndFinancialInstitutionIdentification6, Tax? TaxCharges2
ChargesRecord8: < ChargesRecord3; BranchAndFinancialInstitutionIdentification6 > 8
ClaimNonReceipt2: DtPrcd ISODate, OrgnlNxtAgt? BranchAndFinancialInstitutionIdentification6
ClaimNonReceipt2Choice: Accptd ClaimNonReceipt2 | Rjctd ClaimNonReceiptRejectReason1Choice
ClaimNonReceipt3: DtPrcd ISODate, OrgnlNxtAgt? BranchAndFinancialInstitutionIdentification8
ClaimNonReceipt3Choice: Accptd ClaimNonReceipt3 | Rjctd ClaimNonReceiptRejectReason1Choice
ClaimNonReceiptRejectReason1Choice: Cd ExternalClaimNonReceiptRejection1Code | Prtry Max35Text
ClearingSystemIdentification2Choice: Cd ExternalClearingSystemIdentification1Code | Prtry Max35Text
ClearingSystemIdentification3Choice: Cd ExternalCashClearingSystem1Code | Prtry Max35Text
ClearingSystemMemberIdentification2: ClrSysId? ClearingSystemIdentification2Choice, MmbId Max35Text
Compensation2: Amt ActiveCurrencyAndAmount, DbtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgt BranchAndFinancialInstitutionIdentification6, Rsn CompensationReason1Choice
Compensation3: < Compensation2; DbtrAgt: DbtrAgtAcct? CashAccount38; CdtrAgt: CdtrAgtAcct? CashAccount38
Compensation4: < Compensation3; CashAccount38 > 40
Compensation5: < Compensation4; BranchAndFinancialInstitutionIdentification6 > 8
CompensationReason1Choice: Cd ExternalPaymentCompensationReason1Code | Prtry Max35Text
Contact13: < Contact4; Max2048Text > Max256Text; PreferredContactMethod1Code > PreferredContactMethod2Code; FaxNb: URLAdr? Max2048Text
Contact4: NmPrfx? NamePrefix2Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber, FaxNb? PhoneNumber, EmailAdr? Max2048Text, EmailPurp? Max35Text, JobTitl? Max35Text, Rspnsblty? Max35Text, Dept? Max70Text, Othr* OtherContact1, PrefrdMtd? PreferredContactMethod1Code
ContactDetails2: NmPrfx? NamePrefix1Code, Nm? Max140Text, PhneNb? PhoneNumber, MobNb? PhoneNumber, FaxNb? PhoneNumber, EmailAdr? Max2048Text, Othr? Max35Text
ControlData1: NbOfTxs Max15NumericText, CtrlSum? DecimalNumber
CorporateAction82: EvtTp CorporateActionEventType104Choice, CorpActnEvtId Max35Text, OffclCorpActnEvtId? Max35Text
CorporateAction9: EvtTp Max35Text, EvtId Max35Text
CorporateActionEventType104Choice: Cd ExternalCorporateActionEventType1Code | Prtry GenericIdentification30
CorrectiveGroupInformation1: MsgId Max35Text, MsgNmId Max35Text, CreDtTm? ISODateTime
CorrectiveInterbankTransaction2: GrpHdr? CorrectiveGroupInformation1, InstrId? Max35Text, EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt ISODate
CorrectiveInterbankTransaction3: < CorrectiveInterbankTransaction2
CorrectivePaymentInitiation4: GrpHdr? CorrectiveGroupInformation1, PmtInfId? Max35Text, InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, InstdAmt ActiveOrHistoricCurrencyAndAmount, ReqdExctnDt? DateAndDateTime2Choice, ReqdColltnDt? ISODate
CorrectivePaymentInitiation5: < CorrectivePaymentInitiation4
CorrectiveTransaction4Choice: Initn CorrectivePaymentInitiation4 | IntrBk CorrectiveInterbankTransaction2
CorrectiveTransaction5Choice: Initn CorrectivePaymentInitiation5 | IntrBk CorrectiveInterbankTransaction3
CreditLine3: Incl TrueFalseIndicator, Tp? CreditLineType1Choice, Amt? ActiveOrHistoricCurrencyAndAmount, Dt? DateAndDateTime2Choice
CreditLineType1Choice: Cd ExternalCreditLineType1Code | Prtry Max35Text
CreditTransferMandateData1: MndtId? Max35Text, Tp? MandateTypeInformation2, DtOfSgntr? ISODate, DtOfVrfctn? ISODateTime, ElctrncSgntr? Max10KBinary, FrstPmtDt? ISODate, FnlPmtDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice
CreditTransferTransaction25: < CreditTransferTransaction39; PaymentIdentification7 > 3; PaymentTypeInformation28 > 21; Charges7 > 2; BranchAndFinancialInstitutionIdentification6 > 5; CashAccount38 > 24; PartyIdentification135 > 43; TaxInformation8 > 3; RemittanceLocation7 > 4; RemittanceInformation16 > 11; -PrvsInstgAgt1; -PrvsInstgAgt1Acct; -PrvsInstgAgt2; -PrvsInstgAgt2Acct; -PrvsInstgAgt3; -PrvsInstgAgt3Acct; ChrgsInf: PrvsInstgAgt? BranchAndFinancialInstitutionIdentification5; PrvsInstgAgt: PrvsInstgAgtAcct? CashAccount24
CreditTransferTransaction30: < CreditTransferTransaction39; PaymentIdentification7 > 3; PaymentTypeInformation28 > 21; Charges7 > 2; BranchAndFinancialInstitutionIdentification6 > 5; CashAccount38 > 24; PartyIdentification135 > 125; TaxInformation8 > 6; RemittanceLocation7 > 4; RemittanceInformation16 > 15
CreditTransferTransaction36: < CreditTransferTransaction69; PaymentIdentification13 > 7; BranchAndFinancialInstitutionIdentification8 > 6; CashAccount40 > 38; InstructionForCreditorAgent3 > 2; -XpryDtTm; -PmtSgntr; -UndrlygAllcn; RmtInf: UndrlygCstmrCdtTrf? CreditTransferTransaction37; UndrlygCstmrCdtTrf: SplmtryData* SupplementaryData1
CreditTransferTransaction37: < CreditTransferTransaction45; InstructionForCreditorAgent3 > 1
CreditTransferTransaction39: PmtId PaymentIdentification7, PmtTpInf? PaymentTypeInformation28, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* Charges7, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, Tax? TaxInformation8, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, SplmtryData* SupplementaryData1
CreditTransferTransaction43: < CreditTransferTransaction39; PaymentIdentification7 > 13; InstructionForCreditorAgent1 > 3; ChrgsInf: MndtRltdInf? CreditTransferMandateData1
CreditTransferTransaction44: < CreditTransferTransaction36; PaymentIdentification7 > 13; InstructionForCreditorAgent2 > 3; CreditTransferTransaction37 > 45
CreditTransferTransaction45: UltmtDbtr? PartyIdentification135, InitgPty? PartyIdentification135, Dbtr PartyIdentification135, DbtrAcct? CashAccount38, DbtrAgt BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1Acct? CashAccount38, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2Acct? CashAccount38, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3Acct? CashAccount38, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1Acct? CashAccount38, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2Acct? CashAccount38, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3Acct? CashAccount38, CdtrAgt BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr PartyIdentification135, CdtrAcct? CashAccount38, UltmtCdtr? PartyIdentification135, InstrForCdtrAgt* InstructionForCreditorAgent3, InstrForNxtAgt* InstructionForNextAgent1, Tax? TaxInformation8, RmtInf? RemittanceInformation16, InstdAmt? ActiveOrHistoricCurrencyAndAmount
CreditTransferTransaction50: < CreditTransferTransaction43; CashAccount38 > 40; TaxInformation8 > 10; RemittanceInformation16 > 21
CreditTransferTransaction52: < CreditTransferTransaction45; CashAccount38 > 40; TaxInformation8 > 10; RemittanceInformation16 > 21
CreditTransferTransaction56: < CreditTransferTransaction44; CashAccount38 > 40; CreditTransferTransaction45 > 52
CreditTransferTransaction58: < CreditTransferTransaction50; Charges7 > 12
CreditTransferTransaction62: < CreditTransferTransaction56; BranchAndFinancialInstitutionIdentification6 > 8; CreditTransferTransaction52 > 63; RmtInf: UndrlygAllcn* TransactionAllocation1
CreditTransferTransaction63: < CreditTransferTransaction52; PartyIdentification135 > 272; BranchAndFinancialInstitutionIdentification6 > 8; TaxInformation10 > TaxData1; RemittanceInformation21 > 22
CreditTransferTransaction64: < CreditTransferTransaction70; -AddtlDtTm; -AgrdRate; -PmtSgntr; SttlmTmReq: AccptncDtTm? ISODateTime; AccptncDtTm: PoolgAdjstmntDt? ISODate
CreditTransferTransaction67: < CreditTransferTransaction69; UndrlygAllcn: UndrlygCstmrCdtTrf? CreditTransferTransaction68; UndrlygCstmrCdtTrf: UndrlygFICdtTrf? CreditTransferTransaction69; UndrlygFICdtTrf: SplmtryData* SupplementaryData1
CreditTransferTransaction68: < CreditTransferTransaction63; ^: PmtId? PaymentIdentification13; PmtId: PmtTpInf? PaymentTypeInformation28; InstrForNxtAgt: Purp? Purpose2Choice
CreditTransferTransaction69: < CreditTransferTransaction70; PartyIdentification272 > BranchAndFinancialInstitutionIdentification8; RemittanceInformation22 > 2; -AddtlDtTm; -InstdAmt; -XchgRate; -AgrdRate; -ChrgBr; -ChrgsInf; -MndtRltdInf; -InitgPty; -RgltryRptg; -Tax; -RltdRmtInf; -SplmtryData; SttlmTmReq: XpryDtTm? ISODateTime; DbtrAgt? BranchAndFinancialInstitutionIdentification8; CdtrAgt? BranchAndFinancialInstitutionIdentification8; RmtInf: UndrlygAllcn* TransactionAllocation1
CreditTransferTransaction70: < CreditTransferTransaction39; PaymentIdentification7 > 13; Charges7 > 16; BranchAndFinancialInstitutionIdentification6 > 8; CashAccount38 > 40; PartyIdentification135 > 272; InstructionForCreditorAgent1 > 3; TaxInformation8 > TaxData1; RemittanceLocation7 > 8; RemittanceInformation16 > 22; -AccptncDtTm; -PoolgAdjstmntDt; SttlmTmReq: AddtlDtTm? AdditionalDateTime1; XchgRate: AgrdRate? CurrencyExchange26; ChrgsInf: MndtRltdInf? CreditTransferMandateData1; MndtRltdInf: PmtSgntr? CryptographicKey1Choice
CreditTransferTransaction72: < CreditTransferTransaction68; RemittanceInformation22 > 26
CreditTransferTransaction73: < CreditTransferTransaction70; RegulatoryReporting3 > 10; RemittanceInformation22 > 26
CreditTransferTransaction79: < CreditTransferTransaction67; TransactionAllocation1 > 2; CreditTransferTransaction68 > 72; CreditTransferTransaction69 > 80; Purp: RgltryRptg{0,10} RegulatoryReporting10
CreditTransferTransaction80: < CreditTransferTransaction82; Purp: RgltryRptg{0,10} RegulatoryReporting10
CreditTransferTransaction82: < CreditTransferTransaction69; TransactionAllocation1 > 2
CreditTransferTransactionInformation11: PmtId PaymentIdentification3, PmtTpInf? PaymentTypeInformation21, IntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, SttlmTmReq? SettlementTimeRequest2, AccptncDtTm? ISODateTime, PoolgAdjstmntDt? ISODate, InstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, ChrgBr ChargeBearerType1Code, ChrgsInf* ChargesInformation5, PrvsInstgAgt? BranchAndFinancialInstitutionIdentification4, PrvsInstgAgtAcct? CashAccount16, InstgAgt? BranchAndFinancialInstitutionIdentification4, InstdAgt? BranchAndFinancialInstitutionIdentification4, IntrmyAgt1? BranchAndFinancialInstitutionIdentification4, IntrmyAgt1Acct? CashAccount16, IntrmyAgt2? BranchAndFinancialInstitutionIdentification4, IntrmyAgt2Acct? CashAccount16, IntrmyAgt3? BranchAndFinancialInstitutionIdentification4, IntrmyAgt3Acct? CashAccount16, UltmtDbtr? PartyIdentification32, InitgPty? PartyIdentification32, Dbtr PartyIdentification32, DbtrAcct? CashAccount16, DbtrAgt BranchAndFinancialInstitutionIdentification4, DbtrAgtAcct? CashAccount16, CdtrAgt BranchAndFinancialInstitutionIdentification4, CdtrAgtAcct? CashAccount16, Cdtr PartyIdentification32, CdtrAcct? CashAccount16, UltmtCdtr? PartyIdentification32, InstrForCdtrAgt* InstructionForCreditorAgent1, InstrForNxtAgt* InstructionForNextAgent1, Purp? Purpose2Choice, RgltryRptg{0,10} RegulatoryReporting3, RltdRmtInf{0,10} RemittanceLocation2, RmtInf? RemittanceInformation5
CreditorReferenceInformation2: Tp? CreditorReferenceType2, Ref? Max35Text
CreditorReferenceInformation3: Tp? CreditorReferenceType3, Ref? Max35Text
CreditorReferenceType1Choice: Cd DocumentType3Code | Prtry Max35Text
CreditorReferenceType2: CdOrPrtry CreditorReferenceType1Choice, Issr? Max35Text
CreditorReferenceType2Choice: Cd ExternalCreditorReferenceType1Code | Prtry Max35Text
CreditorReferenceType3: CdOrPrtry CreditorReferenceType2Choice, Issr? Max35Text
CryptographicKey1Choice: ILPV4 HexBinaryText | Sgntr SHA256SignatureText
CurrencyAndAmountRange2: Amt ImpliedCurrencyAmountRangeChoice, CdtDbtInd? CreditDebitCode, Ccy ActiveOrHistoricCurrencyCode
CurrencyExchange24: < CurrencyExchange5; QtnDt: XchgRateBase? PositiveNumber
CurrencyExchange26: UnitCcy? ActiveOrHistoricCurrencyCode, QtdCcy? ActiveOrHistoricCurrencyCode, PreAgrdXchgRate BaseOneRate, QtnDtTm? ISODateTime, QtId? UUIDv4Identifier, FXAgt? BranchAndFinancialInstitutionIdentification8
CurrencyExchange5: SrcCcy ActiveOrHistoricCurrencyCode, TrgtCcy? ActiveOrHistoricCurrencyCode, UnitCcy? ActiveOrHistoricCurrencyCode, XchgRate BaseOneRate, CtrctId? Max35Text, QtnDt? ISODateTime
DateAndDateTime2Choice: Dt ISODate | DtTm ISODateTime
DateAndDateTimeChoice: Dt ISODate | DtTm ISODateTime
DateAndPlaceOfBirth: < DateAndPlaceOfBirth1
DateAndPlaceOfBirth1: BirthDt ISODate, PrvcOfBirth? Max35Text, CityOfBirth Max35Text, CtryOfBirth CountryCode
DateAndType1: Tp DateType2Choice, Dt ISODate
DateOrDateTimePeriod1Choice: Dt DatePeriod2 | DtTm DateTimePeriod1
DateOrDateTimePeriodChoice: Dt DatePeriodDetails | DtTm DateTimePeriodDetails
DatePeriod2: FrDt ISODate, ToDt ISODate
DatePeriodDetails: FrDt ISODate, ToDt ISODate
DateTimePeriod1: FrDtTm ISODateTime, ToDtTm ISODateTime
DateTimePeriodDetails: FrDtTm ISODateTime, ToDtTm ISODateTime
DateType2Choice: Cd ExternalDateType1Code | Prtry Max35Text
DiscountAmountAndType1: Tp? DiscountAmountType1Choice, Amt ActiveOrHistoricCurrencyAndAmount
DiscountAmountType1Choice: Cd ExternalDiscountAmountType1Code | Prtry Max35Text
DisplayCapabilities1: DispTp UserInterface2Code, NbOfLines Max3NumericText, LineWidth Max3NumericText
DocumentAdjustment1: Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, Rsn? Max4Text, AddtlInf? Max140Text
DocumentAmount1: Tp DocumentAmountType1Choice, Amt ActiveOrHistoricCurrencyAndAmount
DocumentAmountType1Choice: Cd ExternalDocumentAmountType1Code | Prtry Max35Text
DocumentLineIdentification1: Tp? DocumentLineType1, Nb? Max35Text, RltdDt? ISODate
DocumentLineInformation1: Id+ DocumentLineIdentification1, Desc? Max2048Text, Amt? RemittanceAmount3
DocumentLineInformation2: Id+ DocumentLineIdentification1, Desc? Max2048Text, Amt? RemittanceAmount4
DocumentLineType1: CdOrPrtry DocumentLineType1Choice, Issr? Max35Text
DocumentLineType1Choice: Cd ExternalDocumentLineType1Code | Prtry Max35Text
DocumentType1: CdOrPrtry DocumentType2Choice, Issr? Max35Text
DocumentType2Choice: Cd ExternalDocumentType1Code | Prtry Max35Text
EntryDetails12: Btch? BatchInformation2, TxDtls* EntryTransaction13
EntryDetails13: Btch? BatchInformation2, TxDtls* EntryTransaction14
EntryDetails14: Btch? BatchInformation2, TxDtls* EntryTransaction15
EntryDetails7: Btch? BatchInformation2, TxDtls* EntryTransaction8
EntryDetails9: Btch? BatchInformation2, TxDtls* EntryTransaction10
EntryStatus1Choice: Cd ExternalEntryStatus1Code | Prtry Max35Text
EntryTransaction10: Refs? TransactionReferences6, Amt? ActiveOrHistoricCurrencyAndAmount, CdtDbtInd? CreditDebitCode, AmtDtls? AmountAndCurrencyExchange3, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges6, Intrst? TransactionInterest4, RltdPties? TransactionParties6, RltdAgts? TransactionAgents5, LclInstrm? LocalInstrument2Choice, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation7, RmtInf? RemittanceInformation16, RltdDts? TransactionDates3, RltdPric? TransactionPrice4Choice, RltdQties* TransactionQuantities3Choice, FinInstrmId? SecurityIdentification19, Tax? TaxInformation8, RtrInf? PaymentReturnReason5, CorpActn? CorporateAction9, SfkpgAcct? SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction17, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1
EntryTransaction13: < EntryTransaction14; Charges15 > 6; TransactionParties12 > 9; TransactionAgents6 > 5; RemittanceLocation8 > 7; RemittanceInformation22 > 21; TaxData1 > TaxInformation10; PaymentReturnReason8 > 5
EntryTransaction14: < EntryTransaction15; TransactionQuantities4Choice > TransactionQuantities3Choice; -RltdCorpActn; -UndrlygAllcn; -InstrCpy; RtrInf: CorpActn? CorporateAction9
EntryTransaction15: < EntryTransaction10; AmountAndCurrencyExchange3 > 4; Charges6 > 15; TransactionParties6 > 12; TransactionAgents5 > 6; RemittanceLocation7 > 8; RemittanceInformation16 > 22; TransactionQuantities3Choice > TransactionQuantities4Choice; TaxInformation8 > TaxData1; PaymentReturnReason5 > 8; CardTransaction17 > 18; -CorpActn; LclInstrm: PmtTpInf? PaymentTypeInformation27; RtrInf: RltdCorpActn? CorporateAction82; SfkpgAcct: UndrlygAllcn* TransactionAllocation1; CardTx: InstrCpy? Max20000Text
EntryTransaction8: Refs? TransactionReferences3, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, AmtDtls? AmountAndCurrencyExchange3, Avlbty* CashAvailability1, BkTxCd? BankTransactionCodeStructure4, Chrgs? Charges4, Intrst? TransactionInterest3, RltdPties? TransactionParties3, RltdAgts? TransactionAgents3, Purp? Purpose2Choice, RltdRmtInf{0,10} RemittanceLocation4, RmtInf? RemittanceInformation11, RltdDts? TransactionDates2, RltdPric? TransactionPrice3Choice, RltdQties* TransactionQuantities2Choice, FinInstrmId? SecurityIdentification19, Tax? TaxInformation3, RtrInf? PaymentReturnReason2, CorpActn? CorporateAction9, SfkpgAcct? SecuritiesAccount19, CshDpst* CashDeposit1, CardTx? CardTransaction2, AddtlTxInf? Max500Text, SplmtryData* SupplementaryData1
EquivalentAmount2: Amt ActiveOrHistoricCurrencyAndAmount, CcyOfTrf ActiveOrHistoricCurrencyCode
Event1: EvtCd Max4AlphaNumericText, EvtParam* Max35Text, EvtDesc? Max350Text, EvtTm? ISODateTime
Event2: < Event1; Max350Text > Max1000Text
FIToFICustomerCreditTransferV02: GrpHdr GroupHeader33, CdtTrfTxInf+ CreditTransferTransactionInformation11
FIToFICustomerCreditTransferV06: GrpHdr GroupHeader70, CdtTrfTxInf+ CreditTransferTransaction25, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV07: GrpHdr GroupHeader70, CdtTrfTxInf+ CreditTransferTransaction30, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV08: GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction39, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV09: GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction43, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV10: GrpHdr GroupHeader96, CdtTrfTxInf+ CreditTransferTransaction50, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV11: GrpHdr GroupHeader96, CdtTrfTxInf+ CreditTransferTransaction58, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV12: GrpHdr GroupHeader113, CdtTrfTxInf+ CreditTransferTransaction64, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV13: GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction70, SplmtryData* SupplementaryData1
FIToFICustomerCreditTransferV14: GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction73, SplmtryData* SupplementaryData1
FIToFIPaymentCancellationRequestV06: Assgnmt CaseAssignment3, Case? Case3, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction16, SplmtryData* SupplementaryData1
FIToFIPaymentCancellationRequestV08: Assgnmt CaseAssignment5, Case? Case5, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction23, SplmtryData* SupplementaryData1
FIToFIPaymentCancellationRequestV09: < FIToFIPaymentCancellationRequestV08; UnderlyingTransaction23 > 26
FIToFIPaymentCancellationRequestV10: < FIToFIPaymentCancellationRequestV08; UnderlyingTransaction23 > 28
FIToFIPaymentCancellationRequestV11: Assgnmt CaseAssignment6, Case? Case6, CtrlData? ControlData1, Undrlyg+ UnderlyingTransaction34, SplmtryData* SupplementaryData1
FIToFIPaymentCancellationRequestV12: < FIToFIPaymentCancellationRequestV11; UnderlyingTransaction34 > 36
FIToFIPaymentStatusReportV08: GrpHdr GroupHeader53, OrgnlGrpInfAndSts* OriginalGroupHeader7, TxInfAndSts* PaymentTransaction80, SplmtryData* SupplementaryData1
FIToFIPaymentStatusReportV09: GrpHdr GroupHeader53, OrgnlGrpInfAndSts* OriginalGroupHeader13, TxInfAndSts* PaymentTransaction91, SplmtryData* SupplementaryData1
FIToFIPaymentStatusReportV10: GrpHdr GroupHeader91, OrgnlGrpInfAndSts* OriginalGroupHeader17, TxInfAndSts* PaymentTransaction110, SplmtryData* SupplementaryData1
FIToFIPaymentStatusReportV11: < FIToFIPaymentStatusReportV10; PaymentTransaction110 > 123
FIToFIPaymentStatusReportV12: GrpHdr GroupHeader101, OrgnlGrpInfAndSts* OriginalGroupHeader17, TxInfAndSts* PaymentTransaction130, SplmtryData* SupplementaryData1
FIToFIPaymentStatusReportV13: < FIToFIPaymentStatusReportV12; PaymentTransaction130 > 142
FIToFIPaymentStatusReportV14: < FIToFIPaymentStatusReportV15; PaymentTransaction164 > 161
FIToFIPaymentStatusReportV15: GrpHdr GroupHeader120, OrgnlGrpInfAndSts* OriginalGroupHeader22, TxInfAndSts* PaymentTransaction164, SplmtryData* SupplementaryData1
FIToFIPaymentStatusReportV16: < FIToFIPaymentStatusReportV15; PaymentTransaction164 > 177
FIToFIPaymentStatusRequestV03: GrpHdr GroupHeader91, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction113, SplmtryData* SupplementaryData1
FIToFIPaymentStatusRequestV04: < FIToFIPaymentStatusRequestV03; PaymentTransaction113 > 121
FIToFIPaymentStatusRequestV05: < FIToFIPaymentStatusRequestV03; PaymentTransaction113 > 131
FIToFIPaymentStatusRequestV06: GrpHdr GroupHeader109, OrgnlGrpInf* OriginalGroupInformation27, TxInf* PaymentTransaction158, SplmtryData* SupplementaryData1
FIToFIPaymentStatusRequestV07: < FIToFIPaymentStatusRequestV06; PaymentTransaction158 > 171
FinancialIdentificationSchemeName1Choice: Cd ExternalFinancialInstitutionIdentification1Code | Prtry Max35Text
FinancialInstitutionCreditTransferV08: GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction36, SplmtryData* SupplementaryData1
FinancialInstitutionCreditTransferV09: GrpHdr GroupHeader93, CdtTrfTxInf+ CreditTransferTransaction44, SplmtryData* SupplementaryData1
FinancialInstitutionCreditTransferV10: GrpHdr GroupHeader96, CdtTrfTxInf+ CreditTransferTransaction56, SplmtryData* SupplementaryData1
FinancialInstitutionCreditTransferV11: GrpHdr GroupHeader113, CdtTrfTxInf+ CreditTransferTransaction62, SplmtryData* SupplementaryData1
FinancialInstitutionCreditTransferV12: GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction67, SplmtryData* SupplementaryData1
FinancialInstitutionCreditTransferV13: GrpHdr GroupHeader131, CdtTrfTxInf+ CreditTransferTransaction79, SplmtryData* SupplementaryData1
FinancialInstitutionIdentification18: BICFI? BICFIDec2014Identifier, ClrSysMmbId? ClearingSystemMemberIdentification2, LEI? LEIIdentifier, Nm? Max140Text, PstlAdr? PostalAddress24, Othr? GenericFinancialIdentification1
FinancialInstitutionIdentification23: < FinancialInstitutionIdentification18; PostalAddress24 > 27
FinancialInstitutionIdentification7: < FinancialInstitutionIdentification8; -BICFI; ^: BIC? BICIdentifier
FinancialInstitutionIdentification8: BICFI? BICFIIdentifier, ClrSysMmbId? ClearingSystemMemberIdentification2, Nm? Max140Text, PstlAdr? PostalAddress6, Othr? GenericFinancialIdentification1
FinancialInstrumentQuantity1Choice: Unit DecimalNumber | FaceAmt ImpliedCurrencyAndAmount | AmtsdVal ImpliedCurrencyAndAmount
FinancialInstrumentQuantity33Choice: Unit DecimalNumber | FaceAmt ImpliedCurrencyAndAmount | AmtsdVal ImpliedCurrencyAndAmount | DgtlTknUnit Max30DecimalNumber
FinancialInstrumentQuantityChoice: < FinancialInstrumentQuantity1Choice
Frequency36Choice: Tp Frequency6Code | Prd FrequencyPeriod1 | PtInTm FrequencyAndMoment1
FrequencyAndMoment1: Tp Frequency6Code, PtInTm Exact2NumericText
FrequencyPeriod1: Tp Frequency6Code, CntPerPrd DecimalNumber
FromToAmountRange: < FromToAmountRange1
FromToAmountRange1: FrAmt AmountRangeBoundary1, ToAmt AmountRangeBoundary1
Garnishment1: < Garnishment3; PartyIdentification135 > 43
Garnishment2: < Garnishment1; PartyIdentification43 > 125
Garnishment3: Tp GarnishmentType1, Grnshee? PartyIdentification135, GrnshmtAdmstr? PartyIdentification135, RefNb? Max140Text, Dt? ISODate, RmtdAmt? ActiveOrHistoricCurrencyAndAmount, FmlyMdclInsrncInd? TrueFalseIndicator, MplyeeTermntnInd? TrueFalseIndicator
Garnishment4: < Garnishment3; PartyIdentification135 > 272
GarnishmentType1: CdOrPrtry GarnishmentType1Choice, Issr? Max35Text
GarnishmentType1Choice: Cd ExternalGarnishmentType1Code | Prtry Max35Text
GenericAccountIdentification1: Id Max34Text, SchmeNm? AccountSchemeName1Choice, Issr? Max35Text
GenericFinancialIdentification1: Id Max35Text, SchmeNm? FinancialIdentificationSchemeName1Choice, Issr? Max35Text
GenericIdentification1: Id Max35Text, SchmeNm? Max35Text, Issr? Max35Text
GenericIdentification3: Id Max35Text, Issr? Max35Text
GenericIdentification30: Id Exact4AlphaNumericText, Issr Max35Text, SchmeNm? Max35Text
GenericIdentification32: Id Max35Text, Tp? PartyType3Code, Issr? PartyType4Code, ShrtNm? Max35Text
GenericIdentification36: Id Max35Text, Issr Max35Text, SchmeNm? Max35Text
GenericOrganisationIdentification1: Id Max35Text, SchmeNm? OrganisationIdentificationSchemeName1Choice, Issr? Max35Text
GenericOrganisationIdentification3: Id Max256Text, SchmeNm? OrganisationIdentificationSchemeName1Choice, Issr? Max35Text
GenericPersonIdentification1: Id Max35Text, SchmeNm? PersonIdentificationSchemeName1Choice, Issr? Max35Text
GenericPersonIdentification2: < GenericPersonIdentification1; Id Max256Text
GroupHeader101: < GroupHeader91; InstdAgt: OrgnlBizQry? OriginalBusinessQuery1
GroupHeader109: < GroupHeader120; -OrgnlBizQry
GroupHeader113: < GroupHeader131; -XpryDtTm
GroupHeader116: < GroupHeader81; PartyIdentification135 > 272
GroupHeader120: MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification8, InstdAgt? BranchAndFinancialInstitutionIdentification8, OrgnlBizQry? OriginalBusinessQuery1
GroupHeader123: < GroupHeader99; SettlementInstruction11 > 15; BranchAndFinancialInstitutionIdentification6 > 8
GroupHeader131: < GroupHeader93; SettlementInstruction7 > 15; BranchAndFinancialInstitutionIdentification6 > 8; CreDtTm: XpryDtTm? ISODateTime
GroupHeader33: < GroupHeader93; SettlementInstruction7 > SettlementInformation13; PaymentTypeInformation28 > 21; BranchAndFinancialInstitutionIdentification6 > 4
GroupHeader53: < GroupHeader91; BranchAndFinancialInstitutionIdentification6 > 5
GroupHeader58: < GroupHeader81; PartyIdentification135 > 43; Pagination1 > Pagination
GroupHeader70: < GroupHeader33; SettlementInformation13 > SettlementInstruction4; BranchAndFinancialInstitutionIdentification4 > 5
GroupHeader81: MsgId Max35Text, CreDtTm ISODateTime, MsgRcpt? PartyIdentification135, MsgPgntn? Pagination1, OrgnlBizQry? OriginalBusinessQuery1, AddtlInf? Max500Text
GroupHeader90: < GroupHeader93; -TtlIntrBkSttlmAmt; -PmtTpInf; CreDtTm: Authstn{0,2} Authorisation1Choice; CtrlSum: GrpRtr? TrueFalseIndicator; GrpRtr: TtlRtrdIntrBkSttlmAmt? ActiveCurrencyAndAmount
GroupHeader91: MsgId Max35Text, CreDtTm ISODateTime, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6
GroupHeader93: MsgId Max35Text, CreDtTm ISODateTime, BtchBookg? BatchBookingIndicator, NbOfTxs Max15NumericText, CtrlSum? DecimalNumber, TtlIntrBkSttlmAmt? ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmInf SettlementInstruction7, PmtTpInf? PaymentTypeInformation28, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6
GroupHeader96: < GroupHeader93; SettlementInstruction7 > 11
GroupHeader99: < GroupHeader90; SettlementInstruction7 > 11; SttlmInf: PmtTpInf? PaymentTypeInformation28
IdentificationAssignment3: MsgId Max35Text, CreDtTm ISODateTime, Cretr? Party40Choice, FrstAgt? BranchAndFinancialInstitutionIdentification6, Assgnr Party40Choice, Assgne Party40Choice
IdentificationAssignment4: MsgId Max35Text, CreDtTm ISODateTime, Cretr? Party50Choice, FrstAgt? BranchAndFinancialInstitutionIdentification8, Assgnr Party50Choice, Assgne Party50Choice
IdentificationInformation4: Pty? PartyIdentification135, Acct? CashAccount40, Agt? BranchAndFinancialInstitutionIdentification6
IdentificationInformation5: Pty? PartyIdentification272, Acct? CashAccount40, Agt? BranchAndFinancialInstitutionIdentification8
IdentificationSource3Choice: Cd ExternalFinancialInstrumentIdentificationType1Code | Prtry Max35Text
IdentificationVerification4: Id Max35Text, PtyAndAcctId IdentificationInformation4
IdentificationVerification5: Id Max35Text, PtyAndAcctId IdentificationInformation5
IdentificationVerificationReportV03: Assgnmt IdentificationAssignment3, OrgnlAssgnmt? MessageIdentification7, Rpt+ VerificationReport4, SplmtryData* SupplementaryData1
IdentificationVerificationReportV04: Assgnmt IdentificationAssignment4, OrgnlAssgnmt? MessageIdentification8, Rpt+ VerificationReport5, SplmtryData* SupplementaryData1
IdentificationVerificationRequestV03: Assgnmt IdentificationAssignment3, Vrfctn+ IdentificationVerification4, SplmtryData* SupplementaryData1
IdentificationVerificationRequestV04: Assgnmt IdentificationAssignment4, Vrfctn+ IdentificationVerification5, SplmtryData* SupplementaryData1
ImplementationSpecification1: Regy Max350Text, Id Max2048Text
ImpliedCurrencyAmountRange1Choice: FrAmt AmountRangeBoundary1 | ToAmt AmountRangeBoundary1 | FrToAmt FromToAmountRange1 | EQAmt ImpliedCurrencyAndAmount | NEQAmt ImpliedCurrencyAndAmount
ImpliedCurrencyAmountRangeChoice: < ImpliedCurrencyAmountRange1Choice; FromToAmountRange1 > FromToAmountRange
InstructionForCreditorAgent1: Cd? Instruction3Code, InstrInf? Max140Text
InstructionForCreditorAgent2: Cd? Instruction5Code, InstrInf? Max140Text
InstructionForCreditorAgent3: Cd? ExternalCreditorAgentInstruction1Code, InstrInf? Max140Text
InstructionForNextAgent1: Cd? Instruction4Code, InstrInf? Max140Text
InterestRecord1: < InterestRecord2; Rate4 > 3; DateTimePeriod1 > DateTimePeriodDetails
InterestRecord2: Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Tp? InterestType1Choice, Rate? Rate4, FrToDt? DateTimePeriod1, Rsn? Max35Text, Tax? TaxCharges2
InterestType1Choice: Cd InterestType1Code | Prtry Max35Text
InvestigationStatus5Choice: Conf ExternalInvestigationExecutionConfirmation1Code | RjctdMod+ ModificationStatusReason1Choice | DplctOf Case5 | AssgnmtCxlConf YesNoIndicator
InvestigationStatus6Choice: < InvestigationStatus5Choice; Case5 > 6
LocalInstrument2Choice: Cd ExternalLocalInstrument1Code | Prtry Max35Text
MandateClassification1Choice: Cd MandateClassification1Code | Prtry Max35Text
MandateRelatedData1Choice: DrctDbtMndt? MandateRelatedInformation14 | CdtTrfMndt? CreditTransferMandateData1
MandateRelatedData2Choice: DrctDbtMndt? MandateRelatedInformation15 | CdtTrfMndt? CreditTransferMandateData1
MandateRelatedData3Choice: DrctDbtMndt? MandateRelatedInformation16 | CdtTrfMndt? CreditTransferMandateData1
MandateRelatedData5Choice: DrctDbtMndt MandateRelatedInformation16 | CdtTrfMndt CreditTransferMandateData1
MandateRelatedInformation11: < MandateRelatedInformation14; AmendmentInformationDetails13 > 11
MandateRelatedInformation12: < MandateRelatedInformation14; AmendmentInformationDetails13 > 12
MandateRelatedInformation14: MndtId? Max35Text, DtOfSgntr? ISODate, AmdmntInd? TrueFalseIndicator, AmdmntInfDtls? AmendmentInformationDetails13, ElctrncSgntr? Max1025Text, FrstColltnDt? ISODate, FnlColltnDt? ISODate, Frqcy? Frequency36Choice, Rsn? MandateSetupReason1Choice, TrckgDays? Exact2NumericText
MandateRelatedInformation15: < MandateRelatedInformation14; AmendmentInformationDetails13 > 14
MandateRelatedInformation16: < MandateRelatedInformation14; AmendmentInformationDetails13 > 15
MandateSetupReason1Choice: Cd ExternalMandateSetupReason1Code | Prtry Max70Text
MandateTypeInformation2: SvcLvl? ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice, Clssfctn? MandateClassification1Choice
MessageHeader10: MsgId Max35Text, CreDtTm? ISODateTime, QryNm? Max35Text
MessageIdentification2: MsgNmId? Max35Text, MsgId? Max35Text
MessageIdentification7: MsgId? Max35Text, CreDtTm? ISODateTime, FrstAgt? BranchAndFinancialInstitutionIdentification6
MessageIdentification8: MsgId? Max35Text, CreDtTm? ISODateTime, FrstAgt? BranchAndFinancialInstitutionIdentification8
MessageReference: Ref Max35Text
MessageReference1: Ref Max35Text, MsgNm? Max35Text, RefIssr? PartyIdentification136
ModificationStatusReason1Choice: Cd ExternalPaymentModificationRejection1Code | Prtry Max35Text
ModificationStatusReason2: Orgtr? PartyIdentification135, Rsn? ModificationStatusReason1Choice, AddtlInf* Max105Text
ModificationStatusReason3: Orgtr? PartyIdentification272, Rsn? ModificationStatusReason1Choice, AddtlInf* Max105Text
NameAndAddress10: Nm Max140Text, Adr PostalAddress6
NameAndAddress16: Nm Max140Text, Adr PostalAddress24
NameAndAddress18: Nm Max140Text, Adr PostalAddress27
NameAndAddress5: Nm Max350Text, Adr? PostalAddress1
NumberAndSumOfTransactions1: NbOfNtries? Max15NumericText, Sum? DecimalNumber
NumberAndSumOfTransactions4: NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry? AmountAndDirection35
NumberOfCancellationsPerStatus1: DtldNbOfTxs Max15NumericText, DtldSts CancellationIndividualStatus1Code, DtldCtrlSum? DecimalNumber
NumberOfTransactionsPerStatus1: DtldNbOfTxs Max15NumericText, DtldSts TransactionIndividualStatus1Code, DtldCtrlSum? DecimalNumber
NumberOfTransactionsPerStatus5: DtldNbOfTxs Max15NumericText, DtldSts ExternalPaymentTransactionStatus1Code, DtldCtrlSum? DecimalNumber
OrganisationIdentification29: AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr* GenericOrganisationIdentification1
OrganisationIdentification39: AnyBIC? AnyBICDec2014Identifier, LEI? LEIIdentifier, Othr* GenericOrganisationIdentification3
OrganisationIdentification4: BICOrBEI? AnyBICIdentifier, Othr* GenericOrganisationIdentification1
OrganisationIdentification7: < OrganisationIdentification8
OrganisationIdentification8: AnyBIC? AnyBICIdentifier, Othr* GenericOrganisationIdentification1
OrganisationIdentificationSchemeName1Choice: Cd ExternalOrganisationIdentification1Code | Prtry Max35Text
OriginalAndCurrentQuantities1: FaceAmt ImpliedCurrencyAndAmount, AmtsdVal ImpliedCurrencyAndAmount
OriginalBusinessQuery1: MsgId Max35Text, MsgNmId? Max35Text, CreDtTm? ISODateTime
OriginalGroupHeader13: < OriginalGroupHeader7; StatusReasonInformation9 > 11
OriginalGroupHeader14: OrgnlGrpCxlId? Max35Text, RslvdCase? Case5, OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfTransactionsPerStatus1
OriginalGroupHeader15: < OriginalGroupHeader6; Case3 > 5; PaymentCancellationReason3 > 5
OriginalGroupHeader17: OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, GrpSts? ExternalPaymentGroupStatus1Code, StsRsnInf* StatusReasonInformation12, NbOfTxsPerSts* NumberOfTransactionsPerStatus5
OriginalGroupHeader18: OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, RtrRsnInf* PaymentReturnReason6
OriginalGroupHeader19: < OriginalGroupHeader18; PaymentReturnReason6 > 7
OriginalGroupHeader21: < OriginalGroupHeader6; Case3 > 6; PaymentCancellationReason3 > 6
OriginalGroupHeader22: < OriginalGroupHeader17; StatusReasonInformation12 > 14
OriginalGroupHeader23: < OriginalGroupHeader14; Case5 > 6; CancellationStatusReason4 > 5
OriginalGroupHeader6: GrpCxlId? Max35Text, Case? Case3, OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, NbOfTxs? Max15NumericText, CtrlSum? DecimalNumber, GrpCxl? GroupCancellationIndicator, CxlRsnInf* PaymentCancellationReason3
OriginalGroupHeader7: < OriginalGroupHeader17; StatusReasonInformation12 > 9
OriginalGroupInformation27: OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber
OriginalGroupInformation29: OrgnlMsgId Max35Text, OrgnlMsgNmId Max35Text, OrgnlCreDtTm? ISODateTime
OriginalGroupInformation3: < OriginalGroupInformation29
OriginalGroupInformation33: < OriginalGroupInformation29
OriginalPaymentInstruction30: OrgnlPmtInfCxlId? Max35Text, RslvdCase? Case5, OrgnlPmtInfId Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlNbOfTxs? Max15NumericText, OrgnlCtrlSum? DecimalNumber, PmtInfCxlSts? GroupCancellationStatus1Code, CxlStsRsnInf* CancellationStatusReason4, NbOfTxsPerCxlSts* NumberOfCancellationsPerStatus1, TxInfAndSts* PaymentTransaction103
OriginalPaymentInstruction35: < OriginalPaymentInstruction30; PaymentTransaction103 > 122
OriginalPaymentInstruction43: < OriginalPaymentInstruction30; PaymentTransaction103 > 139
OriginalPaymentInstruction48: < OriginalPaymentInstruction30; Case5 > 6; CancellationStatusReason4 > 5; PaymentTransaction103 > 153
OriginalPaymentInstruction54: < OriginalPaymentInstruction48; OriginalGroupInformation29 > 33; PaymentTransaction153 > 175
OriginalTransactionReference24: < OriginalTransactionReference28; DateAndDateTime2Choice > DateAndDateTimeChoice; PartyIdentification135 > 43; SettlementInstruction7 > 4; PaymentTypeInformation27 > 25; MandateRelatedInformation14 > 11; RemittanceInformation16 > 11; Party40Choice > PartyIdentification43; CashAccount38 > 24; BranchAndFinancialInstitutionIdentification6 > 5; -Purp
OriginalTransactionReference27: < OriginalTransactionReference28; PartyIdentification135 > 125; SettlementInstruction7 > 4; PaymentTypeInformation27 > 25; MandateRelatedInformation14 > 12; RemittanceInformation16 > 15; Party40Choice > Party35Choice; CashAccount38 > 24; BranchAndFinancialInstitutionIdentification6 > 5
OriginalTransactionReference28: IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, Amt? AmountType4Choice, IntrBkSttlmDt? ISODate, ReqdColltnDt? ISODate, ReqdExctnDt? DateAndDateTime2Choice, CdtrSchmeId? PartyIdentification135, SttlmInf? SettlementInstruction7, PmtTpInf? PaymentTypeInformation27, PmtMtd? PaymentMethod4Code, MndtRltdInf? MandateRelatedInformation14, RmtInf? RemittanceInformation16, UltmtDbtr? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, DbtrAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgtAcct? CashAccount38, CdtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgtAcct? CashAccount38, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, Purp? Purpose2Choice
OriginalTransactionReference31: < OriginalTransactionReference28; MandateRelatedInformation14 > MandateRelatedData1Choice
OriginalTransactionReference32: < OriginalTransactionReference31; Purp: UndrlygCstmrCdtTrf? CreditTransferTransaction45
OriginalTransactionReference35: < OriginalTransactionReference31; SettlementInstruction7 > 11; MandateRelatedData1Choice > MandateRelatedData2Choice; RemittanceInformation16 > 21; CashAccount38 > 40
OriginalTransactionReference36: < OriginalTransactionReference35; Purp: UndrlygCstmrCdtTrf? CreditTransferTransaction52
OriginalTransactionReference41: < OriginalTransactionReference42; Purp: UndrlygCstmrCdtTrf? CreditTransferTransaction63
OriginalTransactionReference42: < OriginalTransactionReference28; PartyIdentification135 > 272; SettlementInstruction7 > 15; MandateRelatedInformation14 > MandateRelatedData3Choice; RemittanceInformation16 > 22; Party40Choice > Party50Choice; CashAccount38 > 40; BranchAndFinancialInstitutionIdentification6 > 8
OriginalTransactionReference44: < OriginalTransactionReference41; CreditTransferTransaction63 > 68; UndrlygCstmrCdtTrf: UndrlygFICdtTrf? CreditTransferTransaction69
OriginalTransactionReference45: < OriginalTransactionReference47; Purp: UndrlygCstmrCdtTrf? CreditTransferTransaction72; UndrlygCstmrCdtTrf: UndrlygFICdtTrf? CreditTransferTransaction82
OriginalTransactionReference47: < OriginalTransactionReference42; MandateRelatedData3Choice > MandateRelatedData5Choice; RemittanceInformation22 > 26
OtherContact1: ChanlTp Max4Text, Id? Max128Text
OtherIdentification1: Id Max35Text, Sfx? Max16Text, Tp IdentificationSource3Choice
Pagination: < Pagination1
Pagination1: PgNb Max5NumericText, LastPgInd YesNoIndicator
Party10Choice: OrgId OrganisationIdentification7 | PrvtId PersonIdentification5
Party11Choice: OrgId OrganisationIdentification8 | PrvtId PersonIdentification5
Party12Choice: Pty PartyIdentification43 | Agt BranchAndFinancialInstitutionIdentification5
Party34Choice: OrgId OrganisationIdentification8 | PrvtId PersonIdentification13
Party35Choice: < Party12Choice; PartyIdentification43 > 125
Party38Choice: OrgId OrganisationIdentification29 | PrvtId PersonIdentification13
Party40Choice: Pty PartyIdentification135 | Agt BranchAndFinancialInstitutionIdentification6
Party44Choice: OrgId PartyIdentification135 | FIId BranchAndFinancialInstitutionIdentification6
Party50Choice: Pty PartyIdentification272 | Agt BranchAndFinancialInstitutionIdentification8
Party51Choice: OrgId PartyIdentification272 | FIId BranchAndFinancialInstitutionIdentification8
Party52Choice: OrgId OrganisationIdentification39 | PrvtId PersonIdentification18
Party6Choice: OrgId OrganisationIdentification4 | PrvtId PersonIdentification5
Party9Choice: OrgId PartyIdentification42 | FIId BranchAndFinancialInstitutionIdentification5
PartyIdentification120Choice: AnyBIC AnyBICDec2014Identifier | PrtryId GenericIdentification36 | NmAndAdr NameAndAddress5
PartyIdentification125: < PartyIdentification43; Party11Choice > Party34Choice
PartyIdentification135: Nm? Max140Text, PstlAdr? PostalAddress24, Id? Party38Choice, CtryOfRes? CountryCode, CtctDtls? Contact4
PartyIdentification136: Id PartyIdentification120Choice, LEI? LEIIdentifier
PartyIdentification272: Nm? Max140Text, PstlAdr? PostalAddress27, Id? Party52Choice, CtryOfRes? CountryCode, CtctDtls? Contact13
PartyIdentification32: < PartyIdentification43; Party11Choice > Party6Choice
PartyIdentification42: < PartyIdentification43; Party11Choice > Party10Choice
PartyIdentification43: Nm? Max140Text, PstlAdr? PostalAddress6, Id? Party11Choice, CtryOfRes? CountryCode, CtctDtls? ContactDetails2
PaymentCancellationReason3: Orgtr? PartyIdentification43, Rsn? CancellationReason33Choice, AddtlInf* Max105Text
PaymentCancellationReason5: Orgtr? PartyIdentification135, Rsn? CancellationReason33Choice, AddtlInf* Max105Text
PaymentCancellationReason6: Orgtr? PartyIdentification272, Rsn? CancellationReason33Choice, AddtlInf* Max105Text
PaymentCard4: PlainCardData? PlainCardData1, CardCtryCd? Exact3NumericText, CardBrnd? GenericIdentification1, AddtlCardData? Max70Text
PaymentContext3: CardPres? TrueFalseIndicator, CrdhldrPres? TrueFalseIndicator, OnLineCntxt? TrueFalseIndicator, AttndncCntxt? AttendanceContext1Code, TxEnvt? TransactionEnvironment1Code, TxChanl? TransactionChannel1Code, AttndntMsgCpbl? TrueFalseIndicator, AttndntLang? ISO2ALanguageCode, CardDataNtryMd CardDataReading1Code, FllbckInd? TrueFalseIndicator, AuthntcnMtd? CardholderAuthentication2
PaymentIdentification13: < PaymentIdentification7
PaymentIdentification3: InstrId? Max35Text, EndToEndId Max35Text, TxId Max35Text, ClrSysRef? Max35Text
PaymentIdentification7: InstrId? Max35Text, EndToEndId Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, ClrSysRef? Max35Text
PaymentReturnReason2: < PaymentReturnReason5; PartyIdentification135 > 43
PaymentReturnReason5: OrgnlBkTxCd? BankTransactionCodeStructure4, Orgtr? PartyIdentification135, Rsn? ReturnReason5Choice, AddtlInf* Max105Text
PaymentReturnReason6: < PaymentReturnReason5; -OrgnlBkTxCd
PaymentReturnReason7: < PaymentReturnReason8; -OrgnlBkTxCd
PaymentReturnReason8: < PaymentReturnReason5; PartyIdentification135 > 272
PaymentReturnV09: GrpHdr GroupHeader90, OrgnlGrpInf? OriginalGroupHeader18, TxInf* PaymentTransaction112, SplmtryData* SupplementaryData1
PaymentReturnV10: < PaymentReturnV09; PaymentTransaction112 > 118
PaymentReturnV11: < PaymentReturnV09; GroupHeader90 > 99; PaymentTransaction112 > 133
PaymentReturnV12: < PaymentReturnV11; PaymentTransaction133 > 146
PaymentReturnV13: GrpHdr GroupHeader123, OrgnlGrpInf? OriginalGroupHeader19, TxInf* PaymentTransaction159, SplmtryData* SupplementaryData1
PaymentReturnV14: < PaymentReturnV13; PaymentTransaction159 > 163
PaymentReturnV15: < PaymentReturnV13; PaymentTransaction159 > 168
PaymentTransaction102: CxlStsId? Max35Text, RslvdCase? Case5, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlUETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, RsltnRltdInf? ResolutionData1, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? Party40Choice, Assgne? Party40Choice, OrgnlTxRef? OriginalTransactionReference28
PaymentTransaction103: CxlStsId? Max35Text, RslvdCase? Case5, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, UETR? UUIDv4Identifier, TxCxlSts? CancellationIndividualStatus1Code, CxlStsRsnInf* CancellationStatusReason4, OrgnlInstdAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlReqdExctnDt? DateAndDateTime2Choice, OrgnlReqdColltnDt? ISODate, OrgnlTxRef? OriginalTransactionReference28
PaymentTransaction106: < PaymentTransaction75; Case3 > 5; OriginalGroupInformation3 > 29; BranchAndFinancialInstitutionIdentification5 > 6; PaymentCancellationReason3 > 5; OriginalTransactionReference24 > 28; OrgnlTxId: OrgnlUETR? UUIDv4Identifier
PaymentTransaction107: < PaymentTransaction102; -CxlStsId; -TxCxlSts; -CxlStsRsnInf; ^: ModStsId? Max35Text; OrgnlGrpInf OriginalGroupInformation29; OrgnlGrpInf: OrgnlPmtInfId? Max35Text; OrgnlUETR: ModStsRsnInf* ModificationStatusReason2
PaymentTransaction110: StsId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, TxSts? ExternalPaymentTransactionStatus1Code, StsRsnInf* StatusReasonInformation12, ChrgsInf* Charges7, AccptncDtTm? ISODateTime, FctvIntrBkSttlmDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1
PaymentTransaction112: RtrId? Max35Text, OrgnlGrpInf? OriginalGroupInformation29, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlUETR? UUIDv4Identifier, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, RtrdIntrBkSttlmAmt ActiveCurrencyAndAmount, IntrBkSttlmDt? ISODate, SttlmPrty? Priority3Code, SttlmTmIndctn? SettlementDateTimeIndication1, RtrdInstdAmt? ActiveOrHistoricCurrencyAndAmount, XchgRate? BaseOneRate, CompstnAmt? ActiveOrHistoricCurrencyAndAmount, ChrgBr? ChargeBearerType1Code, ChrgsInf* Charges7, ClrSysRef? Max35Text, InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, RtrChain? TransactionParties7, RtrRsnInf* PaymentReturnReason6, OrgnlTxRef? OriginalTransactionReference28, SplmtryData* SupplementaryData1
PaymentTransaction113: < PaymentTransaction110; -StsId; -TxSts; -StsRsnInf; -ChrgsInf; -FctvIntrBkSttlmDt; -AcctSvcrRef; ^: StsReqId? Max35Text
PaymentTransaction116: < PaymentTransaction107; ResolutionData1 > 2; OriginalTransactionReference28 > 31
PaymentTransaction118: < PaymentTransaction112; TransactionParties7 > 8; OriginalTransactionReference28 > 32
PaymentTransaction120: < PaymentTransaction106; OriginalTransactionReference28 > 31
PaymentTransaction121: < PaymentTransaction113; OriginalTransactionReference28 > 31
PaymentTransaction122: < PaymentTransaction103; OriginalTransactionReference28 > 31
PaymentTransaction123: < PaymentTransaction110; OriginalTransactionReference28 > 31
PaymentTransaction127: < PaymentTransaction102; ResolutionData1 > 2; OriginalTransactionReference28 > 31
PaymentTransaction130: < PaymentTransaction110; OriginalTransactionReference28 > 35
PaymentTransaction131: < PaymentTransaction113; OriginalTransactionReference28 > 35
PaymentTransaction132: < PaymentTransaction107; ResolutionData1 > 3; OriginalTransactionReference28 > 35
PaymentTransaction133: < PaymentTransaction112; TransactionParties7 > 10; OriginalTransactionReference28 > 36; OrgnlIntrBkSttlmDt: PmtTpInf? PaymentTypeInformation28; SttlmTmIndctn: SttlmTmReq? SettlementTimeRequest2
PaymentTransaction137: < PaymentTransaction106; OriginalTransactionReference28 > 35
PaymentTransaction138: < PaymentTransaction102; ResolutionData1 > 3; OriginalTransactionReference28 > 35
PaymentTransaction139: < PaymentTransaction103; OriginalTransactionReference28 > 35
PaymentTransaction142: < PaymentTransaction130; Charges7 > 12; AccptncDtTm: PrcgDt? DateAndDateTime2Choice
PaymentTransaction146: < PaymentTransaction133; Charges7 > 12
PaymentTransaction147: < PaymentTransaction132; ResolutionData3 > 4
PaymentTransaction148: < PaymentTransaction138; ResolutionData3 > 4
PaymentTransaction152: < PaymentTransaction102; Case5 > 6; CancellationStatusReason4 > 5; ResolutionData1 > 5; Party40Choice > Party50Choice; OriginalTransactionReference28 > 42
PaymentTransaction153: < PaymentTransaction103; Case5 > 6; CancellationStatusReason4 > 5; OriginalTransactionReference28 > 42
PaymentTransaction155: < PaymentTransaction106; Case5 > 6; BranchAndFinancialInstitutionIdentification6 > 8; PaymentCancellationReason5 > 6; OriginalTransactionReference28 > 42
PaymentTransaction157: < PaymentTransaction107; Case5 > 6; ModificationStatusReason2 > 3; ResolutionData1 > 5; Party40Choice > Party50Choice; OriginalTransactionReference28 > 42
PaymentTransaction158: < PaymentTransaction113; BranchAndFinancialInstitutionIdentification6 > 8; OriginalTransactionReference28 > 42
PaymentTransaction159: < PaymentTransaction133; Charges7 > 16; BranchAndFinancialInstitutionIdentification6 > 8; TransactionParties10 > 11; PaymentReturnReason6 > 7; OriginalTransactionReference36 > 41
PaymentTransaction161: < PaymentTransaction164; -CdtSttlmKey
PaymentTransaction163: < PaymentTransaction159; OriginalTransactionReference41 > 44; XchgRate: AgrdRate? CurrencyExchange26
PaymentTransaction164: < PaymentTransaction110; StatusReasonInformation12 > 14; Charges7 > 16; BranchAndFinancialInstitutionIdentification6 > 8; OriginalTransactionReference28 > 42; AccptncDtTm: PrcgDt? DateAndDateTime2Choice; ClrSysRef: CdtSttlmKey? SHA256SignatureText
PaymentTransaction168: < PaymentTransaction163; OriginalGroupInformation29 > 33; OriginalTransactionReference44 > 45
PaymentTransaction170: < PaymentTransaction152; OriginalGroupInformation29 > 33; OriginalTransactionReference42 > 47
PaymentTransaction171: < PaymentTransaction158; OriginalGroupInformation29 > 33; OriginalTransactionReference42 > 47
PaymentTransaction172: < PaymentTransaction155; OriginalGroupInformation29 > 33; OriginalTransactionReference42 > 47
PaymentTransaction175: < PaymentTransaction153; OriginalTransactionReference42 > 47
PaymentTransaction177: < PaymentTransaction164; OriginalGroupInformation29 > 33; OriginalTransactionReference42 > 47
PaymentTransaction75: CxlId? Max35Text, Case? Case3, OrgnlGrpInf? OriginalGroupInformation3, OrgnlInstrId? Max35Text, OrgnlEndToEndId? Max35Text, OrgnlTxId? Max35Text, OrgnlClrSysRef? Max35Text, OrgnlIntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, OrgnlIntrBkSttlmDt? ISODate, Assgnr? BranchAndFinancialInstitutionIdentification5, Assgne? BranchAndFinancialInstitutionIdentification5, CxlRsnInf* PaymentCancellationReason3, OrgnlTxRef? OriginalTransactionReference24, SplmtryData* SupplementaryData1
PaymentTransaction80: < PaymentTransaction110; OriginalGroupInformation29 > 3; StatusReasonInformation12 > 9; Charges7 > 2; BranchAndFinancialInstitutionIdentification6 > 5; OriginalTransactionReference28 > 24; -OrgnlUETR; -FctvIntrBkSttlmDt
PaymentTransaction91: < PaymentTransaction80; OriginalGroupInformation3 > 29; StatusReasonInformation9 > 11; OriginalTransactionReference24 > 27
PaymentTypeInformation21: < PaymentTypeInformation25; -SeqTp
PaymentTypeInformation25: < PaymentTypeInformation27; SvcLvl? ServiceLevel8Choice
PaymentTypeInformation27: < PaymentTypeInformation28; LclInstrm: SeqTp? SequenceType3Code
PaymentTypeInformation28: InstrPrty? Priority2Code, ClrChanl? ClearingChannel2Code, SvcLvl* ServiceLevel8Choice, LclInstrm? LocalInstrument2Choice, CtgyPurp? CategoryPurpose1Choice
PersonIdentification13: DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification1
PersonIdentification18: DtAndPlcOfBirth? DateAndPlaceOfBirth1, Othr* GenericPersonIdentification2
PersonIdentification5: DtAndPlcOfBirth? DateAndPlaceOfBirth, Othr* GenericPersonIdentification1
PersonIdentificationSchemeName1Choice: Cd ExternalPersonIdentification1Code | Prtry Max35Text
PlainCardData1: PAN Min8Max28NumericText, CardSeqNb? Min2Max3NumericText, FctvDt? ISOYearMonth, XpryDt ISOYearMonth, SvcCd? Exact3NumericText, TrckData* TrackData1, CardSctyCd? CardSecurityInformation1
PointOfInteraction1: Id GenericIdentification32, SysNm? Max70Text, GrpId? Max35Text, Cpblties? PointOfInteractionCapabilities1, Cmpnt* PointOfInteractionComponent1
PointOfInteractionCapabilities1: CardRdngCpblties* CardDataReading1Code, CrdhldrVrfctnCpblties* CardholderVerificationCapability1Code, OnLineCpblties? OnLineCapability1Code, DispCpblties* DisplayCapabilities1, PrtLineWidth? Max3NumericText
PointOfInteractionComponent1: POICmpntTp POIComponentType1Code, ManfctrId? Max35Text, Mdl? Max35Text, VrsnNb? Max16Text, SrlNb? Max35Text, ApprvlNb* Max70Text
PostalAddress1: AdrTp? AddressType2Code, AdrLine{0,5} Max70Text, StrtNm? Max70Text, BldgNb? Max16Text, PstCd? Max16Text, TwnNm? Max35Text, CtrySubDvsn? Max35Text, Ctry CountryCode
PostalAddress24: AdrTp? AddressType3Choice, Dept? Max70Text, SubDept? Max70Text, StrtNm? Max70Text, BldgNb? Max16Text, BldgNm? Max35Text, Flr? Max70Text, PstBx? Max16Text, Room? Max70Text, PstCd? Max16Text, TwnNm? Max35Text, TwnLctnNm? Max35Text, DstrctNm? Max35Text, CtrySubDvsn? Max35Text, Ctry? CountryCode, AdrLine{0,7} Max70Text
PostalAddress27: < PostalAddress24; AdrTp: CareOf? Max140Text; StrtNm? Max140Text; BldgNm? Max140Text; Flr: UnitNb? Max16Text; TwnNm? Max140Text; TwnLctnNm? Max140Text; DstrctNm? Max140Text
PostalAddress6: < PostalAddress24; AddressType3Choice > AddressType2Code; -BldgNm; -Flr; -PstBx; -Room; -TwnLctnNm; -DstrctNm
Price2: Tp YieldedOrValueType1Choice, Val PriceRateOrAmountChoice
Price7: Tp YieldedOrValueType1Choice, Val PriceRateOrAmount3Choice
PriceRateOrAmount3Choice: Rate PercentageRate | Amt ActiveOrHistoricCurrencyAnd13DecimalAmount
PriceRateOrAmountChoice: < PriceRateOrAmount3Choice
Product2: PdctCd Max70Text, UnitOfMeasr? UnitOfMeasure1Code, PdctQty? DecimalNumber, UnitPric? ImpliedCurrencyAndAmount, PdctAmt? ImpliedCurrencyAndAmount, TaxTp? Max35Text, AddtlPdctInf? Max35Text
ProprietaryAgent3: Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification5
ProprietaryAgent4: Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification6
ProprietaryAgent5: Tp Max35Text, Agt BranchAndFinancialInstitutionIdentification8
ProprietaryBankTransactionCodeStructure1: Cd Max35Text, Issr? Max35Text
ProprietaryDate2: Tp Max35Text, Dt DateAndDateTimeChoice
ProprietaryDate3: Tp Max35Text, Dt DateAndDateTime2Choice
ProprietaryParty3: Tp Max35Text, Pty PartyIdentification43
ProprietaryParty5: Tp Max35Text, Pty Party40Choice
ProprietaryParty6: Tp Max35Text, Pty Party50Choice
ProprietaryPrice2: Tp Max35Text, Pric ActiveOrHistoricCurrencyAndAmount
ProprietaryQuantity1: Tp Max35Text, Qty Max35Text
ProprietaryReference1: Tp Max35Text, Ref Max35Text
ProxyAccountIdentification1: Tp? ProxyAccountType1Choice, Id Max2048Text
ProxyAccountType1Choice: Cd ExternalProxyAccountType1Code | Prtry Max35Text
Purpose2Choice: Cd ExternalPurpose1Code | Prtry Max35Text
Rate3: Tp RateType4Choice, VldtyRg? CurrencyAndAmountRange2
Rate4: Tp RateType4Choice, VldtyRg? ActiveOrHistoricCurrencyAndAmountRange2
RateType4Choice: Pctg PercentageRate | Othr Max35Text
ReceiptAcknowledgementReport2: RltdRef MessageReference1, ReqHdlg RequestHandling2
ReceiptAcknowledgementV01: MsgId MessageHeader10, Rpt+ ReceiptAcknowledgementReport2, SplmtryData* SupplementaryData1
References74Choice: SctiesSttlmTxId Max35Text | IntraPosMvmntId Max35Text | IntraBalMvmntId Max35Text | AcctSvcrTxId Max35Text | MktInfrstrctrTxId Max35Text | CtrPtyMktInfrstrctrTxId? Max35Text | PoolId Max35Text | CmonId Max35Text | TradId Max52Text | OthrTxId Max35Text
References80Choice: < References74Choice; Max52Text > Max35Text; CtrPtyMktInfrstrctrTxId Max35Text; TradId: UnqTxIdr UTIIdentifier
ReferredDocumentInformation3: Tp? ReferredDocumentType2, Nb? Max35Text, RltdDt? ISODate
ReferredDocumentInformation7: Tp? ReferredDocumentType4, Nb? Max35Text, RltdDt? ISODate, LineDtls* DocumentLineInformation1
ReferredDocumentInformation8: Tp? DocumentType1, Nb? Max35Text, RltdDt? DateAndType1, LineDtls* DocumentLineInformation2
ReferredDocumentType1Choice: Cd DocumentType5Code | Prtry Max35Text
ReferredDocumentType2: CdOrPrtry ReferredDocumentType1Choice, Issr? Max35Text
ReferredDocumentType3Choice: Cd DocumentType6Code | Prtry Max35Text
ReferredDocumentType4: CdOrPrtry ReferredDocumentType3Choice, Issr? Max35Text
RegulatoryAuthority2: Nm? Max140Text, Ctry? CountryCode
RegulatoryReporting10: DbtCdtRptgInd RegulatoryReportingType1Code, Authrty? RegulatoryAuthority2, Dtls* StructuredRegulatoryReporting5
RegulatoryReporting3: DbtCdtRptgInd? RegulatoryReportingType1Code, Authrty? RegulatoryAuthority2, Dtls* StructuredRegulatoryReporting3
RegulatoryReportingType1Choice: Cd ExternalRegulatoryReportingType1Code | Prtry Max35Text
RejectionReason2: RjctgPtyRsn Max35Text, RjctnDtTm? ISODateTime, ErrLctn? Max350Text, RsnDesc? Max350Text, AddtlData? Max20000Text
RemittanceAmount1: DuePyblAmt? ActiveOrHistoricCurrencyAndAmount, DscntApldAmt? ActiveOrHistoricCurrencyAndAmount, CdtNoteAmt? ActiveOrHistoricCurrencyAndAmount, TaxAmt? ActiveOrHistoricCurrencyAndAmount, AdjstmntAmtAndRsn* DocumentAdjustment1, RmtdAmt? ActiveOrHistoricCurrencyAndAmount
RemittanceAmount2: DuePyblAmt? ActiveOrHistoricCurrencyAndAmount, DscntApldAmt* DiscountAmountAndType1, CdtNoteAmt? ActiveOrHistoricCurrencyAndAmount, TaxAmt* TaxAmountAndType1, AdjstmntAmtAndRsn* DocumentAdjustment1, RmtdAmt? ActiveOrHistoricCurrencyAndAmount
RemittanceAmount3: < RemittanceAmount2
RemittanceAmount4: RmtAmtAndTp* DocumentAmount1, AdjstmntAmtAndRsn* DocumentAdjustment1
RemittanceInformation11: Ustrd* Max140Text, Strd* StructuredRemittanceInformation13
RemittanceInformation15: Ustrd* Max140Text, Strd* StructuredRemittanceInformation15
RemittanceInformation16: Ustrd* Max140Text, Strd* StructuredRemittanceInformation16
RemittanceInformation2: Ustrd* Max140Text
RemittanceInformation21: Ustrd* Max140Text, Strd* StructuredRemittanceInformation17
RemittanceInformation22: Ustrd* Max140Text, Strd* StructuredRemittanceInformation18
RemittanceInformation26: Ustrd* Max140Text, Strd* StructuredRemittanceInformation22
RemittanceInformation5: Ustrd* Max140Text, Strd* StructuredRemittanceInformation7
RemittanceLocation2: RmtId? Max35Text, RmtLctnMtd? RemittanceLocationMethod2Code, RmtLctnElctrncAdr? Max2048Text, RmtLctnPstlAdr? NameAndAddress10
RemittanceLocation4: RmtId? Max35Text, RmtLctnDtls* RemittanceLocationDetails1
RemittanceLocation7: RmtId? Max35Text, RmtLctnDtls* RemittanceLocationData1
RemittanceLocation8: RmtId? Max35Text, RmtLctnDtls* RemittanceLocationData2
RemittanceLocationData1: Mtd RemittanceLocationMethod2Code, ElctrncAdr? Max2048Text, PstlAdr? NameAndAddress16
RemittanceLocationData2: < RemittanceLocationData1; NameAndAddress16 > 18
RemittanceLocationDetails1: Mtd RemittanceLocationMethod2Code, ElctrncAdr? Max2048Text, PstlAdr? NameAndAddress10
ReportEntry10: NtryRef? Max35Text, Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, RvslInd? TrueFalseIndicator, Sts EntryStatus1Choice, BookgDt? DateAndDateTime2Choice, ValDt? DateAndDateTime2Choice, AcctSvcrRef? Max35Text, Avlbty* CashAvailability1, BkTxCd BankTransactionCodeStructure4, ComssnWvrInd? YesNoIndicator, AddtlInfInd? MessageIdentification2, AmtDtls? AmountAndCurrencyExchange3, Chrgs? Charges6, TechInptChanl? TechnicalInputChannel1Choice, Intrst? TransactionInterest4, CardTx? CardEntry4, NtryDtls* EntryDetails9, AddtlNtryInf? Max500Text
ReportEntry13: < ReportEntry15; Charges15 > 6; EntryDetails14 > 12
ReportEntry14: < ReportEntry15; EntryDetails14 > 13
ReportEntry15: < ReportEntry10; AmountAndCurrencyExchange3 > 4; Charges6 > 15; CardEntry4 > 5; EntryDetails9 > 14
ReportEntry8: < ReportEntry10; EntryStatus1Choice > EntryStatus2Code; DateAndDateTime2Choice > DateAndDateTimeChoice; Charges6 > 4; TransactionInterest4 > 3; CardEntry4 > 2; EntryDetails9 > 7
ReportingSource1Choice: Cd ExternalReportingSource1Code | Prtry Max35Text
RequestHandling2: StsCd Max4AlphaNumericText, StsDtTm? ISODateTime, Desc? Max140Text
ResolutionData1: EndToEndId? Max35Text, TxId? Max35Text, UETR? UUIDv4Identifier, IntrBkSttlmAmt? ActiveOrHistoricCurrencyAndAmount, IntrBkSttlmDt? ISODate, ClrChanl? ClearingChannel2Code, Compstn? Compensation2, Chrgs* Charges7
ResolutionData2: < ResolutionData1; Compensation2 > 3; Charges7 > 8
ResolutionData3: < ResolutionData1; Compensation2 > 4; Charges7 > 9
ResolutionData4: < ResolutionData3; -Chrgs; Compstn: ChrgsInf* Charges13
ResolutionData5: < ResolutionData4; Compensation4 > 5; Charges13 > 14
ResolutionOfInvestigationV09: Assgnmt CaseAssignment5, RslvdCase? Case5, Sts InvestigationStatus5Choice, CxlDtls* UnderlyingTransaction22, ModDtls? PaymentTransaction107, ClmNonRctDtls? ClaimNonReceipt2Choice, StmtDtls? StatementResolutionEntry4, CrrctnTx? CorrectiveTransaction4Choice, RsltnRltdInf? ResolutionData1, SplmtryData* SupplementaryData1
ResolutionOfInvestigationV10: < ResolutionOfInvestigationV09; UnderlyingTransaction22 > 25; PaymentTransaction107 > 116; ResolutionData1 > 2
ResolutionOfInvestigationV11: < ResolutionOfInvestigationV09; UnderlyingTransaction22 > 29; PaymentTransaction107 > 132; CorrectiveTransaction4Choice > CorrectiveTransaction5Choice; ResolutionData1 > 3
ResolutionOfInvestigationV12: < ResolutionOfInvestigationV11; UnderlyingTransaction29 > 31; PaymentTransaction132 > 147; ResolutionData3 > 4
ResolutionOfInvestigationV13: Assgnmt CaseAssignment6, RslvdCase? Case6, Sts InvestigationStatus6Choice, CxlDtls* UnderlyingTransaction32, ModDtls? PaymentTransaction157, ClmNonRctDtls? ClaimNonReceipt3Choice, StmtDtls? StatementResolutionEntry5, CrrctnTx? CorrectiveTransaction5Choice, RsltnRltdInf? ResolutionData5, SplmtryData* SupplementaryData1
ResolutionOfInvestigationV14: Assgnmt CaseAssignment6, RslvdCase? Case6, Sts InvestigationStatus6Choice, CxlDtls* UnderlyingTransaction35, RsltnRltdInf? ResolutionData5, SplmtryData* SupplementaryData1
ReturnReason5Choice: Cd ExternalReturnReason1Code | Prtry Max35Text
SecuritiesAccount19: Id Max35Text, Tp? GenericIdentification30, Nm? Max70Text
SecuritiesAttributes1: UnqTxIdr UTIIdentifier, Amt? ActiveCurrencyAndAmount
SecurityIdentification19: ISIN? ISINOct2015Identifier, OthrId* OtherIdentification1, Desc? Max140Text
SequenceRange1: FrSeq Max35Text, ToSeq Max35Text
SequenceRange1Choice: FrSeq Max35Text | ToSeq Max35Text | FrToSeq+ SequenceRange1 | EQSeq+ Max35Text | NEQSeq+ Max35Text
ServiceLevel8Choice: Cd ExternalServiceLevel1Code | Prtry Max35Text
SettlementDateTimeIndication1: DbtDtTm? ISODateTime, CdtDtTm? ISODateTime
SettlementInformation13: SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount16, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4, InstgRmbrsmntAgtAcct? CashAccount16, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4, InstdRmbrsmntAgtAcct? CashAccount16, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification4, ThrdRmbrsmntAgtAcct? CashAccount16
SettlementInstruction11: < SettlementInstruction7; CashAccount38 > 40
SettlementInstruction15: < SettlementInstruction7; CashAccount38 > 40; BranchAndFinancialInstitutionIdentification6 > 8
SettlementInstruction4: < SettlementInstruction7; CashAccount38 > 24; BranchAndFinancialInstitutionIdentification6 > 5
SettlementInstruction7: SttlmMtd SettlementMethod1Code, SttlmAcct? CashAccount38, ClrSys? ClearingSystemIdentification3Choice, InstgRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstgRmbrsmntAgtAcct? CashAccount38, InstdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, InstdRmbrsmntAgtAcct? CashAccount38, ThrdRmbrsmntAgt? BranchAndFinancialInstitutionIdentification6, ThrdRmbrsmntAgtAcct? CashAccount38
SettlementTimeRequest2: CLSTm? ISOTime, TillTm? ISOTime, FrTm? ISOTime, RjctTm? ISOTime
SignatureEnvelope: #any lax http://www.w3.org/2000/09/xmldsig#
StatementResolutionEntry4: OrgnlGrpInf? OriginalGroupInformation29, OrgnlStmtId? Max35Text, UETR? UUIDv4Identifier, AcctSvcrRef? Max35Text, CrrctdAmt? ActiveOrHistoricCurrencyAndAmount, Chrgs* Charges6, Purp? Purpose2Choice
StatementResolutionEntry5: < StatementResolutionEntry4; Charges6 > 15
StatusReason6Choice: Cd ExternalStatusReason1Code | Prtry Max35Text
StatusReasonInformation11: Orgtr? PartyIdentification125, Rsn? StatusReason6Choice, AddtlInf* Max105Text
StatusReasonInformation12: Orgtr? PartyIdentification135, Rsn? StatusReason6Choice, AddtlInf* Max105Text
StatusReasonInformation14: Orgtr? PartyIdentification272, Rsn? StatusReason6Choice, AddtlInf* Max105Text
StatusReasonInformation9: Orgtr? PartyIdentification43, Rsn? StatusReason6Choice, AddtlInf* Max105Text
StructuredRegulatoryReporting3: Tp? Max35Text, Dt? ISODate, Ctry? CountryCode, Cd? Max10Text, Amt? ActiveOrHistoricCurrencyAndAmount, Inf* Max35Text
StructuredRegulatoryReporting5: Tp? RegulatoryReportingType1Choice, Dt? ISODate, Ctry? CountryCode, RptgCd? Max10Text, Amt? ActiveOrHistoricCurrencyAndAmount, Inf* Max35Text
StructuredRemittanceInformation13: < StructuredRemittanceInformation16; PartyIdentification135 > 43; TaxInformation7 > 4; Garnishment3 > 1
StructuredRemittanceInformation15: < StructuredRemittanceInformation16; PartyIdentification135 > 125; Garnishment3 > 2
StructuredRemittanceInformation16: RfrdDocInf* ReferredDocumentInformation7, RfrdDocAmt? RemittanceAmount2, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification135, Invcee? PartyIdentification135, TaxRmt? TaxInformation7, GrnshmtRmt? Garnishment3, AddtlRmtInf{0,3} Max140Text
StructuredRemittanceInformation17: < StructuredRemittanceInformation16; TaxInformation7 > TaxData1
StructuredRemittanceInformation18: RfrdDocInf* ReferredDocumentInformation8, RfrdDocAmt? RemittanceAmount4, CdtrRefInf? CreditorReferenceInformation3, Invcr? PartyIdentification272, Invcee? PartyIdentification272, TaxRmt? TaxData1, GrnshmtRmt? Garnishment4, AddtlRmtInf{0,3} Max140Text
StructuredRemittanceInformation22: < StructuredRemittanceInformation18; GrnshmtRmt: SctiesData* SecuritiesAttributes1
StructuredRemittanceInformation7: RfrdDocInf* ReferredDocumentInformation3, RfrdDocAmt? RemittanceAmount1, CdtrRefInf? CreditorReferenceInformation2, Invcr? PartyIdentification32, Invcee? PartyIdentification32, AddtlRmtInf{0,3} Max140Text
SupplementaryData1: PlcAndNm? Max350Text, Envlp SupplementaryDataEnvelope1
SupplementaryDataEnvelope1: #any lax ##any
SystemEventNotificationV02: EvtInf Event2
TaxAmount1: < TaxAmount2; TaxRecordDetails2 > 1
TaxAmount2: Rate? PercentageRate, TaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlAmt? ActiveOrHistoricCurrencyAndAmount, Dtls* TaxRecordDetails2
TaxAmount3: < TaxAmount2; TaxRecordDetails2 > 3
TaxAmountAndType1: Tp? TaxAmountType1Choice, Amt ActiveOrHistoricCurrencyAndAmount
TaxAmountType1Choice: Cd ExternalTaxAmountType1Code | Prtry Max35Text
TaxAuthorisation1: Titl? Max35Text, Nm? Max140Text
TaxCharges2: Id? Max35Text, Rate? PercentageRate, Amt? ActiveOrHistoricCurrencyAndAmount
TaxData1: Cdtr? TaxParty1, Dbtr? TaxParty2, UltmtDbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord3
TaxInformation10: < TaxInformation8; TaxRecord2 > 3
TaxInformation3: < TaxInformation8; TaxRecord2 > 1; -AdmstnZone; Dbtr: AdmstnZn? Max35Text
TaxInformation4: < TaxInformation7; TaxRecord2 > 1
TaxInformation6: < TaxInformation3; TaxRecord1 > 2
TaxInformation7: Cdtr? TaxParty1, Dbtr? TaxParty2, UltmtDbtr? TaxParty2, AdmstnZone? Max35Text, RefNb? Max140Text, Mtd? Max35Text, TtlTaxblBaseAmt? ActiveOrHistoricCurrencyAndAmount, TtlTaxAmt? ActiveOrHistoricCurrencyAndAmount, Dt? ISODate, SeqNb? Number, Rcrd* TaxRecord2
TaxInformation8: < TaxInformation7; -UltmtDbtr
TaxParty1: TaxId? Max35Text, RegnId? Max35Text, TaxTp? Max35Text
TaxParty2: < TaxParty1; TaxTp: Authstn? TaxAuthorisation1
TaxPeriod1: Yr? ISODate, Tp? TaxRecordPeriod1Code, FrToDt? DatePeriodDetails
TaxPeriod2: Yr? ISODate, Tp? TaxRecordPeriod1Code, FrToDt? DatePeriod2
TaxPeriod3: < TaxPeriod2; ISODate > ISOYear
TaxRecord1: < TaxRecord2; TaxPeriod2 > 1; TaxAmount2 > 1
TaxRecord2: Tp? Max35Text, Ctgy? Max35Text, CtgyDtls? Max35Text, DbtrSts? Max35Text, CertId? Max35Text, FrmsCd? Max35Text, Prd? TaxPeriod2, TaxAmt? TaxAmount2, AddtlInf? Max140Text
TaxRecord3: < TaxRecord2; TaxPeriod2 > 3; TaxAmount2 > 3
TaxRecordDetails1: Prd? TaxPeriod1, Amt ActiveOrHistoricCurrencyAndAmount
TaxRecordDetails2: Prd? TaxPeriod2, Amt ActiveOrHistoricCurrencyAndAmount
TaxRecordDetails3: Prd? TaxPeriod3, Amt ActiveOrHistoricCurrencyAndAmount
TechnicalInputChannel1Choice: Cd ExternalTechnicalInputChannel1Code | Prtry Max35Text
TotalTransactions5: < TotalTransactions6; TotalsPerBankTransactionCode5 > 4
TotalTransactions6: TtlNtries? NumberAndSumOfTransactions4, TtlCdtNtries? NumberAndSumOfTransactions1, TtlDbtNtries? NumberAndSumOfTransactions1, TtlNtriesPerBkTxCd* TotalsPerBankTransactionCode5
TotalsPerBankTransactionCode4: < TotalsPerBankTransactionCode5; -CdtNtries; -DbtNtries; -Dt
TotalsPerBankTransactionCode5: NbOfNtries? Max15NumericText, Sum? DecimalNumber, TtlNetNtry? AmountAndDirection35, CdtNtries? NumberAndSumOfTransactions1, DbtNtries? NumberAndSumOfTransactions1, FcstInd? TrueFalseIndicator, BkTxCd BankTransactionCodeStructure4, Avlbty* CashAvailability1, Dt? DateAndDateTime2Choice
TrackData1: TrckNb? Exact1NumericText, TrckVal Max140Text
TransactionAgents3: < TransactionAgents5; BranchAndFinancialInstitutionIdentification6 > 5; ProprietaryAgent4 > 3; -InstgAgt; -InstdAgt
TransactionAgents5: InstgAgt? BranchAndFinancialInstitutionIdentification6, InstdAgt? BranchAndFinancialInstitutionIdentification6, DbtrAgt? BranchAndFinancialInstitutionIdentification6, CdtrAgt? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, RcvgAgt? BranchAndFinancialInstitutionIdentification6, DlvrgAgt? BranchAndFinancialInstitutionIdentification6, IssgAgt? BranchAndFinancialInstitutionIdentification6, SttlmPlc? BranchAndFinancialInstitutionIdentification6, Prtry* ProprietaryAgent4
TransactionAgents6: < TransactionAgents5; BranchAndFinancialInstitutionIdentification6 > 8; ProprietaryAgent4 > 5
TransactionAllocation1: Amt ActiveOrHistoricCurrencyAndAmount, CdtDbtInd CreditDebitCode, Acct CashAccount40, Purp Purpose2Choice, Ref Max35Text, RltdRefs* References74Choice
TransactionAllocation2: < TransactionAllocation1; References74Choice > References80Choice
TransactionDates2: < TransactionDates3; ProprietaryDate3 > 2
TransactionDates3: AccptncDtTm? ISODateTime, TradActvtyCtrctlSttlmDt? ISODate, TradDt? ISODate, IntrBkSttlmDt? ISODate, StartDt? ISODate, EndDt? ISODate, TxDtTm? ISODateTime, Prtry* ProprietaryDate3
TransactionIdentifier1: TxDtTm ISODateTime, TxRef Max35Text
TransactionInterest3: < TransactionInterest4; InterestRecord2 > 1
TransactionInterest4: TtlIntrstAndTaxAmt? ActiveOrHistoricCurrencyAndAmount, Rcrd* InterestRecord2
TransactionParties10: < TransactionParties8; CashAccount38 > 40
TransactionParties11: < TransactionParties10; Party40Choice > Party50Choice; BranchAndFinancialInstitutionIdentification6 > 8
TransactionParties12: < TransactionParties6; Party40Choice > Party50Choice; CashAccount38 > 40; ProprietaryParty5 > 6
TransactionParties3: < TransactionParties6; Party40Choice > PartyIdentification43; CashAccount38 > 24; ProprietaryParty5 > 3
TransactionParties6: InitgPty? Party40Choice, Dbtr? Party40Choice, DbtrAcct? CashAccount38, UltmtDbtr? Party40Choice, Cdtr? Party40Choice, CdtrAcct? CashAccount38, UltmtCdtr? Party40Choice, TradgPty? Party40Choice, Prtry* ProprietaryParty5
TransactionParties7: UltmtDbtr? Party40Choice, Dbtr Party40Choice, InitgPty? Party40Choice, DbtrAgt? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt1? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt2? BranchAndFinancialInstitutionIdentification6, PrvsInstgAgt3? BranchAndFinancialInstitutionIdentification6, IntrmyAgt1? BranchAndFinancialInstitutionIdentification6, IntrmyAgt2? BranchAndFinancialInstitutionIdentification6, IntrmyAgt3? BranchAndFinancialInstitutionIdentification6, CdtrAgt? BranchAndFinancialInstitutionIdentification6, Cdtr Party40Choice, UltmtCdtr? Party40Choice
TransactionParties8: < TransactionParties7; Dbtr: DbtrAcct? CashAccount38; DbtrAgt: DbtrAgtAcct? CashAccount38; PrvsInstgAgt1: PrvsInstgAgt1Acct? CashAccount38; PrvsInstgAgt2: PrvsInstgAgt2Acct? CashAccount38; PrvsInstgAgt3: PrvsInstgAgt3Acct? CashAccount38; IntrmyAgt1: IntrmyAgt1Acct? CashAccount38; IntrmyAgt2: IntrmyAgt2Acct? CashAccount38; IntrmyAgt3: IntrmyAgt3Acct? CashAccount38; CdtrAgt: CdtrAgtAcct? CashAccount38; Cdtr: CdtrAcct? CashAccount38
TransactionParties9: < TransactionParties6; CashAccount38 > 40
TransactionPrice3Choice: DealPric Price2 | Prtry+ ProprietaryPrice2
TransactionPrice4Choice: DealPric Price7 | Prtry+ ProprietaryPrice2
TransactionQuantities2Choice: Qty FinancialInstrumentQuantityChoice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1
TransactionQuantities3Choice: Qty FinancialInstrumentQuantity1Choice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1
TransactionQuantities4Choice: Qty FinancialInstrumentQuantity33Choice | OrgnlAndCurFaceAmt OriginalAndCurrentQuantities1 | Prtry ProprietaryQuantity1
TransactionReferences3: < TransactionReferences6; -UETR
TransactionReferences6: MsgId? Max35Text, AcctSvcrRef? Max35Text, PmtInfId? Max35Text, InstrId? Max35Text, EndToEndId? Max35Text, UETR? UUIDv4Identifier, TxId? Max35Text, MndtId? Max35Text, ChqNb? Max35Text, ClrSysRef? Max35Text, AcctOwnrTxId? Max35Text, AcctSvcrTxId? Max35Text, MktInfrstrctrTxId? Max35Text, PrcgId? Max35Text, Prtry* ProprietaryReference1
UnderlyingTransaction16: OrgnlGrpInfAndCxl? OriginalGroupHeader6, TxInf* PaymentTransaction75
UnderlyingTransaction22: OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts* OriginalPaymentInstruction30, TxInfAndSts* PaymentTransaction102
UnderlyingTransaction23: OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction106
UnderlyingTransaction25: OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts* OriginalPaymentInstruction35, TxInfAndSts* PaymentTransaction127
UnderlyingTransaction26: OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction120
UnderlyingTransaction28: OrgnlGrpInfAndCxl? OriginalGroupHeader15, TxInf* PaymentTransaction137
UnderlyingTransaction29: OrgnlGrpInfAndSts? OriginalGroupHeader14, OrgnlPmtInfAndSts* OriginalPaymentInstruction43, TxInfAndSts* PaymentTransaction138
UnderlyingTransaction31: < UnderlyingTransaction29; PaymentTransaction138 > 148
UnderlyingTransaction32: OrgnlGrpInfAndSts? OriginalGroupHeader23, OrgnlPmtInfAndSts* OriginalPaymentInstruction48, TxInfAndSts* PaymentTransaction152
UnderlyingTransaction34: OrgnlGrpInfAndCxl? OriginalGroupHeader21, TxInf* PaymentTransaction155
UnderlyingTransaction35: OrgnlGrpInfAndSts? OriginalGroupHeader23, OrgnlPmtInfAndSts* OriginalPaymentInstruction54, TxInfAndSts* PaymentTransaction170
UnderlyingTransaction36: OrgnlGrpInfAndCxl? OriginalGroupHeader21, TxInf* PaymentTransaction172
VerificationReason1Choice: Cd ExternalVerificationReason1Code | Prtry Max35Text
VerificationReport4: OrgnlId Max35Text, Vrfctn IdentificationVerificationIndicator, Rsn? VerificationReason1Choice, OrgnlPtyAndAcctId? IdentificationInformation4, UpdtdPtyAndAcctId? IdentificationInformation4
VerificationReport5: < VerificationReport4; IdentificationInformation4 > 5
YieldedOrValueType1Choice: Yldd YesNoIndicator | ValTp PriceValueType1Code
admi.002.001.01: RltdRef MessageReference, Rsn RejectionReason2
admi.004.001.01: EvtInf Event1
`;
