package import LanyardDomain

extension Sentence {
  /// What is wrong with a JSON text.
  init(_ fault: JSONFault) {
    switch fault {
    case .noUTF8: self.init(.jsonNoUTF8)
    case .endsEarly(let fault): self.init(.jsonEndsEarly, ["fault": .sentence(Sentence(fault))])
    case .goesOn: self.init(.jsonGoesOn)
    case .noValue: self.init(.jsonNoValue)
    case .noKey: self.init(.jsonNoKey)
    case .noColon(let key): self.init(.jsonNoColon, ["key": .text(key)])
    case .noComma(let bracket): self.init(.jsonNoComma, ["bracket": .text(bracket)])
    case .tooDeep(let limit): self.init(.jsonTooDeep, ["limit": .count(limit)])
    case .leadingZero: self.init(.jsonLeadingZero)
    case .noDigit: self.init(.jsonNoDigit)
    case .controlCharacter: self.init(.jsonControlCharacter)
    case .openText: self.init(.jsonOpenText)
    case .otherEscape: self.init(.jsonOtherEscape)
    case .halfPair: self.init(.jsonHalfPair)
    case .shortCode: self.init(.jsonShortCode)
    }
  }

  /// What a name may have been meant to be.
  package init(_ advice: NearestName.Advice) {
    switch advice {
    case .meant(let name): self.init(.adviceMeant, ["name": .text(name)])
    case .known(let names, 0): self.init(.adviceKnown, ["names": .list(names)])
    case .known(let names, let more): self.init(.adviceKnownAndMore, ["names": .list(names), "count": .count(more)])
    }
  }

  /// What is wrong with a value of a document.
  init(_ fault: DocumentFault) {
    switch fault {
    case .noObject(let kind, let keys): self.init(.programmeNoObject, ["kind": kind.fact, "keys": .list(keys)])
    case .noText(let kind): self.init(.programmeNoText, ["kind": kind.fact])
    case .noTextNorObject(let kind, let keys):
      self.init(.programmeNoTextNorObject, ["kind": kind.fact, "keys": .list(keys)])
    case .noFlag(let kind): self.init(.programmeNoFlag, ["kind": kind.fact])
    case .noReentry(let kind, let word): self.init(.programmeNoReentry, ["kind": kind.fact, "word": .text(word)])
    case .noList(let kind): self.init(.programmeNoList, ["kind": kind.fact])
    case .noDays(let kind): self.init(.programmeNoDays, ["kind": kind.fact])
    case .unknownKey(let advice): self.init(.programmeUnknownKey, ["advice": advice.fact])
    case .doubledKey: self.init(.programmeDoubledKey)
    case .missing: self.init(.programmeMissing)
    case .empty: self.init(.programmeEmpty)
    case .emptyTexts: self.init(.programmeEmptyTexts)
    case .noWholeNumber(let low, let high):
      self.init(.programmeNoWholeNumber, ["low": .count(low), "high": .count(high)])
    case .noDay: self.init(.programmeNoDay)
    case .tooManyEntries(let count, let limit):
      self.init(.programmeTooManyEntries, ["count": .count(count), "limit": .count(limit)])
    case .emptyEntry: self.init(.programmeEmptyEntry)
    case .doubledEntry(let text): self.init(.programmeDoubledEntry, ["text": .text(text)])
    case .unlisted(let text, let advice):
      self.init(.programmeUnlisted, ["text": .text(text), "advice": advice.fact])
    case .labelForID(let text, let id):
      self.init(.programmeLabelForID, ["text": .text(text), "id": .text(id)])
    }
  }

