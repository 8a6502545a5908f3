package import LanyardDomain

extension Sentence {
  /// What is wrong with a field.
  package init(_ fault: Fault) {
    switch fault {
    case .json(let fault): self.init(fault)
    case .document(let fault): self.init(fault)
    case .programme(let fault): self.init(fault)
    case .request(let fault): self.init(fault)
    case .endpoint(let fault): self.init(fault)
    case .table(let fault): self.init(fault)
    case .address(let fault): self.init(fault)
    case .question(let fault): self.init(fault)
    case .tooLong(let limit): self.init(.faultTooLong, ["limit": .count(limit)])
    case .codeTooLong(let limit): self.init(.faultCodeTooLong, ["limit": .count(limit)])
    case .hiddenCharacter(let code): self.init(.faultHiddenCharacter, ["code": .text(code)])
    case .noDate: self.init(.faultNoDate)
    case .noTime: self.init(.faultNoTime)
    case .noUUID: self.init(.faultNoUUID)
    case .noEntityTag: self.init(.faultNoEntityTag)
    case .noName: self.init(.faultNoName)
    case .invisibleName: self.init(.faultInvisibleName)
    case .notByLink: self.init(.faultNotByLink)
    case .roleNotInPublic: self.init(.faultRoleNotInPublic)
    case .closesWithoutOpening: self.init(.faultClosesWithoutOpening)
    case .noWebAddress: self.init(.faultNoWebAddress)
    case .besideAnswer: self.init(.faultBesideAnswer)
    case .noLanguageTag: self.init(.faultNoLanguageTag)
    case .noChoice(let choices): self.init(.faultNoChoice, ["choices": .list(choices)])
    case .unknownChoice(let choices): self.init(.faultUnknownChoice, ["choices": .list(choices)])
    case .nothingToChoose: self.init(.faultNothingToChoose)
    case .noCountry: self.init(.faultNoCountry)
    case .otherCountry(let known): self.init(.faultOtherCountry, ["known": .list(known)])
    case .otherOrganisation(let known): self.init(.faultOtherOrganisation, ["known": .list(known)])
    case .otherDay(let start, let end): self.init(.faultOtherDay, ["start": .text(start), "end": .text(end)])
    case .noParticipation: self.init(.faultNoParticipation)
    case .onSiteOnly: self.init(.faultOnSiteOnly)
    case .registrationEnded(let state): self.init(.faultRegistrationEnded, ["state": .state(state)])
    case .differsFromLive: self.init(.faultDiffersFromLive)
    case .noPlaceLeft: self.init(.faultNoPlaceLeft)
    case .otherEvent: self.init(.faultOtherEvent)
    case .otherEventThanCheckpoint: self.init(.faultOtherEventThanCheckpoint)
    case .emptyResourceName(let form): self.init(.faultEmptyResourceName, ["form": .text(form)])
    case .otherResourceName(let form): self.init(.faultOtherResourceName, ["form": .text(form)])
    case .eventNotSaid: self.init(.faultEventNotSaid)
    case .endNotAfterStart: self.init(.faultEndNotAfterStart)
    case .capacityOutOfRange: self.init(.faultCapacityOutOfRange, ["limit": .count(Capacity.range.upperBound)])
    case .noMinutesOfDay: self.init(.faultNoMinutesOfDay)
    case .noEd25519Key: self.init(.faultNoEd25519Key)
    case .otherLanguage(let known): self.init(.faultOtherLanguage, ["known": .text(known)])
    case .notStated(let known): self.init(.faultNotStated, ["known": .text(known)])
    case .unknownNumber(let number, let known):
      self.init(.faultUnknownNumber, ["number": .count(number), "known": .text(known)])
    case .tooManyEntries(let limit): self.init(.faultTooManyEntries, ["limit": .count(limit)])
    case .tooManyNames(let limit): self.init(.faultTooManyNames, ["limit": .count(limit)])
    case .tooManyCheckpoints(let limit): self.init(.faultTooManyCheckpoints, ["limit": .count(limit)])
    case .tooManyCodes(let limit): self.init(.faultTooManyCodes, ["limit": .count(limit)])
    case .tooManyRows(let limit): self.init(.faultTooManyRows, ["limit": .count(limit)])
    case .tooManyScans(let limit): self.init(.faultTooManyScans, ["limit": .count(limit)])
    case .tooManyWords(let limit): self.init(.faultTooManyWords, ["limit": .count(limit)])
    case .tooFewLetters(let limit): self.init(.faultTooFewLetters, ["limit": .count(limit)])
    case .unnamedDevice: self.init(.faultUnnamedDevice)
    case .lifetimeOutOfRange:
      let range = Enrolment.lifetimes
      self.init(.faultLifetimeOutOfRange, ["least": .minutes(range.lowerBound), "limit": .minutes(range.upperBound)])
    case .noReasonGiven: self.init(.faultNoReasonGiven)
    case .outOfRange(let low, let high): self.init(.faultOutOfRange, ["low": .count(low), "high": .count(high)])
    case .isNegative: self.init(.faultIsNegative)
    case .noCertificateRequest: self.init(.faultNoCertificateRequest)
    case .forgedCertificateRequest: self.init(.faultForgedCertificateRequest)
    case .otherCertificateKey: self.init(.faultOtherCertificateKey)
    case .unknownTimeZone: self.init(.faultUnknownTimeZone)
    case .moreFaults(let count): self.init(.faultMoreFaults, ["count": .count(count)])
    case .tooManyTerms(let limit): self.init(.faultTooManyTerms, ["limit": .count(limit)])
    case .daysOfBadges(let start, let end, let zone):
      self.init(.faultDaysOfBadges, ["start": .text(start), "end": .text(end), "zone": .text(zone)])
    case .belowConfirmed(let count): self.init(.faultBelowConfirmed, ["count": .count(count)])
    case .roomWithoutCheckpoint(let session): self.init(.faultRoomWithoutCheckpoint, ["session": .text(session)])
    }
  }

