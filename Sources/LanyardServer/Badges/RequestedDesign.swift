import BadgePrinting
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// The design that a request asks for.
enum RequestedDesign: Sendable {
  case delivered(BadgeDesignName)
  case file(BadgeDesignFile)

  /// - Parameter file: Nil where the request has none.
  /// - Throws: `InvalidInput` where the request says no design that is known, or two.
  init(
    _ design: Lanyard_V1_RenderBadgesRequest.Design,
    _ file: Lanyard_V1_BadgeDesignFile?
  ) throws(InvalidInput) {
    let name = try BadgeDesignName.stated(design, field: "design")
    guard let file else {
      self = .delivered(name ?? .conference)
      return
    }
    guard name == nil else { throw InvalidInput(field: "design", .request(.besideDesignFile)) }
    self = .file(try BadgeDesignFile(file, field: "design_file"))
  }

  /// What is on record of it.
  var recorded: PrintDesign {
    switch self {
    case .delivered(let name): .delivered(name)
    case .file: .file
    }
  }

  /// The design, read on a thread of its own.
  ///
  /// - Throws: `BadgeDesignFaults`.
  func design(for terms: BadgeTerms) async throws -> BadgeDesign {
    switch self {
    case .delivered(let name): .delivered(name)
    case .file(let file): try await DesignDesk().design(file, for: terms)
    }
  }
}

/// Reads the designs of strangers, whose logos may take long to draw.
private actor DesignDesk {
  private let thread = BadgeThread()

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  func design(_ file: BadgeDesignFile, for terms: BadgeTerms) throws(BadgeDesignFaults) -> BadgeDesign {
    try BadgeDesign(file, terms: terms)
  }
}

extension BadgeDesignFaults: CallFaultConvertible {
  package var callFault: CallFault {
    let told = sentences.map { CallFault.Told(field: "design_file", reason: $0) }
    let first = told.first?.reason ?? Sentence(.errorRequestNotValid)
    let facts: [String: Sentence.Fact] = ["first": .sentence(first), "count": .count(faults.count + unlisted - 1)]
    return CallFault(
      reason: .invalidField,
      sentence: faults.count > 1 ? Sentence(.errorFieldsAtFault, facts) : first,
      told: told
    )
  }
}