  /// What is wrong with a programme.
  init(_ fault: ProgrammeFault) {
    switch fault {
    case .tooLarge(let limit): self.init(.programmeTooLarge, ["limit": .count(limit)])
    case .noDocument(let kind): self.init(.programmeNoDocument, ["kind": kind.fact])
    case .doubledSlug(let path, let slug):
      self.init(.programmeDoubledSlug, ["path": .text(path), "slug": .text(slug)])
    case .noID(let limit): self.init(.programmeNoID, ["limit": .count(limit)])
    case .noCode(let limit): self.init(.programmeNoCode, ["limit": .count(limit)])
    case .tooManyPlaces(let limit): self.init(.programmeTooManyPlaces, ["limit": .count(limit)])
    case .endsBeforeStart(let start): self.init(.programmeEndsBeforeStart, ["start": .text(start)])
    case .eventTooLong(let limit): self.init(.programmeEventTooLong, ["limit": .count(limit)])
    case .reminderAfterEnd(let end): self.init(.programmeReminderAfterEnd, ["end": .text(end)])
    case .movingUpAfterStart(let start): self.init(.programmeMovingUpAfterStart, ["start": .text(start)])
    case .noGroups: self.init(.programmeNoGroups)
    case .sharedName(let name, let other):
      self.init(.programmeSharedName, ["name": .text(name), "other": .text(other)])
    case .sessionEndsEarly: self.init(.programmeSessionEndsEarly)
    case .sessionTooLong(let hours): self.init(.programmeSessionTooLong, ["limit": .count(hours)])
    case .noOffsetTime: self.init(.programmeNoTime)
    case .otherOffset(let written, let zone, let held):
      self.init(.programmeOtherOffset, ["written": .text(written), "zone": .text(zone), "held": .text(held)])
    case .outsideEvent(let start, let end):
      self.init(.programmeOutsideEvent, ["start": .text(start), "end": .text(end)])
    case .doubledCode(let code, let path, let other):
      self.init(.programmeDoubledCode, ["code": .text(code), "path": .text(path), "other": .text(other)])
    case .unknownTrack(let track, let advice):
      self.init(.programmeUnknownTrack, ["track": .text(track), "advice": advice.fact])
    case .unknownWay(let advice): self.init(.programmeUnknownWay, ["advice": advice.fact])
    case .noTimeOfDay: self.init(.programmeNoTimeOfDay)
    case .opensAtEnd: self.init(.programmeOpensAtEnd)
    case .doubledID(let id, let name, let other, let path):
      self.init(
        .programmeDoubledID,
        ["id": .text(id), "name": .text(name), "other": .text(other), "path": .text(path)]
      )
    case .sharedArea(let id, let name, let other):
      self.init(.programmeSharedArea, ["id": .text(id), "name": .text(name), "other": .text(other)])
    case .unknownArea(let area, let advice):
      self.init(.programmeUnknownArea, ["area": .text(area), "advice": advice.fact])
    case .withinItself(let area): self.init(.programmeWithinItself, ["area": .text(area)])
    case .doubledRoom(let room): self.init(.programmeDoubledRoom, ["room": .text(room)])
    case .unknownRoom(let room, let advice):
      self.init(.programmeUnknownRoom, ["room": .text(room), "advice": advice.fact])
    case .otherZoneInRoom(let zone, let session, let room, let other):
      self.init(
        .programmeOtherZoneInRoom,
        ["zone": .text(zone), "session": .text(session), "room": .text(room), "other": .text(other)]
      )
    case .overlap(let session, let other, let room):
      self.init(.programmeOverlap, ["session": .text(session), "other": .text(other), "room": .text(room)])
    case .wouldUndo(let rule, let now, let planned):
      self.init(.programmeWouldUndo, ["rule": .text(rule), "now": .text(now), "planned": .text(planned)])
    case .resembles(let other): self.init(.programmeResembles, ["other": .text(other)])
    case .noTimeZone: self.init(.programmeNoTimeZone)
    }
  }
}

extension ValueKind {
  fileprivate var fact: Sentence.Fact {
    let key: Sentence.Key =
      switch self {
      case .null: .kindNull
      case .flag: .kindFlag
      case .number: .kindNumber
      case .text: .kindText
      case .list: .kindList
      case .object: .kindObject
      }
    return .sentence(Sentence(key))
  }
}

extension NearestName.Advice {
  fileprivate var fact: Sentence.Fact { .sentence(Sentence(self)) }
}
