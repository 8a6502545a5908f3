/// What was drawn at once to be printed.
package struct PrintRun: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  /// Which of the event's runs it is, from 1.
  package let number: Int64
  package let createdAt: Instant
  /// When it was said to be printed; nil where nobody has.
  package var printedAt: Instant?
  /// How many badges it has, which are numbered from 1 in the order in which they were drawn.
  package let count: Int
  /// How many of its badges other runs had printed when it was said to be printed; 0 until somebody says so.
  package var printedBefore = 0
  /// Who asked for it.
  package let actor: Act.Actor
  package let look: PrintLook

  package init(
    event: String,
    number: Int64,
    createdAt: Instant,
    printedAt: Instant? = nil,
    count: Int,
    actor: Act.Actor,
    look: PrintLook
  ) {
    self.event = event
    self.number = number
    self.createdAt = createdAt
    self.printedAt = printedAt
    self.count = count
    self.actor = actor
    self.look = look
  }

  package var name: ResourceName { .printRun(number, of: event) }
}

/// How the badges of a run look and lie on the paper, so that the rest of them can be made the same.
package struct PrintLook: Hashable, Sendable {
  package let design: PrintDesign
  /// SHA-256 of the file that a caller brought, with its logos; nil of delivered designs, and of runs of before it was kept.
  package let fileDigest: [UInt8]?
  /// Nil of runs of before it was kept.
  package let sheet: BadgeSheet?

  package init(_ design: PrintDesign, fileDigest: [UInt8]? = nil, on sheet: BadgeSheet?) {
    self.design = design
    self.fileDigest = fileDigest
    self.sheet = sheet
  }

  /// In what another differs by which the rest of a run is to be made; what is not on record differs in nothing.
  package func difference(from other: PrintLook) -> Difference? {
    if design != other.design { return .design }
    if let fileDigest, let otherDigest = other.fileDigest, fileDigest != otherDigest { return .file }
    if let sheet, let otherSheet = other.sheet, sheet != otherSheet { return .sheet }
    return nil
  }

  package enum Difference: Hashable, Sendable {
    case design, file, sheet
  }
}

/// What printed badges look like, in a word that stays on record for ever: of a file that a caller brought it is not the name,
/// which may be anybody's.
package enum PrintDesign: RawRepresentable, Hashable, Sendable {
  case delivered(BadgeDesignName)
  case file

  package init?(rawValue: String) {
    if rawValue == Self.file.rawValue {
      self = .file
    } else if let name = BadgeDesignName(rawValue: rawValue) {
      self = .delivered(name)
    } else {
      return nil
    }
  }

  package var rawValue: String {
    switch self {
    case .delivered(let name): name.rawValue
    case .file: "FILE"
    }
  }
}

/// What asking for the one print of a badge comes to.
package enum PrintClaim: Hashable, Sendable {
  /// It is printed now, and on record.
  case now(PrintRun)
  /// It was printed by this run, and is not again.
  case before(PrintRun)

  /// What is decided before anything is recorded.
  package enum Decision: Hashable, Sendable {
    /// It is printed, for the first time.
    case prints
    case before(PrintRun)
    /// A badge that stands so is not printed.
    case stands(BadgeState)
  }

  /// Whether a badge of the state gets its one print.
  ///
  /// - Parameter last: The last run that is said to have printed it; nil where none is.
  package static func decide(_ state: BadgeState, last: PrintRun?) -> Decision {
    guard state.isPrinted else { return .stands(state) }
    return last.map(Decision.before) ?? .prints
  }
}

extension BadgeState {
  /// Whether badges of the state are printed: one that waits to be activated is carried too.
  package var isPrinted: Bool {
    switch self {
    case .active, .notActivated: true
    case .held, .replaced, .revoked: false
    }
  }
}

/// One badge as it was printed.
package struct BadgePrinting: Hashable, Sendable {
  package let serial: BadgeSerial
  /// SHA-256 of what stood on the badge, by which it is seen whether something else would stand on it now; nil where its bearer was
  /// erased.
  package let face: [UInt8]?

  package init(serial: BadgeSerial, face: [UInt8]?) {
    (self.serial, self.face) = (serial, face)
  }
}
