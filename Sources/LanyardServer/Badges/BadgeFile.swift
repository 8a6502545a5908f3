import BadgePrinting
import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardTexts
import Synchronization

/// One PDF file of badges, which is drawn on the thread of all badges.
actor BadgeFile {
  /// A part of the file.
  struct Part: Sendable {
    var bytes: [UInt8] = []
    var pages = 0
    /// All that keeps badges from being drawn, by their place among those that were handed in.
    var faults: [Int: [Sentence]] = [:]
  }

  private static let fonts = Mutex<BadgeFonts?>(nil)

  private let thread = BadgeThread.badges
  private let painter: BadgePainter
  private let document: BadgeDocument

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// - Throws: `FontsMissing`.
  init(_ design: BadgeDesign, on sheet: BadgeSheet, title: String, in language: Language) throws {
    painter = BadgePainter(design, try Self.loadedFonts(), in: language)
    document = BadgeDocument(painter, on: sheet, title: title)
  }

  /// Fonts that are installed while the server runs are found when they are asked for next.
  static func loadedFonts() throws -> BadgeFonts {
    try fonts.withLock { loaded in
      if let loaded { return loaded }
      do {
        let found = try BadgeFonts()
        loaded = found
        return found
      } catch DrawingError.fontsMissing(let families, let packages) {
        throw FontsMissing(families: families, packages: packages)
      }
    }
  }

  /// Draws badges; those whose texts cannot be printed are left out.
  func add(_ badges: [PrintedBadge]) throws(DrawingError) -> Part {
    var part = Part()
    for (place, badge) in badges.enumerated() {
      let faults = painter.faults(of: badge)
      if faults.isEmpty {
        part.bytes += try document.add(badge)
      } else {
        part.faults[place] = faults.map(\.sentence)
      }
    }
    return part
  }

  /// The front of a badge as a PNG file.
  ///
  /// - Parameter width: In pixels.
  func picture(_ badge: PrintedBadge, width: Int) throws(DrawingError) -> Part {
    var part = Part()
    let faults = painter.faults(of: badge)
    if faults.isEmpty {
      part.bytes = try painter.png(.front, of: badge, width: width)
    } else {
      part.faults[0] = faults.map(\.sentence)
    }
    return part
  }

  /// Draws none; says which could not be printed.
  func check(_ badges: [PrintedBadge]) -> Part {
    var part = Part()
    for (place, badge) in badges.enumerated() {
      let faults = painter.faults(of: badge)
      if !faults.isEmpty { part.faults[place] = faults.map(\.sentence) }
    }
    return part
  }

  /// Ends the file.
  func finish() throws(DrawingError) -> Part {
    Part(bytes: try document.finish(), pages: document.pages)
  }
}

extension BadgeFault {
  var sentence: Sentence {
    switch self {
    case .doesNotFit(let box, _): Sentence(.badgeDoesNotFit, ["box": .text(box)])
    case .missing(let box, let characters):
      Sentence(.badgeCharactersMissing, ["box": .text(box), "characters": .text(String(characters.prefix(20)))])
    }
  }
}

/// The machine has not all the fonts in which badges are drawn.
private struct FontsMissing: CallFaultConvertible {
  let families: [String]
  let packages: [String]

  var callFault: CallFault {
    CallFault(
      reason: .fontsMissing,
      sentence: Sentence(
        .errorFontsMissing,
        ["families": .text(families.joined(separator: ", ")), "packages": .text(packages.joined(separator: " "))]
      )
    )
  }
}
