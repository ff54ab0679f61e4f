/** External code sets, a code and its definition a line. Written by tools/import-codes.mjs. */
export const REASONS_CODES = {
  ExternalReturnReason1Code: `AC01 Format of the account number specified is not correct
AC03 Wrong IBAN in SCT
AC04 Account number specified has been closed on the bank of account's books
AC06 Account specified is blocked, prohibiting posting of transactions against it
AC13 Debtor account type is missing or invalid
AC14 An agent in the payment chain is invalid
AC15 Account details have changed
AC16 Account is in sequestration
AC17 Account is in liquidation
AG01 Transaction forbidden on this type of account (formerly NoAgreement)
AG02 Bank Operation code specified in the message is not valid for receiver
AM01 Specified message amount is equal to zero
AM02 Specific transaction/message amount is greater than allowed maximum
AM03 Specified message amount is an non processable currency outside of existing agreement
AM04 Amount of funds available to cover specified message amount is insufficient
AM05 Duplication
AM06 Specified transaction amount is less than agreed minimum
AM07 Amount specified in message has been blocked by regulatory authorities
AM09 Amount received is not the amount agreed or expected
AM10 Sum of instructed amounts does not equal the control sum
ARDT Already returned original SCT
BE01 Identification of end customer is not consistent with associated account number, organisation ID or private ID
BE04 Specification of creditor's address, which is required for payment, is missing/not correct (formerly IncorrectCreditorAddress)
BE05 Party who initiated the message is not recognised by the end customer
BE06 End customer specified is not known at associated Sort/National Bank Code or does no longer exist in the books
BE07 Specification of debtor's address, which is required for payment, is missing/not correct
BE08 Returned as a result of a bank error
CN01 Authorisation is cancelled
CNOR Creditor bank is not registered under this BIC in the CSM
CNPC Cash not picked up by Creditor or cash could not be delivered to Creditor
CURR Currency of the payment is incorrect
CUST Cancellation requested by the Debtor
DNOR Debtor bank is not registered under this BIC in the CSM
DS28 Return following technical problems resulting in erroneous transaction
DT01 Invalid date (eg, wrong settlement date)
DT02 Cheque has been issued but not deposited and is considered expired
ED01 Correspondent bank not possible
ED03 Balance of payments complementary info is requested
ED05 Settlement of the transaction has failed
EMVL The card payment is fraudulent and was not processed with EMV technology for an EMV card
ERIN The Extended Remittance Information (ERI) option is not supported
FF05 Local Instrument code is missing or invalid
FOCR Return following a cancellation request
FR01 Returned as a result of fraud
FRTR Final response/tracking is recalled as mandate is cancelled
MD01 No Mandate
MD02 Mandate related information data required by the scheme is missing
MD06 Return of funds requested by end customer
MD07 End customer is deceased
MS02 Reason has not been specified by end customer
MS03 Reason has not been specified by agent
NARR Reason is provided as narrative information in the additional reason information
NOAS No response from Beneficiary
NOCM Customer account is not compliant with regulatory requirements, for example FICA (in South Africa) or any other regulatory requirements which render an account inactive for certain processing
NOOR Original SCT never received
PINL The card payment is fraudulent (lost and stolen fraud) and was processed as EMV transaction without PIN verification
RC01 Bank Identifier code specified in the message has an incorrect format (formerly IncorrectFormatForRoutingCode)
RC07 Incorrrect BIC of the beneficiary Bank in the SCTR
RF01 Transaction reference is not unique within the message
RR01 Specification of the debtor’s account or unique identification needed for reasons of regulatory requirements is insufficient or missing
RR02 Specification of the debtor’s name and/or address needed for regulatory requirements is insufficient or missing
RR03 Specification of the creditor’s name and/or address needed for regulatory requirements is insufficient or missing
RR04 Regulatory Reason
RUTA Return following investigation request and no remediation possible
SL01 Due to specific service offered by the Debtor Agent
SL02 Due to specific service offered by the Creditor Agent
SL11 Whitelisting service offered by the Debtor Agent; Debtor has not included the Creditor on its “Whitelist” (yet). In the Whitelist the Debtor may list all allowed Creditors to debit Debtor bank account
SL12 Blacklisting service offered by the Debtor Agent; Debtor included the Creditor on his “Blacklist”. In the Blacklist the Debtor may list all Creditors not allowed to debit Debtor bank account
SL13 Due to Maximum allowed Direct Debit Transactions per period service offered by the Debtor Agent
SL14 Due to Maximum allowed Direct Debit Transaction amount service offered by the Debtor Agent
SP01 Payment is stopped by account holder
SP02 Previously stopped by means of a stop payment advise
SVNR The card payment is returned since a cash amount rendered was not correct or goods or a service was not rendered to the customer, e.g. in an e-commerce situation
TM01 Associated message was received after agreed processing cut-off time
TRAC Return following direct debit being removed from tracking process
UPAY Payment is not justified
AGNT Agent in the payment workflow is incorrect
FF06 Category Purpose code is missing or invalid
RC08 ClearingSystemMemberidentifier is invalid or missing. Generic usage if cannot specify between debit or credit account
BE11 Creditor country code is missing or invalid
BE17 Creditor or Ultimate Creditor identification code missing or invalid
AC02 Debtor account number invalid or missing
RR11 Invalid or missing identification of a bank proprietary service
BE10 Debtor country code is missing or invalid
BE16 Debtor or Ultimate Debtor identification code missing or invalid
RC11 Intermediary Agent is invalid or missing
RR12 Invalid or missing identification required within a particular country or payment type
FF03 Payment Type Information is missing or invalid. Generic usage if cannot specify Service Level or Local Instrument code
FF07 Purpose is missing or invalid
FF04 Service Level code is missing or invalid
RR09 Structured creditor reference invalid or missing
RR05 Regulatory or Central Bank Reporting information missing, incomplete or invalid
RR07 Remittance information structure does not comply with rules for payment type
RR08 Remittance information truncated to comply with rules for payment type
RR06 Tax information missing, incomplete or invalid
AG07 Debtor account cannot be debited for a generic reason. Usage: Code value may be used in general purposes and as a replacement for AM04 if debtor bank does not reveal its customer's insufficient funds for privacy reasons
G004 In a FIToFI Customer Credit Transfer: Credit to the creditor’s account is pending, status Originator is waiting for funds provided via a cover. Update will follow from the Status Originator
MD05 Creditor or creditor's agent should not have collected the direct debit
AC07 Creditor account number closed
DC04 Return of Covering Settlement due to the underlying Credit Transfer details not being received
RC04 Creditor bank identifier is invalid or missing
DT04 Future date not supported
DUPL Payment is a duplicate of another payment
RC03 Debtor bank identifier is invalid or missing`,
  ExternalCancellationReason1Code: `AC02 Debtor account number invalid or missing
AC03 Wrong account number in Credit Transfer
AGNT Agent in the payment workflow is incorrect
AM09 Amount is not the amount agreed or expected
BE16 Debtor or Ultimate Debtor identification code missing or invalid
COVR Cover payments has either been returned or cancelled
CURR Currency of the payment is incorrect
CUST Cancellation requested by the Debtor
CUTA Cancellation requested because an investigation request has been received and no remediation is possible
DS24 Cancellation requested because the original payment order expired due to time-out
DT01 Invalid date (for example, wrong or missing settlement date)
DUPL Payment is a duplicate of another payment
FRAD Cancellation requested following a transaction that was originated fraudulently. The use of the FraudulentOrigin code should be governed by jurisdictions
FRNA To complement a rejection response, suggesting the request for cancelation should be forwarded to the next agent in the payment transaction chain
FRTR Direct Debit Tracking recalled as Mandate Cancelled
INDM To express the wish to establish a bilateral indemnity agreement
MODT The underlying transaction in relation to an RTP was modified
PAID The underlying transaction in relation to an RTP was already paid (via other means)
SVNR The payment is cancelled since a cash amount rendered was not correct or goods or a service was not rendered to the customer, e.g. in an e-commerce situation
SYAD Cancellation requested by System Member to Settlement System Administrator to indicate that the cancellation request must not be forwarded further in the chain
TECH Cancellation requested following technical problems resulting in an erroneous transaction
UPAY Payment is not justified
ENUE Cancellation or request for return requested by the Debtor specifically due to one or more errors by debtor in the original Credit Transfer. Usage: This code can be used for any error in the original Credit Transfer made by the Debtor. Can also be used if multiple errors were made in the original Credit Transfer
UAPA The Debtor is requesting a return of the payment because the payment was not properly authorized. Usage: This code can be used in the case where a Credit Transfer was made without proper authorization from the Debtor. This could be due to compromised end user credentials
NARR Reason is provided as narrative information in the additional reason information
INCR Process a cancellation request with incorrect reference to original batch
BIAS Process a cancellation request but batch already settled
DRTP Duplication of a request-to-pay message
WNTB Breach of warranty provided in connection with a request for payment
MD06 Return of funds requested by end customer
PPRC Request to Pay cancellation initiated because the Payee is not in good standing
ECAG Payee (Creditor) cancels the Request To Pay (RTP) request due to error or adjustment agreement with Payer/Debtor
NFNA To complement a cancellation request, instructing the market infrastructure that the request for cancelation should not be forwarded to the next agent in the payment transaction chain`,
  ExternalPaymentCancellationRejection1Code: `AC04 Account number specified has been closed on the receiver’s books
ADAC Reported when the cancellation request cannot be processed because customer has not yet provided the debit authority on its account
AGNT Reported when the cancellation cannot be accepted because of an agent refuses to cancel
AM04 Amount of funds available to cover specified message amount is insufficient
ARDT Cancellation not accepted as the transaction has already been returned
ARPL Reported when the cancellation request cannot be processed because no reply has been received yet from the receiver of the request message
CUST Reported when the cancellation cannot be accepted because of a customer decision (Creditor)
LEGL Reported when the cancellation cannot be accepted because of regulatory rules
NARR Reason is provided as narrative information in the additional reason information
NOAS No response from beneficiary (to the cancellation request)
NOOR Original transaction (subject to cancellation) never received
PTNA Reported when the cancellation request cannot be accepted because the payment instruction has been passed to the next agent
RQDA Reported when authority is required by the Creditor to return the payment
WSEQ Reported when the cancellation request cannot be processed because the sequence referred to in the request is not valid
IDMN Complementing a Pending or Reject Status. Payment cancellation request cannot be accepted until an indemnity agreement is established
ACLR Request-to-pay has already been cancelled
AEXR Request-to-pay Expiry Date and Time has already passed
ARFR Request-to-pay has already been refused by the Debtor
ARJR Request-to-pay has already been rejected
PATE Payment related to the request-to-pay has already been transmitted for execution
RR04 Regulatory Reason
RCAR Request for cancellation of the request-to-pay has already been rejected
RCNR Request for cancellation of the request-to-pay has never been received
RCPR Request for cancellation of the request-to-pay has already been received and processed
URTP Request-to-pay is unknown
AACR Request-to-pay (RTP) has already been accepted`,
  ExternalPaymentModificationRejection1Code: `UM01 Related transaction reference cannot be modified
UM02 Service level element of payment type cannot be modified(former UnableToModifyBankOperationCode)
UM03 Category purpose element of payment type cannot be modified (former UnableToModifyInstructionCode)
UM04 RequestedExecutionDate cannot be modified
UM05 InterbankSettlementDate cannot be modified (former UnableToModifyValueDate)
UM06 SettlementAccount cannot be modified (former UnableToModifyInterbankSettlementAccount)
UM07 Debtor cannot be modified
UM08 DebtorAccount cannot be modified
UM09 InstructedReimbursementAgent cannot be modified (former UnableToModifyReceiverCorrespondent)
UM10 ThirdReimbursementAgent cannot be modified (former UnableToModifyThirdReimbursementInstitution)
UM11 Clearing Channel element of payment type cannot be modified (former UnableToModifyPaymentScheme)
UM12 Creditor agent account cannot be modified (former UnableToModifyAccountOfBeneficiaryInstitution)
UM13 Creditor cannot be modified
UM14 Creditor account cannot be modified
UM15 Remittance information cannot be modified
UM16 PaymentPurpose cannot be modified
UM17 Charge bearer cannot be modified (former UnableToModifyDetailsOfCharges)
UM18 Instruction for next agent cannot be modified (former UnableToModifySenderToReceiver)
UM19 Instruction for creditor agent cannot be modified. (former UnableToModifyInstructionForFinalAgent)
UM20 Used to inform of cancellation and request a new payment instruction. This should only be used if an agent does not want to modify a pending payment
UM21 Modification is not possible and the cancellation is requested
UM22 Debtor agent account cannot be modified (applicable for direct debits)
UM23 Interbank settlement amount cannot be modified
UM24 Instruction for debtor agent cannot be modified (applicable for direct debits)
UM25 Requested collection date cannot be modified (applicable for direct debits)
UM26 Payment type cannot be modified
UM27 Instructed or equivalent amount cannot be modified
UM28 Priority of payment message cannot be modified`,
  ExternalInvestigationExecutionConfirmation1Code: `ACDA Used when a creditor accepts the debit authorisation
ACNR The claim for non-receipt of a payment instruction is accepted
ACVA The claim for value date correction is accepted
CHRG Further charges details are provided to resolve the case
CNCL Used when a requested cancellation is successful
CONF Used when a payment has been checked and was correctly executed without any intervention
CVAA The original value date was correct
CWFW Used when a payment will be cancelled to solve an investigation case
FTNA The cancellation request has been forwarded to the next agent for execution. Usage: This code should only be utilised where a Case Id is not present
ICOV Used when a transfer of funds has been initiated (a cover payment) to resolve a case
IDUP Used when the requested check for a possible duplicate instruction is confirmed
IPAY Used when the result of an investigation is, or will be, the initiation of a payment instruction
IPYI Used when a payment instruction (eg. MT103) has been initiated to resolve a case
MCOV Used when a transfer of funds has been modified (a cover payment) to resolve a case
MODI Used when a requested modification is successful
MWFW Used when the payment will be modified to solve an investigation case
PDCR Used when a requested cancellation is pending
PECR Used when a requested cancellation has been partially executed
PURP Further purpose details are provided to resolve the case
RJCR Used when a requested cancellation has been rejected
RJNR The claim for non-receipt of a payment instruction is rejected
RJVA The claim for value date correction is rejected
SMTC Used when the entry in the statement is correct
SMTI Used when the entry in the statement is incorrect and further information is provided with the resolution
UWFW Used when sender wants to respond to an assignment with an Unable To Apply workflow
BIAS Process a cancellation request but batch already settled
IDNE Process a Batch Cancellation "using an incorrect batch sequence number”
IVCR Process a cancellation request with incorrect reference to original batch
INFO Used when additional information has been sent to the beneficiary of a payment
NINF Used when no additional information is available
PDNG Used to inform that a response to an investigation is pending`,
  ExternalClaimNonReceiptRejection1Code: `NOOR Original credit transfer never received
RNPR Original credit transfer was received but is not processable
ARJT Already rejected original SCT (SEPA Credit Transfer)
ARDT Already returned original SCT (SEPA Credit Transfer)
RR04 Regulatory reason`,
  ExternalRePresentmentReason1Code: `AMCR Amount corrected due to proof of transaction
CLSD Liability Shift to acquirer due to missing card authentication method denied
CRPI Credit previously issued
OTVA Original transaction was valid
VLSD Liability Shift to acquirer due to missing cardholder verification method denied`,
  ExternalPaymentCompensationReason1Code: `VADA Compensation requested for value date correction`,
  ExternalVerificationReason1Code: `AC01 Account number provided in the request is invalid or missing
AGNT Agent identification provided in the request is incorrect
DUPL Request is a duplicate of another request
AG01 Transaction forbidden on this type of account (Payment cannot be made to this account for example not open for deposits, blocked, closed)
BNOR PSP is not registered under this Scheme
DS28 Return following technical problems resulting in erroneous transaction
FF01 File format incomplete or invalid
MS03 Reason has not been specified by agent
NORR No response on request within timeframe
NR01 PSP not able to confirm details and no reason is stated
RC03 Debtor bank identifier is invalid or missing
RC04 Creditor bank identifier is invalid or missing
TM01 Associated message was received after agreed processing cut-off time
PN01 Account Owner name and Payment Account number do not match
PN02 Account Owner name and Payment Account number is a close match
PI01 Account Owner Identification and Payment Account number do not match`,
} as const;