  private init(_ fault: AddressFault) {
    switch fault {
    case .missing: self.init(.faultNoAddress)
    case .invisible: self.init(.faultInvisibleInAddress)
    case .withoutAt: self.init(.faultAddressWithoutAt)
    case .withoutName: self.init(.faultAddressWithoutName, ["limit": .count(EmailAddress.nameLimit)])
    case .forbidden: self.init(.faultForbiddenInAddress)
    case .tooLong: self.init(.faultAddressTooLong, ["limit": .count(EmailAddress.limit)])
    case .withoutDomain: self.init(.faultAddressWithoutDomain)
    }
  }

  private init(_ fault: TableFault) {
    switch fault {
    case .empty(let header): self.init(.faultEmptyTable, ["header": .text(header)])
    case .unknownColumn(let name, let known):
      self.init(.faultUnknownColumn, ["name": .text(name), "known": .text(known)])
    case .misspeltColumn(let name, let meant):
      self.init(.faultMisspeltColumn, ["name": .text(name), "meant": .text(meant)])
    case .doubledColumn(let name): self.init(.faultDoubledColumn, ["name": .text(name)])
    case .missingColumn: self.init(.faultMissingColumn)
    case .otherFieldCount(let fields, let header):
      self.init(.faultOtherFieldCount, ["fields": .count(fields), "header": .count(header)])
    case .textWithoutColumn(let column): self.init(.faultTextWithoutColumn, ["column": .count(column)])
    case .twice(let row): self.init(.faultTwice, ["row": .count(row)])
    case .endedElsewhere(let state): self.init(.faultEndedElsewhere, ["state": .state(state)])
    case .unknownCountry: self.init(.faultUnknownCountry)
    case .errorCell(let value): self.init(.faultErrorCell, ["value": .text(value)])
    case .noMapping(let known): self.init(.faultNoMapping, ["known": .text(known)])
    case .unknownParticipation: self.init(.faultUnknownParticipation)
    case .noYesOrNo: self.init(.faultNoYesOrNo)
    case .openQuote(let field): self.init(.faultOpenQuote, ["field": .count(field)])
    case .strayQuote(let field): self.init(.faultStrayQuote, ["field": .count(field)])
    case .textAfterQuote(let field): self.init(.faultTextAfterQuote, ["field": .count(field)])
    case .notCSVInUTF8: self.init(.faultNotCSVInUTF8)
    case .otherEncoding(let encoding): self.init(.faultOtherEncoding, ["encoding": .text(encoding)])
    case .unknownEncoding(let known): self.init(.faultUnknownEncoding, ["known": .list(known)])
    case .otherWorkbook: self.init(.faultOtherWorkbook)
    case .brokenWorkbook: self.init(.faultBrokenWorkbook)
    case .workbookTooLarge(let size): self.init(.faultWorkbookTooLarge, ["mebibytes": .count(size)])
    case .rowTooLong(let limit): self.init(.faultRowTooLong, ["limit": .count(limit)])
    case .tooManyFields(let limit): self.init(.faultTooManyFields, ["limit": .count(limit)])
    }
  }

