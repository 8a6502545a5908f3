import BadgePrinting
import Crypto
import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// The design that a request asks for.
enum RequestedDesign: Sendable {
  case delivered(BadgeDesignName)
  case file(BadgeDesignFile)

  /// Where a request says none.
  static let usual = RequestedDesign.delivered(.conference)

  /// The design that a request says; nil where it says none.
  ///
  /// - Parameter file: Nil where the request has none.
  /// - Throws: `InvalidInput` where the request says no design that is known, or two.
  static func stated(
    _ design: Lanyard_V1_RenderBadgesRequest.Design,
    _ file: Lanyard_V1_BadgeDesignFile?
  ) throws(InvalidInput) -> RequestedDesign? {
    let name = try BadgeDesignName.stated(design, field: "design")
    guard let file else { return name.map { .delivered($0) } }
    guard name == nil else { throw InvalidInput(field: "design", .request(.besideDesignFile)) }
    return .file(try BadgeDesignFile(file, field: "design_file"))
  }

  /// The design of a run, where none is said.
  ///
  /// - Throws: `InvalidInput` where it was a caller's own, of which only the digest is on record.
  init(of run: PrintRun) throws(InvalidInput) {
    switch run.look.design {
    case .delivered(let name): self = .delivered(name)
    case .file: throw InvalidInput(field: "design_file", .request(.printRunByFile))
    }
  }

  /// What is on record of it.
  func look(on sheet: BadgeSheet) -> PrintLook {
    switch self {
    case .delivered(let name): PrintLook(.delivered(name), on: sheet)
    case .file(let file): PrintLook(.file, fileDigest: file.digest, on: sheet)
    }
  }

  /// The field of a request that says it.
  var field: String {
    switch self {
    case .delivered: "design"
    case .file: "design_file"
    }
  }

  /// The design, read on a thread of its own.
  ///
  /// - Throws: `BadgeDesignFaults`, or that fonts are missing.
  func design(for terms: BadgeTerms) async throws -> BadgeDesign {
    switch self {
    case .delivered(let name): .delivered(name)
    case .file(let file): try await DesignDesk().design(file, for: terms, try BadgeFile.loadedFonts())
    }
  }
}

extension BadgeDesignFile {
  /// SHA-256 of its text and its logos, by which it is seen whether another is the same; what it is called does not matter.
  fileprivate var digest: [UInt8] {
    var hash = SHA256()
    let parts = [content] + logos.sorted { $0.key < $1.key }.flatMap { [Array($0.key.utf8), $0.value] }
    for part in parts {
      // With its length, so that no two files make one text.
      hash.update(data: Array("\(part.count) ".utf8))
      hash.update(data: part)
    }
    return Array(hash.finalize())
  }
}

/// Reads the designs of strangers, whose logos may take long to draw.
private actor DesignDesk {
  private let thread = BadgeThread()

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  func design(
    _ file: BadgeDesignFile,
    for terms: BadgeTerms,
    _ fonts: BadgeFonts
  ) throws(BadgeDesignFaults) -> BadgeDesign {
    try BadgeDesign(file, terms: terms, fonts: fonts)
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
