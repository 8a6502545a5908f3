package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_Override {
  package init(_ note: OverrideNote) {
    self.init()
    self.note = note.note
    self.operator = note.operatorName
  }
}

extension Lanyard_V1_MissedExit {
  package init(_ note: OverrideNote) {
    self.init()
    self.note = note.note
    self.operator = note.operatorName
  }
}

extension OverrideNote {
  /// - Throws: `InvalidInput` where no reason is given, or a text breaks the rules of texts.
  package init(_ message: Lanyard_V1_Override, under prefix: String) throws(InvalidInput) {
    try self.init(validating: message.note, operatorName: message.operator, under: prefix)
  }

  /// - Throws: As the other.
  package init(_ message: Lanyard_V1_MissedExit, under prefix: String) throws(InvalidInput) {
    try self.init(validating: message.note, operatorName: message.operator, under: prefix)
  }

  /// As it is on record; of a person who was erased both texts are empty.
  init(recorded message: Lanyard_V1_Override) {
    self.init(note: message.note, operatorName: message.operator)
  }

  /// As the other.
  init(recorded message: Lanyard_V1_MissedExit) {
    self.init(note: message.note, operatorName: message.operator)
  }

  /// What may be kept of it where somebody was let in already.
  init(keeping message: Lanyard_V1_Override) {
    self.init(keeping: message.note, operatorName: message.operator)
  }

  /// As the other.
  init(keeping message: Lanyard_V1_MissedExit) {
    self.init(keeping: message.note, operatorName: message.operator)
  }
}