  private init(_ fault: EndpointFault) {
    switch fault {
    case .noSocketAddress(let address): self.init(.faultNoSocketAddress, ["address": .text(address)])
    case .noPort(let text): self.init(.faultNoPort, ["text": .text(text)])
    case .portOutOfRange(let text, let low, let high):
      self.init(.faultPortOutOfRange, ["text": .text(text), "low": .count(low), "high": .count(high)])
    case .bareIPv6(let text): self.init(.faultBareIPv6, ["text": .text(text)])
    case .noIPv6(let text): self.init(.faultNoIPv6, ["text": .text(text)])
    case .noHost(let text): self.init(.faultNoHost, ["text": .text(text)])
    }
  }

  private init(_ fault: RequestFault) {
    switch fault {
    case .otherListsToken: self.init(.faultOtherListsToken)
    case .negativePageSize(let usual, let limit):
      self.init(.faultNegativePageSize, ["usual": .count(usual), "limit": .count(limit)])
    case .otherOrder(let known): self.init(.faultOtherOrder, ["known": .list(known)])
    case .emptyMask(let known): self.init(.faultEmptyMask, ["known": .list(known)])
    case .otherPath(let path, let known):
      self.init(.faultOtherPath, ["path": .text(path), "known": .list(known)])
    case .addressNotCovered(let host, let names):
      self.init(.faultAddressNotCovered, ["host": .text(host), "names": .list(names)])
    case .otherEventOnStream: self.init(.faultOtherEventOnStream)
    case .otherLaneOnStream: self.init(.faultOtherLaneOnStream)
    case .eventNotNamed: self.init(.faultEventNotNamed)
    case .checkpointNotNamed: self.init(.faultCheckpointNotNamed)
    case .besideCode: self.init(.faultBesideCode)
    case .missedExitNotOut: self.init(.faultMissedExitNotOut)
    case .nothingForKiosk: self.init(.faultNothingForKiosk)
    case .nothingUndone: self.init(.faultNothingUndone)
    case .nobodySentOut: self.init(.faultNobodySentOut)
    case .besideCursor: self.init(.faultBesideCursor)
    case .needsPrintRun: self.init(.faultNeedsPrintRun)
    case .besidePrintRun: self.init(.faultBesidePrintRun)
    case .negativeNumber: self.init(.faultNegativeNumber)
    case .pastPrintRun(let count): self.init(.faultPastPrintRun, ["count": .count(count)])
    case .otherPrintRunDesign(let design): self.init(.faultOtherPrintRunDesign, ["design": .sentence(design.title)])
    case .otherPrintRunFile: self.init(.faultOtherPrintRunFile)
    case .printRunByFile: self.init(.faultPrintRunByFile)
    case .otherPrintRunSheet(let sheet): self.init(.faultOtherPrintRunSheet, ["sheet": .sentence(sheet.title)])
    case .needsReplace: self.init(.faultNeedsReplace)
    case .besideDesignFile: self.init(.faultBesideDesignFile)
    case .sheetTooSmall: self.init(.faultSheetTooSmall)
    case .usedBefore: self.init(.faultUsedBefore)
    case .otherScansID: self.init(.faultOtherScansID)
    case .noScanID: self.init(.faultNoScanID)
    case .noRequestID: self.init(.faultNoRequestID)
    }
  }
}

extension FieldViolation {
  /// What is wrong, in a language.
  package func reason(in language: Language) -> String {
    Phrasebook.of(language).text(Sentence(fault), for: .page)
  }

  /// What is wrong, in English, for logs and commands.
  package var reason: String { reason(in: .english) }
}

extension InvalidInput: SpokenError {
  /// The first fault, and how many there are besides.
  package var sentence: Sentence {
    guard let first = violations.first else { return Sentence(.errorRequestNotValid) }
    let told = Sentence(
      .errorFieldAtFault,
      ["field": .text(String(first.field.prefix(200))), "reason": .sentence(Sentence(first.fault))]
    )
    guard violations.count > 1 else { return told }
    return Sentence(.errorFieldsAtFault, ["first": .sentence(told), "count": .count(violations.count - 1)])
  }
}
